"""Values that are keys, written otherwise: where they are, and the work of a publish on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.publishing.retired.leftovers import Retired
from sartor.platform.work import Work

Keys = Mapping[str, str]
"""New keys by old ones."""
MARK = "="
"""No key begins so: what is on its way from one key to another does, where both are taken."""


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of one table whose values in a column are keys. only: what else has to hold of a row.

    beside: the column that has each key once.
    """

    table: sa.TableClause
    column: sa.ColumnElement[Any]
    only: tuple[sa.ColumnElement[bool], ...] = ()
    beside: sa.ColumnElement[Any] | None = None

    def having(self, values: Iterable[str]) -> sa.ColumnElement[bool]:
        return sa.and_(self.column.in_(sorted(values)), *self.only)

    def in_the_way(self, old: str, new: str) -> sa.ColumnElement[bool] | None:
        """Rows that have the new key of something that is no more, where there is no room for two."""
        if self.beside is None:
            return None
        return sa.and_(self.having([new]), self.beside.in_(sa.select(self.beside).where(self.having([old]))))


@dataclass(frozen=True, slots=True)
class Rekey:
    """Values that are written otherwise. keys: new ones by old ones. noted: for the history, which stays as it is."""

    places: tuple[Places, ...]
    keys: Keys
    noted: tuple[Retired, ...] = ()

    def run(self, work: Work) -> tuple[Retired, ...]:
        """All of them; those that exchange their keys by way of a third."""
        crossing = self.keys.keys() & set(self.keys.values())
        for each in self.places:
            if crossing:
                self._make_room(work, each, self.keys)
                self._write(work, each, {old: MARK + new for old, new in self.keys.items()})
                self._write(work, each, {MARK + new: new for new in self.keys.values()})
            else:
                self._one_after_the_other(work, each)
        return self.noted

    def _one_after_the_other(self, work: Work, place: Places) -> None:
        """Where several get the same key, what the first one made may be in the way of the next."""
        meet = place.beside is not None and len(set(self.keys.values())) < len(self.keys)
        for keys in [{old: new} for old, new in self.keys.items()] if meet else [self.keys]:
            self._make_room(work, place, keys)
            self._write(work, place, keys)

    def _make_room(self, work: Work, place: Places, keys: Keys) -> None:
        for old, new in keys.items():
            found = place.in_the_way(old, new) if new not in self.keys else None
            if found is not None:
                work.connection.execute(sa.delete(place.table).where(found))

    @staticmethod
    def _write(work: Work, place: Places, keys: Keys) -> None:
        values = {place.column.name: sa.case(dict(keys), value=place.column, else_=place.column)}
        work.connection.execute(sa.update(place.table).where(place.having(keys)).values(values))
