"""Grouped numbers: measures over the records that the reader can see, by fields and by buckets of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.rights import Access
from sartor.platform.definitions.compile.scope import STAYS, ModelScope
from sartor.platform.expressions import check, to_sql, to_value
from sartor.platform.expressions.types import Type
from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Operation
from sartor.platform.query.buckets import bucketed
from sartor.platform.query.coins import Coins, Told
from sartor.platform.query.outputs import number_wire, output
from sartor.platform.query.question import Group, Sum
from sartor.platform.query.sources import Path, Source, SourceColumns, Sources, from_clause
from sartor.platform.query.stays import StayColumns, stage_field
from sartor.platform.storage.columns import wire
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.tables import Tables


class Summing:
    """The statement of one `Sum`, and how its rows become answers."""

    def __init__(self, tables: Tables, question: Sum, access: Access) -> None:
        self.tables = tables
        self.question = question
        name = question.entity.removesuffix(STAYS)
        self.entity = tables.model.entity(name)
        self._scope = ModelScope(tables.model)
        sources = Sources(tables, access, "r")
        self.base: Source = sources.base(self.entity)
        self._visible = access.scope(Operation.READ, name).predicate(self.base.columns(as_system=True))
        self.columns: SourceColumns | StayColumns = self.base.columns()
        if question.entity.endswith(STAYS):
            self.columns = StayColumns(self.base, stage_field(self.entity), tables)
        self._readers: list[Callable[[Sequence[Any]], Any]] = []
        self.statement = self._compile()

    def answers(self, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows as tuples: one JSON value for each group, for each measure, and for its currency if asked for."""
        return [tuple(read(row) for read in self._readers) for row in rows]

    def _compile(self) -> Statement:
        columns: list[sa.ColumnElement[Any]] = []
        wires: list[Any] = []
        keys: list[sa.ColumnElement[Any]] = []
        for group in self.question.groups:
            compared = self._add_group(group, columns, wires)
            keys += compared or [_nth(number) for number in range(len(keys), len(columns))]
        stays = isinstance(self.columns, StayColumns)
        coins = Coins(self.base, self.columns, self.question.entity, 1 if stays else 0)
        found = [coins.of(measure.term) for measure in self.question.measures]
        for measure, told in zip(self.question.measures, found, strict=True):
            self._readers.append(_reader(len(columns), 1, None))
            value = to_value(measure, self.columns, None, self.tables.dialect)
            columns.append(value if told.several is None else sa.case((told.several, sa.null()), else_=value))
            wires.append(wire_of(measure.type, self.tables.dialect))
        for told in found if self.question.coins else ():
            self._add_currency(told, columns, wires)
        where = [to_sql(each, self.columns, None, self.tables.dialect) for each in self.question.where]
        conditions = [self.base.table.c.deleted_at.is_(None), *where]
        if self._visible is not None:
            conditions.append(self._visible)
        joined = from_clause(self.base)
        if isinstance(self.columns, StayColumns):
            conditions += self.columns.conditions()
            joined = self.columns.from_clause(joined)
        chosen = sa.select(*columns).select_from(joined).where(*conditions)
        if keys:
            chosen = chosen.group_by(*keys).order_by(*keys)
        return Statement.compile(chosen.limit(self.question.limit + 1), self.tables.dialect, wires)

    def _add_group(
        self, group: Group, columns: list[sa.ColumnElement[Any]], wires: list[Any]
    ) -> list[sa.ColumnElement[Any]]:
        """By what it is grouped instead of its columns: texts that a filter takes for the same, by the form in which
        they are compared; one of them says how they are written."""
        start = len(columns)
        if group.bucket or group.bands:
            columns.append(self._bucket(group.path, group.bucket) if group.bucket else self._band(group))
            wires.append(wire(ColumnKind.TEXT, 0, self.tables.dialect))
            self._readers.append(_reader(start, 1, None))
            return []
        if isinstance(self.columns, StayColumns) and group.path[0] != "record":
            columns.append(self.columns.column(group.path))
            wires.append(None)
            self._readers.append(_reader(start, 1, None))
            return []
        path = group.path[1:] if isinstance(self.columns, StayColumns) else group.path
        made = output(self.base.columns(), path)
        # The time at which a stage was entered is not part of the group.
        width = 1 if made.field and made.field.type.pipelines(made.field) else len(made.columns)
        columns += made.columns[:width] if made.compared is None else [sa.func.min(made.columns[0])]
        wires += made.wires[:width]
        tells = made.field is not None and made.field.face.type.tells_blanks
        self._readers.append(_reader(start, width, made.dump, tells))
        return [] if made.compared is None else [made.compared]

    def _add_currency(self, told: Told, columns: list[sa.ColumnElement[Any]], wires: list[Any]) -> None:
        if told.currency is None:
            self._readers.append(lambda row: None)
            return
        self._readers.append(_reader(len(columns), 1, None))
        columns.append(told.currency)
        wires.append(None)

    def _bucket(self, path: Path, bucket: str) -> sa.ColumnElement[Any]:
        """Days are made by the expression language, so that they begin where the workspace's time zone says."""
        day = check(f"date({'.'.join(path)})", self._scope, self.question.entity)
        return bucketed(to_value(day, self.columns, None, self.tables.dialect), bucket, self.tables.dialect)

    def _band(self, group: Group) -> sa.ColumnElement[Any]:
        assert group.bands is not None
        band = check(group.bands.expression, self._scope, self.question.entity)
        return to_value(band, self.columns, None, self.tables.dialect)


def _nth(number: int) -> sa.ColumnElement[Any]:
    """A column of the answer by its place, from 0."""
    return sa.literal_column(str(number + 1))


def _reader(
    start: int, width: int, dump: Callable[..., Any] | None, tells: bool = False
) -> Callable[[Sequence[Any]], Any]:
    """tells: blank values are asked, too, as they may say why they are blank."""

    def read(row: Sequence[Any]) -> Any:
        first = row[start]
        return first if dump is None or (first is None and not tells) else dump(*row[start : start + width])

    return read


KINDS = {"date": ColumnKind.DATE, "instant": ColumnKind.INSTANT, "boolean": ColumnKind.BOOLEAN}


def wire_of(kind: Type, dialect: str) -> Any:
    """How the value of an expression comes out of a statement."""
    return number_wire(kind) if kind.number else wire(KINDS.get(kind.name, ColumnKind.TEXT), 0, dialect)
