"""What the history calls fields, and what they are called now.

An entry names columns, which outlive every rename. A field that got another type goes on in other columns; those that
it had before are found by its name, by names that it had, and by what was noted when they went out of use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from sartor.platform.model import Entity
from sartor.platform.storage.system.changes import sys_retired

OLD_TYPE = "type"


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
