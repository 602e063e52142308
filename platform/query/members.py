"""The members of a field with many values: those of a side table (choices, tags, links), or the lines of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Field
from sartor.platform.query.attributes import Row

Condition = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


class TableMembers:
    """See `sartor.platform.expressions.scope.Members`. here: what makes a row of the table one of the members."""

    def __init__(self, table: sa.FromClause, here: sa.ColumnElement[bool], member: sa.ColumnElement[Any]) -> None:
        self.table = table
        self.here = here
        self.member = member

    def exists(self, condition: Condition | None) -> sa.ColumnElement[bool]:
        found = sa.select(sa.literal(1)).where(self.here)
        return (found.where(condition(self.member)) if condition else found).exists()

    def count(self) -> sa.ColumnElement[Any]:
        return sa.select(sa.func.count()).select_from(self.table).where(self.here).scalar_subquery()


def members_of(source: Row, field: Field) -> TableMembers:
    """The members of a field of the record that a source stands for."""
    tables = source.statement.tables
    lines = field.type.owns(field)
    if lines is None:
        side = tables.members(field).alias()
        return TableMembers(side, side.c.record == source.id, side.c["folded" if "folded" in side.c else "value"])
    entity, lookup = lines
    table = tables.of(entity).alias()
    pointer = table.c[tables.model.entities[entity].fields[lookup].stored_as]
    return TableMembers(table, sa.and_(pointer == source.id, table.c.deleted_at.is_(None)), table.c.id)
