"""What a dot after a field reaches: a companion column (`amount.currency`), or something its key stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sartor.platform.fields.base import Attribute, ColumnKind
from sartor.platform.model import Field
from sartor.platform.storage.columns import to_db

if TYPE_CHECKING:
    from sartor.platform.query.sources import Source

KINDS = {"decimal": ColumnKind.DECIMAL, "integer": ColumnKind.INTEGER, "boolean": ColumnKind.BOOLEAN,
         "date": ColumnKind.DATE, "instant": ColumnKind.INSTANT}  # fmt: skip


def attribute_of(source: Source, field: Field, name: str) -> Attribute:
    return field.type.attributes(field, source.statement.tables.model)[name]


def attribute_column(source: Source, field: Field, name: str) -> sa.ColumnElement[Any]:
    """The column of an attribute; a CASE over the keys where it follows from the key."""
    attribute = attribute_of(source, field, name)
    if attribute.suffix is not None:
        return source.stored(field, attribute.suffix)
    kind, scale = attribute_kind(source, field, name)
    store = to_db(kind, scale, source.statement.dialect)
    key = source.stored(field)
    table = attribute.table or {}
    if not table:
        return sa.null()
    if attribute.by is None:
        return sa.case({each: store(value) for each, value in table.items()}, value=key)
    by = source.stored(source.entity.fields[attribute.by])
    return sa.case(*[(sa.and_(by == first, key == each), store(value)) for (first, each), value in table.items()])


def attribute_kind(source: Source, field: Field, name: str) -> tuple[ColumnKind, int]:
    """How the values of an attribute are stored."""
    attribute = attribute_of(source, field, name)
    if attribute.suffix is not None:
        column = next(each for each in field.type.columns(field) if each.suffix == attribute.suffix)
        return column.kind, column.scale
    return KINDS.get(attribute.type.name, ColumnKind.TEXT), attribute.type.scale or 0


def attribute_keys(source: Source, field: Field, name: str) -> Mapping[Any, Sequence[str]] | None:
    """Value of an attribute -> keys that have it; None where it is a column, or depends on another field too."""
    attribute = attribute_of(source, field, name)
    if attribute.suffix is not None or attribute.by is not None:
        return None
    keys: dict[Any, list[str]] = defaultdict(list)
    for key, value in (attribute.table or {}).items():
        keys[value].append(key)
    return keys
