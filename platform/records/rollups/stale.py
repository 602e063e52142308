"""Roll-ups that a write makes stale: which of them, on which records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Field, Reference
from sartor.platform.records.memory.change import Change
from sartor.platform.storage.tables import Tables
from sartor.platform.work import Work

Stale = dict[tuple[str, int], set[str]]
"""(entity, record) -> names of its roll-ups that have to be counted again."""


def stale_after(changes: Iterable[Change], tables: Tables, work: Work) -> Stale:
    """The roll-ups that a set of changes touches, on the records they went into and on those they go into now."""
    stale: Stale = defaultdict(set)
    for change in changes:
        for fed in change.plan.fed:
            for target in _targets(change, fed.by, fed.field.entity, fed.reads):
                stale[fed.field.entity, target].add(fed.field.name)
        if change.before is not None:
            _through_lookups(change, tables, work, stale)
    return stale


def _targets(change: Change, by: Field, entity: str, reads: frozenset[tuple[str, ...]]) -> set[int]:
    before = _pointed(change.before.get(by.name), entity) if change.before else None
    after = _pointed(change.after.get(by.name), entity)
    moved = before != after or change.kind in ("create", "delete", "restore")
    if moved or any(change.has_changed(path[0]) for path in reads):
        return {each for each in (before, after) if each is not None}
    return set()


def _pointed(value: Any, entity: str) -> int | None:
    if isinstance(value, Reference):
        return value.id if value.entity == entity else None
    return value


def _through_lookups(change: Change, tables: Tables, work: Work, stale: Stale) -> None:
    """Roll-ups whose counted records read a field of the changed record through a lookup."""
    for through in change.plan.through:
        if change.has_changed(through.name):
            fed = through.fed
            for target in _behind(tables, through.lookup, fed.by, change.id, work):
                stale[fed.field.entity, target].add(fed.field.name)


def _behind(tables: Tables, lookup: Field, by: Field, target: int, work: Work) -> Sequence[int]:
    table = tables.of(lookup.entity)
    pointer = table.c[by.stored_as]
    chosen = sa.select(pointer).distinct().where(table.c[lookup.stored_as] == target, pointer.is_not(None))
    return [row[0] for row in work.connection.execute(chosen)]
