"""What the history calls fields, and what they are called now.

An entry names columns, which outlive every rename. A field that got another type goes on in other columns; those that
it had before are found by its name, by names that it had, and by what was noted when they went out of use. Keys of
choices and stages are told as they are now: each entry through the renames that came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity
from sartor.platform.storage.system.changes import sys_retired

OLD_TYPE = "type"
KEYS = "keys"
Renames = Mapping[str, Sequence[tuple[int, Mapping[str, str]]]]
"""By column: the renames of keys, each with the number of its moment, the first one first."""


def names_by_column(entity: Entity) -> dict[str, str]:
    """Names of fields by their columns; then by former names, as far as no other field has such a column."""
    found = {item.stored_as: item.name for item in entity.fields.values()}
    for item in entity.fields.values():
        for name in (item.name, *item.formerly):
            found.setdefault(name, item.name)
    return found


def with_former_columns(
    connection: sa.Connection, entity: Entity, names: Mapping[str, str], said: Iterable[str]
) -> Mapping[str, str]:
    """The same with columns that are out of use because their field has another type now. said: by the history."""
    unknown = sorted(set(said) - names.keys())
    if not unknown:
        return names
    column = sys_retired.c
    mine = sa.and_(column.table_name == entity.table, column.what == OLD_TYPE, column.column_name.in_(unknown))
    rows = connection.execute(sa.select(column.column_name, column.field).where(mine).order_by(column.id)).all()
    return {**names, **{row.column_name: names[row.field] for row in rows if row.field in names}}


def renames_of_keys(connection: sa.Connection, entity: Entity) -> Renames:
    """How keys of choices and stages were renamed since they came into use."""
    column = sys_retired.c
    mine = sa.and_(column.table_name == entity.table, column.what == KEYS)
    chosen = sa.select(column.id, column.column_name, column.definition).where(mine).order_by(column.id)
    found: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for row in connection.execute(chosen):
        found.setdefault(row.column_name, []).append((row.id, row.definition["keys"]))
    return found


def in_keys_of_now(value: Any, moment: int, renames: Sequence[tuple[int, Mapping[str, str]]]) -> Any:
    """A value of the history as it would be written now. moment: the number of its entry."""
    if isinstance(value, list):
        return [in_keys_of_now(each, moment, renames) for each in value]
    for renamed_at, keys in renames:
        if moment < renamed_at and isinstance(value, str):
            value = keys.get(value, value)
    return value
