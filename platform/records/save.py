"""Putting changes into tables: rows, side tables, search entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Field
from sartor.platform.query.sources import is_stored
from sartor.platform.records.change import Change
from sartor.platform.records.state import stored_columns
from sartor.platform.storage.columns import storer
from sartor.platform.storage.tables import SYSTEM_COLUMNS, Tables
from sartor.platform.text import fold
from sartor.platform.work import Work


def save_rows(change: Change, tables: Tables, work: Work) -> None:
    """Write what is not in the table yet: one INSERT or UPDATE, and the side tables that changed."""
    unsaved = change.unsaved()
    columns: dict[str, Any] = {}
    many: dict[Field, Any] = {}
    for name, value in unsaved.items():
        item = change.entity.fields[name]
        if item.type.members(item) is not None:
            many[item] = value or ()
        elif is_stored(item):
            columns |= driver_columns(tables, item, value)
    table = tables.of(change.entity)
    if change.before is None and not change.saved:
        work.connection.execute(sa.insert(table).values(columns))
    elif columns:
        work.connection.execute(sa.update(table).where(table.c.id == change.id).values(columns))
    for item, values in many.items():
        _save_members(change, item, values, tables, work)
    change.saved = dict(change.after.values)


def driver_columns(tables: Tables, item: Field, value: Any) -> Mapping[str, Any]:
    """Physical column -> value as the driver wants it."""
    kinds = column_kinds(item)
    made = {}
    for name, each in stored_columns(tables, item, value).items():
        kind, scale = kinds[name]
        convert = storer(kind, scale, tables.dialect)
        made[name] = each if each is None or convert is None else convert(each)
    return made


def column_kinds(item: Field) -> dict[str, tuple[ColumnKind, int]]:
    if item.name in SYSTEM_COLUMNS:
        return {item.stored_as: (SYSTEM_COLUMNS[item.name], 0)}
    return {item.stored_as + spec.suffix: (spec.kind, spec.scale) for spec in item.type.columns(item)}


def _save_members(change: Change, item: Field, values: Any, tables: Tables, work: Work) -> None:
    side = tables.members(item)
    members = item.type.members(item)
    convert = storer(members.kind, 0, tables.dialect)
    if change.before is not None:
        work.connection.execute(sa.delete(side).where(side.c.record == change.id))
    rows = []
    for place, each in enumerate(item.type.store(item, values)):
        row = {"record": change.id, "value": convert(each) if convert else each, "position": place}
        if "folded" in side.c:
            row["folded"] = fold(str(each))
        rows.append(row)
    if rows:
        work.connection.execute(sa.insert(side), rows)
