"""How the value of a field becomes columns of a row: decided once for each field, done for each value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sartor.platform.fields.base import FieldType
from sartor.platform.model import Field
from sartor.platform.storage.columns import Convert
from sartor.platform.storage.tables import SYSTEM_COLUMNS, Tables

Row = dict[str, Any]
Stored = Callable[[Row, Any], None]
"""Puts a value, as the driver wants it, into the columns of its field."""
Places = tuple[tuple[str, Convert | None], ...]


def stored_in(tables: Tables, item: Field) -> Stored:
    places = tables.storing(item)
    if item.name in SYSTEM_COLUMNS or type(item.type).store is FieldType.store:
        return _whole(*places[0])
    return _in_parts(item, places)


def _whole(column: str, convert: Convert | None) -> Stored:
    """For a value that is its own only part."""
    if convert is None:
        return lambda row, value: row.__setitem__(column, value)
    return lambda row, value: row.__setitem__(column, None if value is None else convert(value))


def _in_parts(item: Field, places: Places) -> Stored:
    """For a value that its type makes parts of, one for each column."""
    store, blank = item.type.store, (None,) * len(places)

    def put(row: Row, value: Any) -> None:
        parts = blank if value is None else store(item, value)
        for (column, convert), part in zip(places, parts, strict=True):
            row[column] = part if part is None or convert is None else convert(part)

    return put
