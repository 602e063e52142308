"""The tables of a design that is not published, read from those that are there: what is missing is blank.

A look at a change set needs no copy of the data and changes none: a table that lacks columns is a select that adds
them as NULL, one that does not exist is a select without rows. Databases see through both, so indexes serve as ever.
Columns whose values can be worked out from what is there are filled with that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Field, Model
from sartor.platform.storage.statement import COMPILERS
from sartor.platform.storage.tables import EntityTables, Tables

Fills = Mapping[str, Mapping[str, Callable[[sa.FromClause], sa.ColumnElement[Any]]]]
"""By table and column: what stands in it, made for the table that is there."""


class TablesAhead(Tables):
    """The tables of a draft. published: those that are there. fills: values that can be worked out."""

    only_read = True

    def __init__(self, model: Model, published: Tables, fills: Fills = MappingProxyType({})) -> None:
        super().__init__(model, published.dialect, published)
        self._fills = fills
        self._there = {each.table.name: each for each in published.all()}
        self._entities = {name: self._seen(each) for name, each in self._entities.items()}

    def has(self, entity: Entity) -> bool:
        return entity.table in self._there

    def member_name(self, field: Field) -> str:
        """What the side table of a field with many values is called."""
        return str(self._entities[field.entity].members[field.stored_as].name)

    def _seen(self, wanted: EntityTables) -> EntityTables:
        there = self._there.get(wanted.table.name)
        if there is wanted and not self._fills.keys() & {
            each.name for each in (wanted.table, *wanted.members.values())
        }:
            return wanted
        sides: Mapping[str, sa.Table] = there.members if there else {}
        members = {name: self._on(table, sides.get(name)) for name, table in wanted.members.items()}
        return replace(wanted, table=self._on(wanted.table, there.table if there else None), members=members)

    def _on(self, wanted: sa.Table, there: sa.Table | None) -> Any:
        """A table as a draft wants it, on the one that is there."""
        if there is None:
            return sa.select(*map(_blank, wanted.c)).where(sa.false()).subquery(wanted.name)
        missing = {each.name for each in wanted.c if not self._is_there(each, there)}
        fills = self._fills.get(wanted.name, {})
        if not missing and not fills:
            return wanted
        columns = [
            fills[each.name](there).label(each.name)
            if each.name in fills
            else _blank(each)
            if each.name in missing
            else there.c[each.name]
            for each in wanted.c
        ]
        return sa.select(*columns).select_from(there).subquery(wanted.name)

    def _is_there(self, wanted: sa.Column[Any], there: sa.Table) -> bool:
        """Whether there is such a column, with values of the kind that is wanted."""
        known = there.c.get(wanted.name)
        return known is not None and self._kind(known) == self._kind(wanted)

    def _kind(self, column: sa.Column[Any]) -> str:
        return column.type.compile(COMPILERS[self.dialect])


def _blank(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), column.type).label(column.name)
