"""What a dot after a field reaches: a companion column (`amount.currency`), or something its key stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Field
from sartor.platform.storage.columns import to_db

KINDS = {"decimal": ColumnKind.DECIMAL, "integer": ColumnKind.INTEGER, "boolean": ColumnKind.BOOLEAN,
         "date": ColumnKind.DATE, "instant": ColumnKind.INSTANT}  # fmt: skip


class Row(Protocol):
    """A row of a statement, as far as its own columns go; see `sources.Source`."""

    statement: Any

    @property
    def id(self) -> sa.ColumnElement[Any]: ...

    def stored(self, field: Field, suffix: str = "") -> sa.ColumnElement[Any]: ...


def attribute_column(
    source: Row, field: Field, name: str, key: sa.ColumnElement[Any] | None = None
) -> sa.ColumnElement[Any]:
    """The column of an attribute; a CASE over the keys where it follows from the key. key: where it is not stored."""
    suffix = field.type.attribute_suffix(field, name)
    if suffix is not None:
        column, renamed = source.stored(field, suffix), field.type.attribute_aliases(field, name)
        return sa.case(dict(renamed), value=column, else_=column) if renamed else column
    kind, scale = attribute_kind(source, field, name)
    store = to_db(kind, scale, source.statement.dialect)
    key = source.stored(field) if key is None else key
    table = field.type.attribute_values(field, name)
    return sa.case({each: store(value) for each, value in table.items()}, value=key) if table else sa.null()


def attribute_kind(source: Row, field: Field, name: str) -> tuple[ColumnKind, int]:
    """How the values of an attribute are stored."""
    suffix = field.type.attribute_suffix(field, name)
    if suffix is not None:
        column = next(each for each in field.type.columns(field) if each.suffix == suffix)
        return column.kind, column.scale
    kind = field.type.expression_type(field, source.statement.tables.model).attributes[name]
    return KINDS.get(kind.name, ColumnKind.TEXT), kind.scale or 0


def attribute_keys(field: Field, name: str) -> Mapping[Any, Sequence[str]] | None:
    """Value of an attribute -> keys that have it; None where the attribute is a column."""
    if field.type.attribute_suffix(field, name) is not None:
        return None
    keys: dict[Any, list[str]] = defaultdict(list)
    for key, value in field.type.attribute_values(field, name).items():
        keys[value].append(key)
    return keys
