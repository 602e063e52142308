"""Scopes made of scopes: the union of what several grants reach, and what lies in each of several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.scopes import EVERYTHING, NOBODY, Columns, Evaluate, Predicate, Scope


@dataclass(frozen=True, slots=True)
class Combined(Scope):
    """Several scopes as one."""

    scopes: tuple[Scope, ...]

    def values(self, dialect: str) -> dict[str, Any]:
        return {name: value for each in self.scopes for name, value in each.values(dialect).items()}

    def _predicates(self, columns: Columns) -> list[Predicate]:
        found = [each.predicate(columns) for each in self.scopes]
        return [sa.true() if each is None else each for each in found]

    def _shapes(self) -> str:
        return ",".join(each.shape for each in self.scopes)


@dataclass(frozen=True, slots=True)
class AnyOf(Combined):
    @property
    def shape(self) -> str:
        return f"any({self._shapes()})"

    def predicate(self, columns: Columns) -> Predicate | None:
        return sa.or_(*self._predicates(columns))

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return any(each.admits(owner, department, evaluate) for each in self.scopes)


@dataclass(frozen=True, slots=True)
class AllOf(Combined):
    @property
    def shape(self) -> str:
        return f"both({self._shapes()})"

    def predicate(self, columns: Columns) -> Predicate | None:
        return sa.and_(*self._predicates(columns))

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return all(each.admits(owner, department, evaluate) for each in self.scopes)


def any_of(scopes: Iterable[Scope]) -> Scope:
    """The union, as simple as it can be said."""
    parts = [part for each in scopes for part in (each.scopes if isinstance(each, AnyOf) else (each,))]
    kept = tuple(dict.fromkeys(each for each in parts if each != NOBODY))
    if EVERYTHING in kept:
        return EVERYTHING
    if len(kept) > 1:
        return AnyOf(kept)
    return kept[0] if kept else NOBODY


def all_of(scopes: Iterable[Scope]) -> Scope:
    """What lies in each of them, as simple as it can be said."""
    parts = [part for each in scopes for part in (each.scopes if isinstance(each, AllOf) else (each,))]
    kept = tuple(dict.fromkeys(each for each in parts if each != EVERYTHING))
    if NOBODY in kept:
        return NOBODY
    if len(kept) > 1:
        return AllOf(kept)
    return kept[0] if kept else EVERYTHING
