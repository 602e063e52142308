"""What the history calls fields, and what they are called now.

An entry names columns, which outlive every rename. A field that got another type goes on in other columns, as was noted
when the ones before went out of use; a name proves nothing, since it may have been given to something else. Keys of
choices and stages are told as they are now: each entry through the renames that came after it. One that is taken out
is called as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity
from sartor.platform.storage.system.changes import GOES_ON_IN, KEPT_KEYS, KEPT_LABELS, PURGED, sys_retired
from sartor.platform.text import Label

OLD_TYPE = "type"
KEYS = "keys"
Renames = Mapping[str, Sequence[tuple[int, Mapping[str, str]]]]
"""By column: the renames of keys, each with the number of its moment, the first one first."""
Gone = Mapping[str, Mapping[str, Label]]
"""By column: what choices and stages were called that are taken out."""


def names_by_column(connection: sa.Connection, entity: Entity, said: Iterable[str]) -> Mapping[str, str]:
    """Names of fields by the columns that they have and had. said: columns that the history speaks of."""
    names = {item.stored_as: item.name for item in entity.fields.values()}
    unknown = sorted(set(said) - names.keys())
    if not unknown:
        return names
    column = sys_retired.c
    mine = sa.and_(column.table_name == entity.table, column.what.in_((OLD_TYPE, PURGED)))
    rows = connection.execute(sa.select(column.column_name, column.definition).where(mine).order_by(column.id)).all()
    later = {row.column_name: row.definition.get(GOES_ON_IN) for row in rows}
    ends = {each: _end(each, later) for each in unknown}
    return {**names, **{each: names[end] for each, end in ends.items() if end in names}}


def _end(column: str, later: Mapping[str, str | None]) -> str | None:
    """The columns in which a field goes on now, whatever it was in between."""
    seen: set[str] = set()
    here: str | None = column
    while here is not None and here in later and here not in seen:
        seen.add(here)
        here = later[here]
    return here


def renames_of_keys(connection: sa.Connection, entity: Entity, after: datetime | None = None) -> Renames:
    """How keys of choices and stages were renamed since they came into use, or after a moment."""
    return noted_keys(connection, entity, after)[0]


def noted_keys(connection: sa.Connection, entity: Entity, after: datetime | None = None) -> tuple[Renames, Gone]:
    """The same, and what those were called that were taken out."""
    column = sys_retired.c
    mine = sa.and_(column.table_name == entity.table, column.what == KEYS)
    chosen = sa.select(column.id, column.column_name, column.definition).where(mine).order_by(column.id)
    if after is not None:
        chosen = chosen.where(column.at > after)
    renames: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    gone: dict[str, dict[str, Label]] = {}
    for row in connection.execute(chosen):
        if keys := row.definition[KEPT_KEYS]:
            renames.setdefault(row.column_name, []).append((row.id, keys))
        gone.setdefault(row.column_name, {}).update(row.definition.get(KEPT_LABELS, {}))
    return renames, gone


def in_keys_of_now(value: Any, moment: int, renames: Sequence[tuple[int, Mapping[str, str]]]) -> Any:
    """A value of the history as it would be written now. moment: the number of its entry."""
    if isinstance(value, list):
        return [in_keys_of_now(each, moment, renames) for each in value]
    for renamed_at, keys in renames:
        if moment < renamed_at and isinstance(value, str):
            value = keys.get(value, value)
    return value
