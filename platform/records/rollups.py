"""Roll-ups: which records a write makes stale, and their new values, straight from the counted records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import Env, EnvBinds, env_values, to_sql
from sartor.platform.expressions.functions.aggregates import units_total
from sartor.platform.expressions.sql.fitting import over_rows, units_of
from sartor.platform.expressions.types import Type
from sartor.platform.model import SEVERAL, Field, Reference
from sartor.platform.query.sources import Source, Sources, from_clause
from sartor.platform.records.change import Change
from sartor.platform.records.fitted import places_in
from sartor.platform.records.plan import COUNTS, rollup_of, uncounted
from sartor.platform.storage.columns import wire
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

Stale = dict[tuple[str, int], set[str]]
"""(entity, record) -> names of its roll-ups that have to be counted again."""


def stale_after(changes: Iterable[Change], tables: Tables, work: Work) -> Stale:
    """The roll-ups that a set of changes touches, on the records they went into and on those they go into now."""
    stale: Stale = defaultdict(set)
    for change in changes:
        for fed in change.plan.fed:
            for target in _targets(change, fed.by, fed.field.entity, fed.reads):
                stale[fed.field.entity, target].add(fed.field.name)
        if change.before is not None:
            _through_lookups(change, tables, work, stale)
    return stale


def _targets(change: Change, by: Field, entity: str, reads: frozenset[tuple[str, ...]]) -> set[int]:
    before = _pointed(change.before.get(by.name), entity) if change.before else None
    after = _pointed(change.after.get(by.name), entity)
    moved = before != after or change.kind in ("create", "delete", "restore")
    if moved or any(change.has_changed(path[0]) for path in reads):
        return {each for each in (before, after) if each is not None}
    return set()


def _pointed(value: Any, entity: str) -> int | None:
    if isinstance(value, Reference):
        return value.id if value.entity == entity else None
    return value


def _through_lookups(change: Change, tables: Tables, work: Work, stale: Stale) -> None:
    """Roll-ups whose counted records read a field of the changed record through a lookup."""
    for through in change.plan.through:
        if change.has_changed(through.name):
            fed = through.fed
            for target in _behind(tables, through.lookup, fed.by, change.id, work):
                stale[fed.field.entity, target].add(fed.field.name)


def _behind(tables: Tables, lookup: Field, by: Field, target: int, work: Work) -> Sequence[int]:
    table = tables.of(lookup.entity)
    pointer = table.c[by.stored_as]
    chosen = sa.select(pointer).distinct().where(table.c[lookup.stored_as] == target, pointer.is_not(None))
    return [row[0] for row in work.connection.execute(chosen)]


class Counting:
    """The statement that counts all roll-ups which one entity has over another one, and how to read its result."""

    def __init__(self, tables: Tables, items: Sequence[Field], binds: EnvBinds | None = None) -> None:
        self.tables = tables
        self.binds = binds
        self.items = items
        first = rollup_of(items[0])
        self.source = Sources(tables, None, "c").base(tables.model.entities[first.counts])
        self.by = self.source.entity.fields[first.by]

    @cached_property
    def _compiled(self) -> tuple[Statement, list[int]]:
        return self._compile()

    def values(self, work: Work, ids: Sequence[int], env: Env, *, lenient: bool = False) -> dict[int, dict[str, Any]]:
        """New values by record and field name; a record that nothing counts for gets empty ones.

        lenient: see `rolled`.
        """
        statement, widths = self._compiled
        names = [name for _place, name, _process in statement.slots if name != "targets"]
        given = env_values(names, env, self.tables.dialect) | {"targets": list_value(ids, self.tables.dialect)}
        found = {row[0]: row[1:] for row in work.fetch(statement, given)}
        return {number: self._read(found.get(number), widths, lenient) for number in ids}

    def _read(self, row: Sequence[Any] | None, widths: Sequence[int], lenient: bool) -> dict[str, Any]:
        values, place = {}, 0
        for item, width in zip(self.items, widths, strict=True):
            part = None if row is None else row[place : place + width]
            values[item.name] = rolled(item, part, lenient=lenient)
            place += width
        return values

    def _compile(self) -> tuple[Statement, list[int]]:
        pointer = self.source.stored(self.by)
        columns: list[sa.ColumnElement[Any]] = [pointer]
        wires: list[Any] = [None]
        widths = []
        for item in self.items:
            made = self.aggregate(item)
            columns += [element for element, _wire in made]
            wires += [each for _element, each in made]
            widths.append(len(made))
        conditions = [in_list(pointer, "targets", self.tables.dialect), *self.conditions()]
        chosen = sa.select(*columns).select_from(from_clause(self.source)).where(*conditions).group_by(pointer)
        return Statement.compile(chosen, self.tables.dialect, wires), widths

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Which records are counted at all."""
        conditions: list[sa.ColumnElement[bool]] = [self.source.table.c.deleted_at.is_(None)]
        specs = self.by.type.columns(self.by)
        if len(specs) > 1:
            conditions.append(
                self.source.stored(self.by, specs[1].suffix)
                == self.by.type.stored_target(self.by, self.items[0].entity)
            )
        return conditions

    def aggregate(self, item: Field) -> list[tuple[sa.ColumnElement[Any], Any]]:
        """The columns that a roll-up needs, with their wires."""
        rollup = rollup_of(item)
        columns = self.source.columns(as_system=True)
        condition = to_sql(rollup.filter, columns, self.binds, self.tables.dialect) if rollup.filter else sa.true()
        if rollup.function == "count":
            return [(sa.func.count(sa.case((condition, 1))), None)]
        return AGGREGATES[rollup.function](self, rollup, condition)

    def stored_of(self, rollup: Any) -> list[tuple[sa.ColumnElement[Any], Any]]:
        return stored_of(self.source, rollup, self.tables.dialect)


Made = list[tuple[sa.ColumnElement[Any], Any]]


def _simple(function: Any) -> Any:
    """An aggregate of the value's column; companions (a currency) go along while they all agree."""

    def build(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
        value, read = counting.stored_of(rollup)[0]
        return _of_one_currency(counting, rollup, condition, (function(sa.case((condition, value))), read))

    return build


def _of_one_currency(
    counting: Counting, rollup: Any, condition: sa.ColumnElement[bool], found: tuple[sa.ColumnElement[Any], Any]
) -> Made:
    """An aggregate and its companions. Amounts of several currencies come to no sum, no mean and no smallest one:
    the amount is blank then, and `SEVERAL` stands where the currency would."""
    differs, companions = [], []
    for element, each in counting.stored_of(rollup)[1:]:
        chosen = sa.case((condition, element))
        least, most = sa.func.min(chosen), sa.func.max(chosen)
        differs.append(least != most)
        companions.append((sa.case((least != most, SEVERAL), else_=least), each))
    value = sa.case((sa.or_(*differs), sa.null()), else_=found[0]) if differs else found[0]
    return [(value, found[1]), *companions]


def _total(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
    value, read = counting.stored_of(rollup)[0]
    added = units_total if counting.tables.dialect == "sqlite" else sa.func.sum
    return _of_one_currency(counting, rollup, condition, (added(sa.case((condition, value))), read))


def _mean(name: str) -> Any:
    """An average or a median, rounded to what the result holds; an amount to what its currency has."""

    def build(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
        companions = _of_one_currency(counting, rollup, condition, (sa.null(), None))[1:]
        dialect, spec = counting.tables.dialect, rollup.result.type.columns(rollup.result)[0]
        value, kind = _value_of(counting.source, rollup)
        found = over_rows(name, sa.case((condition, value)), kind, dialect)
        places = places_in(rollup.result, companions[0][0]) if companions else None
        units = units_of(found, dialect, spec.scale, places), wire(spec.kind, spec.scale, dialect)
        return _of_one_currency(counting, rollup, condition, units)

    return build


def _value_of(source: Source, rollup: Any) -> tuple[sa.ColumnElement[Any], Type]:
    """The column of what is rolled up, and what it is in expressions."""
    end, item, _rest = source.columns(as_system=True).end(tuple(rollup.of))
    return end.stored(item), item.type.expression_type(item, source.statement.tables.model)


def _distinct(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
    """Texts are told apart as the expression language does, amounts by their currency, too."""
    source, field, _rest = counting.source.columns(as_system=True).end(tuple(rollup.of))
    suffixes = [spec.suffix for spec in field.type.columns(field)]
    value = source.stored(field, "__fold" if "__fold" in suffixes else suffixes[0])
    currency = field.type.attribute_suffix(field, "currency")
    if currency is not None:
        value = sa.cast(value, sa.Text()) + sa.func.coalesce(source.stored(field, currency), "")
    return [(sa.func.count(sa.distinct(sa.case((condition, value)))), None)]


def _at_the_end(first: bool) -> Any:
    """The value of the first or last record in the order of the roll-up's `order` field, ties by id."""

    def build(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
        return [_edge(counting, rollup, place, first) for place in range(len(counting.stored_of(rollup)))]

    return build


def _edge(counting: Counting, rollup: Any, place: int, first: bool) -> tuple[sa.ColumnElement[Any], Any]:
    inner = Sources(counting.tables, None, "e").base(counting.source.entity)
    element, each = stored_of(inner, rollup, counting.tables.dialect)[place]
    order = inner.columns().column((rollup.order or "created_at",))
    ordered = (order.asc(), inner.id.asc()) if first else (order.desc(), inner.id.desc())
    conditions = [
        inner.stored(counting.by) == counting.source.stored(counting.by),
        inner.table.c.deleted_at.is_(None),
        order.is_not(None),
    ]
    if rollup.filter:
        conditions.append(to_sql(rollup.filter, inner.columns(as_system=True), counting.binds, counting.tables.dialect))
    chosen = sa.select(element).select_from(from_clause(inner)).where(*conditions).order_by(*ordered).limit(1)
    return chosen.scalar_subquery(), each


def _most_common(counting: Counting, rollup: Any, condition: sa.ColumnElement[bool]) -> Made:
    """The value that occurs most often, with its companions; of equals the one that came latest."""
    return [_commonest(counting, rollup, place) for place in range(len(counting.stored_of(rollup)))]


def _commonest(counting: Counting, rollup: Any, place: int) -> tuple[sa.ColumnElement[Any], Any]:
    inner = Sources(counting.tables, None, "m").base(counting.source.entity)
    made = stored_of(inner, rollup, counting.tables.dialect)
    element, each = made[place]
    conditions = [
        inner.stored(counting.by) == counting.source.stored(counting.by),
        inner.table.c.deleted_at.is_(None),
        made[0][0].is_not(None),
    ]
    if rollup.filter:
        conditions.append(to_sql(rollup.filter, inner.columns(as_system=True), counting.binds, counting.tables.dialect))
    latest = sa.func.max(inner.id)
    chosen = (
        sa.select(element).select_from(from_clause(inner)).where(*conditions).group_by(*(one for one, _wire in made))
    )
    return chosen.order_by(sa.func.count().desc(), latest.desc()).limit(1).scalar_subquery(), each


def stored_of(source: Source, rollup: Any, dialect: str) -> Made:
    """The stored columns of what is rolled up, with their wires."""
    columns = source.columns(as_system=True)
    source, item, _rest = columns.end(tuple(rollup.of))
    specs = [spec for spec in item.type.columns(item) if spec.suffix not in ("__fold", "__sort")]
    return [(source.stored(item, spec.suffix), wire(spec.kind, spec.scale, dialect)) for spec in specs]


AGGREGATES = {
    "sum": _total,
    "min": _simple(sa.func.min),
    "max": _simple(sa.func.max),
    "avg": _mean("average"),
    "median": _mean("median"),
    "distinct": _distinct,
    "first": _at_the_end(first=True),
    "last": _at_the_end(first=False),
    "mode": _most_common,
}


def rolled(item: Field, part: Sequence[Any] | None, *, lenient: bool = False) -> Any:
    """The value of a roll-up from the columns of its aggregate.

    lenient: a total with more digits than can be kept is blank.

    :raises Invalid: for such a total otherwise.
    """
    rollup = rollup_of(item)
    if part is None:
        return uncounted(item)
    if rollup.function in COUNTS:
        return part[0]
    value = rollup.result.type.load(rollup.result, *part)
    return _kept(item, rollup.result, value, lenient) if rollup.function == "sum" else value


def _kept(item: Field, result: Field, value: Any, lenient: bool) -> Any:
    """A total as it will be stored."""
    width = sum(not spec.shadow for spec in result.type.columns(result))
    try:
        return result.type.load(result, *result.type.store(result, value)[:width])
    except ValueError as error:
        if lenient:
            return None
        raise Invalid(_("The record was not saved."), [Problem(item.name, "computed", str(error))]) from None
