"""A list: ids first from an index, cut to the page, then the rows and what they point to; last the stamp's number.

One `Listing` is compiled for each question and set of rights, and then only run.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.access.rights import Access
from sartor.platform.access.stamp import stamp_number
from sartor.platform.expressions import to_sql
from sartor.platform.model import Operation
from sartor.platform.query.cursor import Position
from sartor.platform.query.order import SortColumn, after, order_by, sort_column
from sartor.platform.query.outputs import Output, RowMaker, flag_output, output, reach_output
from sartor.platform.query.question import CAP, Path, Question
from sartor.platform.query.sources import Source, Sources, from_clause
from sartor.platform.storage.statement import Statement, at_most
from sartor.platform.storage.tables import Tables

BLANK_PART = "blank"


class Listing:
    """The statements of one question."""

    def __init__(self, tables: Tables, question: Question, access: Access) -> None:
        self.tables = tables
        self.dialect = tables.dialect
        self.question = question
        self.entity = tables.model.entity(question.entity)
        self.access = access
        self.outputs, self.many = self._split(question.fields)
        self.make_rows = RowMaker(self.outputs)
        self._statements: dict[Any, Statement] = {}
        self._count: dict[bool, Statement] = {}
        self.sort = self._sort_of(self._inner()[0])

    # ---- statements

    def statement(self, position: Position | None, part: str | None = None) -> Statement:
        """The page after a position (the first one without), or the part of it with a blank first sort column."""
        key = (None if position is None else tuple(value is None for value in position.values), part)
        if key not in self._statements:
            self._statements[key] = self._compile(key[0], part)
        return self._statements[key]

    def count(self, exact: bool) -> Statement:
        if exact not in self._count:
            base, conditions = self._inner()
            chosen = sa.select(sa.literal(1)).select_from(from_clause(base)).where(*conditions)
            counted = (chosen if exact else chosen.limit(CAP + 1)).subquery()
            self._count[exact] = Statement.compile(sa.select(sa.func.count()).select_from(counted), self.dialect)
        return self._count[exact]

    def in_two_parts(self, position: Position | None) -> bool:
        """Whether rows with a blank first sort column still follow those after the position."""
        return position is not None and bool(self.sort) and position.values[0] is not None

    def after_values(self, position: Position) -> dict[str, Any]:
        values = {
            f"after_{number}": column.to_db(value, self.dialect)
            for number, (column, value) in enumerate(zip(self.sort, position.values, strict=True))
        }
        return values | {"after_id": position.id}

    def position(self, row: tuple[Any, ...]) -> Position:
        """Where a row of the result stands: the columns behind the outputs are its id and sort values."""
        at = self.make_rows.width
        return Position(tuple(row[at + 1 : at + 1 + len(self.sort)]), row[at])

    # ---- building

    def _split(self, paths: tuple[Path, ...]) -> tuple[list[Output], list[Path]]:
        """Outputs of the statement itself, and the paths whose values are read from side tables."""
        base = self._outer()
        outputs, many = [], []
        for path in paths:
            _source, field, _rest = base.columns().end(path)
            if field.type.members(field) is not None:
                many.append(path)
            elif field.type.owns(field) is None:
                outputs.append(output(base.columns(), path))
        outputs += [flag_output(key, formula, base.columns()) for key, formula in self.question.flags]
        for key, operation in self.question.reaches:
            scope = self.access.scope(operation, self.entity.name)
            outputs.append(reach_output(key, scope, base.columns(as_system=True)))
        self._base = base
        return outputs, many

    def _scope_of(self, entity: str) -> Any:
        return self.access.scope(Operation.READ, entity)

    def _outer(self) -> Source:
        return Sources(self.tables, self.access, "r").base(self.entity)

    def _inner(self) -> tuple[Source, list[sa.ColumnElement[bool]]]:
        """The source of the ids, and every condition on it."""
        base = Sources(self.tables, self.access, "k").base(self.entity)
        deleted = base.table.c.deleted_at
        conditions: list[sa.ColumnElement[bool]] = [
            deleted.is_not(None) if self.question.deleted else deleted.is_(None)
        ]
        reach = self.access.scope(self.question.operation, self.entity.name)
        scope = reach.predicate(base.columns(as_system=True))
        if scope is not None:
            conditions.append(scope)
        for name in self.question.equal:
            element = base.columns().column((name,))
            conditions.append(element == sa.bindparam(f"given_{name}", type_=element.type))
        for place, each in enumerate(self.question.compares):
            element = base.columns().column((each.name,))
            conditions.append(
                element.op(each.operator, is_comparison=True)(sa.bindparam(f"compare_{place}", type_=element.type))
            )
        conditions += [to_sql(each, base.columns(), None, self.dialect) for each in self.question.where]
        return base, conditions

    def _sort_of(self, base: Source) -> list[SortColumn]:
        return [sort_column(base, term) for term in self.question.sort]

    def _compile(self, blanks: tuple[bool, ...] | None, part: str | None) -> Statement:
        base, conditions = self._inner()
        sort = self._sort_of(base)
        if part == BLANK_PART:
            conditions.append(sort[0].element.is_(None))
        elif blanks is not None:
            conditions.append(after(sort, base.id, blanks, self.dialect))
        if blanks is not None and part is None and sort and not blanks[0]:
            conditions.append(sort[0].element.is_not(None))
        size, filtered = self.question.limit + 1, bool(self.question.where or self.question.compares)
        named = [each.element.label(f"s{number}") for number, each in enumerate(sort)]
        keys = (
            sa.select(base.id.label("id"), *named)
            .select_from(from_clause(base))
            .where(*conditions)
            .order_by(*order_by(sort, base.id))
            .limit(size if filtered else at_most(size))
            .subquery("page")
        )
        return self._with_rows(keys, sort)

    def _with_rows(self, keys: sa.Subquery, sort: list[SortColumn]) -> Statement:
        outer = self._base
        columns = [element for each in self.outputs for element in each.columns]
        wires = [each for item in self.outputs for each in item.wires]
        sorted_by = [keys.c[f"s{number}"] for number in range(len(sort))]
        last = keys.c.id.desc() if sort and sort[-1].descending else keys.c.id.asc()
        chosen = (
            sa.select(*columns, keys.c.id, *sorted_by, stamp_number())
            .select_from(from_clause(outer, keys.join(outer.table, outer.id == keys.c.id)))
            .order_by(*(each.ordered(element) for each, element in zip(sort, sorted_by, strict=True)), last)
        )
        return Statement.compile(chosen, self.dialect, [*wires, None, *(each.wire(self.dialect) for each in sort)])


def record_statement(listing: Listing, deleted: bool | None) -> Statement:
    """One record by id, within the reader's scope. deleted: living, deleted, or (None) either."""
    base = listing._base
    conditions = [base.id == sa.bindparam("record_id", type_=sa.BigInteger())]
    scope = listing._scope_of(listing.entity.name).predicate(base.columns(as_system=True))
    if scope is not None:
        conditions.append(scope)
    if deleted is not None:
        gone = base.table.c.deleted_at
        conditions.append(gone.is_not(None) if deleted else gone.is_(None))
    columns = [element for each in listing.outputs for element in each.columns]
    wires = [each for item in listing.outputs for each in item.wires]
    chosen = sa.select(*columns, base.id, stamp_number()).select_from(from_clause(base)).where(*conditions)
    return Statement.compile(chosen, listing.dialect, [*wires, None])
