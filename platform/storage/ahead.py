"""The tables of a design that is not published, read from those that are there: what is missing is blank.

A look at a change set needs no copy of the data and changes none: a table that lacks columns is a select that adds
them as NULL, one that does not exist is a select without rows. Databases see through both, so indexes serve as ever.
Columns whose values can be worked out from what is there are filled with that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Model
from sartor.platform.storage.statement import COMPILERS
from sartor.platform.storage.tables import EntityTables, Tables

Fill = Callable[[sa.FromClause], tuple[Mapping[str, sa.ColumnElement[Any]], sa.FromClause]]
"""For rows that are known so far: what stands in some of their columns by name, and those rows with what that reads."""

Fills = Mapping[str, Sequence[Fill]]
"""By table, each on what the one before it made."""


Only = Mapping[str, frozenset[str]]
NONE: Mapping[str, Any] = MappingProxyType({})


class TablesAhead(Tables):
    """The tables of a draft. published: those that are there."""

    only_read = True

    def __init__(self, model: Model, published: Tables) -> None:
        super().__init__(model, published.dialect, published)
        self._fills: Fills = NONE
        self._only: Only = NONE
        self._there = {each.table.name: each for each in published.all()}
        self._wanted = self._entities
        self._entities = {name: self._seen(each) for name, each in self._wanted.items()}

    def filled(self, fills: Fills, only: Only = NONE) -> TablesAhead:
        """The same with values that can be worked out. only: by table the columns that will be asked for, where not all
        of them."""
        made = copy(self)
        made._fills, made._only = fills, only
        touched = fills.keys() | only.keys()
        made._entities = {
            name: made._seen(each) if touched & _names(each) else self._entities[name]
            for name, each in self._wanted.items()
        }
        return made

    def has(self, entity: Entity) -> bool:
        return entity.table in self._there

    def _seen(self, wanted: EntityTables) -> EntityTables:
        there = self._there.get(wanted.table.name)
        if there is wanted and not self._fills.keys() & _names(wanted):
            return wanted
        sides: Mapping[str, sa.Table] = there.members if there else {}
        members = {name: self._on(table, sides.get(name)) for name, table in wanted.members.items()}
        return replace(wanted, table=self._on(wanted.table, there.table if there else None), members=members)

    def _on(self, wanted: sa.Table, there: sa.Table | None) -> Any:
        """A table as a draft wants it, on the one that is there."""
        if there is None:
            return sa.select(*map(_blank, wanted.c)).where(sa.false()).subquery(wanted.name)
        missing = {each.name for each in wanted.c if not self._is_there(each, there)}
        fills = self._fills.get(wanted.name, ())
        if not missing and not fills:
            return wanted
        base = there.alias()
        only = self._only.get(wanted.name)
        kept = [each for each in wanted.c if only is None or each.name in only]
        columns = [_blank(each) if each.name in missing else base.c[each.name] for each in kept]
        rows = sa.select(*columns).select_from(base).subquery(None if fills else wanted.name)
        for number, fill in enumerate(fills, 1):
            rows = _filled(rows, fill, wanted.name if number == len(fills) else None)
        return rows

    def _is_there(self, wanted: sa.Column[Any], there: sa.Table) -> bool:
        """Whether there is such a column, with values of the kind that is wanted."""
        known = there.c.get(wanted.name)
        return known is not None and self._kind(known) == self._kind(wanted)

    def _kind(self, column: sa.Column[Any]) -> str:
        return column.type.compile(COMPILERS[self.dialect])


def _names(tables: EntityTables) -> set[str]:
    return {each.name for each in (tables.table, *tables.members.values())}


def _blank(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), column.type).label(column.name)


def _filled(rows: sa.Subquery, fill: Fill, name: str | None) -> sa.Subquery:
    found, joined = fill(rows)
    columns = [found[each.name].label(each.name) if each.name in found else each for each in rows.c]
    return sa.select(*columns).select_from(joined).subquery(name)
