"""The members of a field with many values (choices, tags, links), as conditions on their side table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Field
from sartor.platform.query.attributes import Row

Condition = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


class SideMembers:
    """See `sartor.platform.expressions.scope.Members`."""

    def __init__(self, source: Row, field: Field) -> None:
        self.table = source.statement.tables.members(field).alias()
        self.here = self.table.c.record == source.id
        self.member = self.table.c["folded" if "folded" in self.table.c else "value"]

    def exists(self, condition: Condition | None) -> sa.ColumnElement[bool]:
        found = sa.select(sa.literal(1)).where(self.here)
        return (found.where(condition(self.member)) if condition else found).exists()

    def count(self) -> sa.ColumnElement[Any]:
        return sa.select(sa.func.count()).select_from(self.table).where(self.here).scalar_subquery()
