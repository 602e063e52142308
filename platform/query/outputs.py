"""What a statement reads for one requested path, and how its columns become JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Field
from sartor.platform.query.attributes import attribute_kind
from sartor.platform.query.sources import Path, Source, SourceColumns, is_stored
from sartor.platform.storage.columns import wire

Wire = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Output:
    """name: the path as asked for. dump: makes JSON of the wire columns; None where the first one is it."""

    name: str
    field: Field
    columns: tuple[sa.ColumnElement[Any], ...]
    wires: tuple[Wire, ...]
    dump: Callable[..., Any] | None


def output(columns: SourceColumns, path: Path) -> Output:
    """The output for a path, joining what it goes through."""
    source, field, rest = columns.end(path)
    name = ".".join(path)
    dialect = columns.dialect
    if rest:
        kind, scale = attribute_kind(source, field, rest[0])
        return Output(name, field, (columns.column(path),), (wire(kind, scale, dialect),), None)
    specs = field.type.columns(field)
    if not is_stored(field):
        first = specs[0]
        elements: tuple[sa.ColumnElement[Any], ...] = (columns.column(path),)
        return Output(name, field, elements, (wire(first.kind, first.scale, dialect),), field.type.dump_wire(field))
    stored = tuple(source.stored(field, each.suffix) for each in specs if not each.shadow)
    wires = tuple(wire(each.kind, each.scale, dialect) for each in specs if not each.shadow)
    if field.face.type.asks_title:
        title, deleted = title_columns(source, field, columns.as_system)
        stored += (title, deleted)
        wires += (None, wire(ColumnKind.BOOLEAN, 0, dialect))
    return Output(name, field, stored, wires, field.type.dump_wire(field))


def title_columns(source: Source, field: Field, as_system: bool = False) -> tuple[sa.ColumnElement, sa.ColumnElement]:
    """The title of what a field points to, and whether it is in the recycle bin. Blank where it may not be seen."""
    targets = field.type.targets(field)
    if len(targets) == 1:
        return _title_of(source.through(field.name, as_system))
    titles, deleted = [], []
    entity = source.stored(field, field.type.columns(field)[1].suffix)
    for target in targets:
        title, gone = _title_of(source.through_reference(field, target, as_system))
        titles.append((entity == target, title))
        deleted.append((entity == target, gone))
    if not titles:
        return sa.null(), sa.false()
    return sa.case(*titles), sa.case(*deleted)


def _title_of(other: Source) -> tuple[sa.ColumnElement, sa.ColumnElement]:
    return other.columns().column((other.entity.title,)), other.table.c.deleted_at.is_not(None)


class RowMaker:
    """Turns wire rows into JSON objects."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._steps = []
        start = 0
        for each in outputs:
            width = len(each.columns)
            self._steps.append((each.name, start, start + width, each.dump))
            start += width
        self.width = start

    def __call__(self, row: Sequence[Any]) -> dict[str, Any]:
        made = {}
        for name, start, end, dump in self._steps:
            first = row[start]
            if dump is None or first is None:
                made[name] = first
            else:
                made[name] = dump(*row[start:end])
        return made
