"""The tables of a design that is not published, read from those that are there: what is missing is blank.

A look at a change set needs no copy of the data and changes none: a table that lacks columns is a select that adds
them as NULL, one that does not exist is a select without rows. Databases see through both, so indexes serve as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Model
from sartor.platform.storage.statement import COMPILERS
from sartor.platform.storage.tables import EntityTables, Tables


class TablesAhead(Tables):
    """The tables of a draft. published: those that are there."""

    only_read = True

    def __init__(self, model: Model, published: Tables) -> None:
        super().__init__(model, published.dialect, published)
        self._there = {each.table.name: each for each in published.all()}
        self._entities = {name: self._seen(each) for name, each in self._entities.items()}

    def has(self, entity: Entity) -> bool:
        return entity.table in self._there

    def _seen(self, wanted: EntityTables) -> EntityTables:
        there = self._there.get(wanted.table.name)
        if there is wanted:
            return wanted
        sides: Mapping[str, sa.Table] = there.members if there else {}
        members = {name: self._on(table, sides.get(name)) for name, table in wanted.members.items()}
        return replace(wanted, table=self._on(wanted.table, there.table if there else None), members=members)

    def _on(self, wanted: sa.Table, there: sa.Table | None) -> Any:
        """A table as a draft wants it, on the one that is there."""
        if there is None:
            return sa.select(*map(_blank, wanted.c)).where(sa.false()).subquery(wanted.name)
        missing = {each.name for each in wanted.c if not self._is_there(each, there)}
        if not missing:
            return wanted
        columns = [_blank(each) if each.name in missing else there.c[each.name] for each in wanted.c]
        return sa.select(*columns).select_from(there).subquery(wanted.name)

    def _is_there(self, wanted: sa.Column[Any], there: sa.Table) -> bool:
        """Whether there is such a column, with values of the kind that is wanted."""
        known = there.c.get(wanted.name)
        return known is not None and self._kind(known) == self._kind(wanted)

    def _kind(self, column: sa.Column[Any]) -> str:
        return column.type.compile(COMPILERS[self.dialect])


def _blank(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), column.type).label(column.name)
