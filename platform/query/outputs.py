"""What a statement reads for one requested path, and how its columns become JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.scopes import Scope
from sartor.platform.expressions import Type, to_sql
from sartor.platform.expressions.sql.compile import read_number
from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Field
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import encode_id
from sartor.platform.query.attributes import attribute_kind
from sartor.platform.query.sources import Path, Source, SourceColumns, is_stored, like_inputs
from sartor.platform.storage.columns import wire

Wire = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Output:
    """name: the path as asked for. field: None for a flag.

    dump: makes JSON of the wire columns; None where the first one is it.
    compared: the form in which a text is compared.
    """

    name: str
    field: Field | None
    columns: tuple[sa.ColumnElement[Any], ...]
    wires: tuple[Wire, ...]
    dump: Callable[..., Any] | None
    compared: sa.ColumnElement[Any] | None = None


def output(columns: SourceColumns, path: Path) -> Output:
    """The output for a path, joining what it goes through."""
    source, field, rest = columns.end(path)
    name = ".".join(path)
    dialect = columns.dialect
    if field.name == source.entity.title and not (columns.as_system or source.statement.names_records(source.entity)):
        return Output(name, field, (sa.null(),), (None,), None)  # pages ask for a record's title whoever looks
    if rest:
        kind, scale = attribute_kind(source, field, rest[0])
        return Output(name, field, (columns.column(path),), (wire(kind, scale, dialect),), None)
    specs = field.type.columns(field)
    if field.formula is not None and not is_stored(field):
        return computed_output(name, field, field.formula, source, columns)
    stored = tuple(source.stored(field, each.suffix) for each in specs if not each.shadow)
    wires = tuple(wire(each.kind, each.scale, dialect) for each in specs if not each.shadow)
    if field.face.type.asks_title:
        title, deleted = title_columns(source, field, columns.as_system)
        stored += (title, deleted)
        wires += (None, wire(ColumnKind.BOOLEAN, 0, dialect))
    dump = field.type.dump_wire(field)
    width = len(stored) if dump else 1
    compared = source.stored(field, "__fold") if field.type.folds(field) else None
    return Output(name, field, stored[:width], wires[:width], dump, compared)


def flag_output(name: str, formula: Formula, columns: SourceColumns) -> Output:
    """Whether a condition holds for a record."""
    return _told(name, to_sql(formula, columns, None, columns.dialect), columns.dialect)


def reach_output(name: str, scope: Scope, columns: SourceColumns) -> Output:
    """Whether a record lies within a scope."""
    within = scope.predicate(columns)
    return _told(name, sa.true() if within is None else within, columns.dialect)


def _told(name: str, holds: sa.ColumnElement[bool], dialect: str) -> Output:
    told = sa.case((holds, sa.true()), else_=sa.false())
    return Output(name, None, (told,), (wire(ColumnKind.BOOLEAN, 0, dialect),), None)


def computed_output(name: str, field: Field, formula: Formula, source: Source, columns: SourceColumns) -> Output:
    """A formula that is worked out when it is read; an amount takes the currency of what it was made from."""
    first, *companions = (each for each in field.type.columns(field) if not each.shadow)
    elements = [source.columns(columns.as_system).column((field.name,))]
    wires: list[Wire] = [
        number_wire(formula.type, first.scale) if formula.type.number else wire(first.kind, 0, columns.dialect)
    ]
    for companion in companions:
        elements.append(like_inputs(formula, source, companion.suffix))
        wires.append(wire(companion.kind, companion.scale, columns.dialect))
    return Output(name, field, tuple(elements), tuple(wires), field.type.dump_wire(field))


def number_wire(kind: Type, places: int | None = None) -> Wire:
    """Decimal text of a number that an expression gave, whichever form the database has for it."""
    if kind.name == "integer":
        return lambda value: None if value is None else int(value)

    def text(value: Any) -> str | None:
        if value is None:
            return None
        number = Decimal(read_number(value, kind))
        return format(half_up(number, kind.places if places is None else places), "f")

    return text


def half_up(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def title_columns(source: Source, field: Field, as_system: bool = False) -> tuple[sa.ColumnElement, sa.ColumnElement]:
    """The title of what a field points to, and whether it is in the recycle bin. Blank where it may not be seen."""
    targets = field.type.targets(field)
    if len(targets) == 1:
        return _title_of(source.through(field.name, as_system), as_system)
    titles, deleted = [], []
    entity = source.stored(field, field.type.columns(field)[1].suffix)
    for target in targets:
        title, gone = _title_of(source.through_reference(field, target, as_system), as_system)
        kept = field.type.stored_target(field, target)
        titles.append((entity == kept, sa.cast(title, sa.Text())))  # some may be called by a number, or a day
        deleted.append((entity == kept, gone))
    if not titles:
        return sa.null(), sa.false()
    return sa.case(*titles), sa.case(*deleted)


def _title_of(other: Source, as_system: bool) -> tuple[sa.ColumnElement, sa.ColumnElement]:
    return title_column(other, as_system), other.table.c.deleted_at.is_not(None)


def title_column(other: Source, as_system: bool = False) -> sa.ColumnElement[Any]:
    """What a record is called; blank where the reader may not know that."""
    if as_system or other.statement.names_records(other.entity):
        return other.columns(as_system).column((other.entity.title,))
    return sa.null()


class RowMaker:
    """Turns wire rows, in which the id follows the outputs, into JSON objects: column by column, then put together."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._names = [*(each.name for each in outputs), "id"]
        self._steps: list[tuple[int, int, Callable[..., Any] | None, bool]] = []
        start = 0
        for each in outputs:
            width = len(each.columns)
            tells = each.field is not None and each.field.face.type.tells_blanks
            self._steps.append((start, start + width, each.dump, tells))
            start += width
        self.width = start

    def __call__(self, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
        columns = list(zip(*rows, strict=True))
        if not columns:
            return []
        made = [_dumped(columns[start:end], dump, tells) for start, end, dump, tells in self._steps]
        made.append(map(encode_id, columns[self.width]))
        return [dict(zip(self._names, values, strict=True)) for values in zip(*made, strict=True)]


def _dumped(columns: Sequence[tuple[Any, ...]], dump: Callable[..., Any] | None, tells: bool) -> Iterable[Any]:
    """The JSON of one output for each row; blank where its first column is, unless the others tell why."""
    if dump is None:
        return columns[0]
    if None in columns[0] and not tells:
        return [None if cells[0] is None else dump(*cells) for cells in zip(*columns, strict=True)]
    return map(dump, *columns)
