"""The aggregates of roll-ups in SQL: for each function the columns that it needs, and how each is read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import EnvBinds, to_sql
from sartor.platform.expressions.functions.aggregates import units_total
from sartor.platform.expressions.sql.fitting import over_rows, units_of
from sartor.platform.expressions.types import Type
from sartor.platform.model import SEVERAL, Field
from sartor.platform.query.sources import Source, Sources, from_clause
from sartor.platform.records.rollups.fitted import Element, places_in
from sartor.platform.storage.columns import wire
from sartor.platform.storage.tables import Tables

Condition = sa.ColumnElement[bool]
Made = list[tuple[Element, Any]]
"""Columns with their wires: the value, then its companions (a currency)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The records of one entity, grouped by their field `by`, which says for whom each of them counts.

    binds: what stands for the values of the environment in conditions of roll-ups.
    """

    tables: Tables
    source: Source
    by: Field
    binds: EnvBinds | None = None

    @property
    def dialect(self) -> str:
        return self.tables.dialect

    def stored_of(self, rollup: Any) -> Made:
        """The stored columns of what is rolled up."""
        return _stored_of(self.source, rollup, self.dialect)

    def condition(self, rollup: Any, source: Source) -> Condition | None:
        """Which of the records in a source count in a roll-up; None for all of them."""
        if not rollup.filter:
            return None
        return to_sql(rollup.filter, source.columns(as_system=True), self.binds, self.dialect)


Aggregate = Callable[[Counted, Any, Condition], Made]
"""Counted records, the roll-up's plan and its condition."""


def aggregate(counted: Counted, rollup: Any) -> Made:
    """The columns that a roll-up needs, with their wires."""
    condition = counted.condition(rollup, counted.source)
    return AGGREGATES[rollup.function](counted, rollup, sa.true() if condition is None else condition)


def _stored_of(source: Source, rollup: Any, dialect: str) -> Made:
    end, item, _rest = source.columns(as_system=True).end(tuple(rollup.of))
    specs = [spec for spec in item.type.columns(item) if spec.suffix not in ("__fold", "__sort")]
    return [(end.stored(item, spec.suffix), wire(spec.kind, spec.scale, dialect)) for spec in specs]


# ---- over all of a group at once


def _count(_counted: Counted, _rollup: Any, condition: Condition) -> Made:
    return [(sa.func.count(sa.case((condition, 1))), None)]


def _simple(function: Any) -> Aggregate:
    """An aggregate of the value's column; companions (a currency) go along while they all agree."""

    def build(counted: Counted, rollup: Any, condition: Condition) -> Made:
        value, read = counted.stored_of(rollup)[0]
        return _of_one_currency(counted, rollup, condition, (function(sa.case((condition, value))), read))

    return build


def _of_one_currency(counted: Counted, rollup: Any, condition: Condition, found: tuple[Element, Any]) -> Made:
    """An aggregate and its companions. Amounts of several currencies come to no sum, no mean and no smallest one:
    the amount is blank then, and `SEVERAL` stands where the currency would."""
    differs, companions = [], []
    for element, each in counted.stored_of(rollup)[1:]:
        chosen = sa.case((condition, element))
        least, most = sa.func.min(chosen), sa.func.max(chosen)
        differs.append(least != most)
        companions.append((sa.case((least != most, SEVERAL), else_=least), each))
    value = sa.case((sa.or_(*differs), sa.null()), else_=found[0]) if differs else found[0]
    return [(value, found[1]), *companions]


def _total(counted: Counted, rollup: Any, condition: Condition) -> Made:
    value, read = counted.stored_of(rollup)[0]
    added = units_total if counted.dialect == "sqlite" else sa.func.sum
    return _of_one_currency(counted, rollup, condition, (added(sa.case((condition, value))), read))


def _mean(name: str) -> Aggregate:
    """An average or a median, rounded to what the result holds; an amount to what its currency has."""

    def build(counted: Counted, rollup: Any, condition: Condition) -> Made:
        companions = _of_one_currency(counted, rollup, condition, (sa.null(), None))[1:]
        spec = rollup.result.type.columns(rollup.result)[0]
        value, kind = _value_of(counted.source, rollup)
        found = over_rows(name, sa.case((condition, value)), kind, counted.dialect)
        places = places_in(rollup.result, companions[0][0]) if companions else None
        units = units_of(found, counted.dialect, spec.scale, places), wire(spec.kind, spec.scale, counted.dialect)
        return _of_one_currency(counted, rollup, condition, units)

    return build


def _value_of(source: Source, rollup: Any) -> tuple[Element, Type]:
    """The column of what is rolled up, and what it is in expressions."""
    end, item, _rest = source.columns(as_system=True).end(tuple(rollup.of))
    return end.stored(item), item.type.expression_type(item, source.statement.tables.model)


def _distinct(counted: Counted, rollup: Any, condition: Condition) -> Made:
    """Texts are told apart as the expression language does, amounts by their currency, too."""
    source, field, _rest = counted.source.columns(as_system=True).end(tuple(rollup.of))
    suffixes = [spec.suffix for spec in field.type.columns(field)]
    value = source.stored(field, "__fold" if "__fold" in suffixes else suffixes[0])
    currency = field.type.attribute_suffix(field, "currency")
    if currency is not None:
        value = sa.cast(value, sa.Text()) + sa.func.coalesce(source.stored(field, currency), "")
    return [(sa.func.count(sa.distinct(sa.case((condition, value)))), None)]


# ---- one of a group: a sub-select for each column


def _at_the_end(first: bool) -> Aggregate:
    """The value of the first or last record in the order of the roll-up's `order` field, ties by id."""

    def build(counted: Counted, rollup: Any, _condition: Condition) -> Made:
        return [_edge(counted, rollup, place, first) for place in range(len(counted.stored_of(rollup)))]

    return build


def _edge(counted: Counted, rollup: Any, place: int, first: bool) -> tuple[Element, Any]:
    inner = Sources(counted.tables, None, "e").base(counted.source.entity)
    element, each = _stored_of(inner, rollup, counted.dialect)[place]
    order = inner.columns().column((rollup.order or "created_at",))
    ordered = (order.asc(), inner.id.asc()) if first else (order.desc(), inner.id.desc())
    conditions = [*_of_the_same_group(counted, rollup, inner), order.is_not(None)]
    chosen = sa.select(element).select_from(from_clause(inner)).where(*conditions).order_by(*ordered).limit(1)
    return chosen.scalar_subquery(), each


def _most_common(counted: Counted, rollup: Any, _condition: Condition) -> Made:
    """The value that occurs most often, with its companions; of equals the one that came latest."""
    return [_commonest(counted, rollup, place) for place in range(len(counted.stored_of(rollup)))]


def _commonest(counted: Counted, rollup: Any, place: int) -> tuple[Element, Any]:
    inner = Sources(counted.tables, None, "m").base(counted.source.entity)
    made = _stored_of(inner, rollup, counted.dialect)
    element, each = made[place]
    conditions = [*_of_the_same_group(counted, rollup, inner), made[0][0].is_not(None)]
    latest = sa.func.max(inner.id)
    chosen = (
        sa.select(element).select_from(from_clause(inner)).where(*conditions).group_by(*(one for one, _wire in made))
    )
    return chosen.order_by(sa.func.count().desc(), latest.desc()).limit(1).scalar_subquery(), each


def _of_the_same_group(counted: Counted, rollup: Any, inner: Source) -> list[Condition]:
    """What ties records of another source to a group that is being counted."""
    same = inner.stored(counted.by) == counted.source.stored(counted.by)
    condition = counted.condition(rollup, inner)
    return [same, inner.table.c.deleted_at.is_(None), *([] if condition is None else [condition])]


AGGREGATES: dict[str, Aggregate] = {
    "count": _count,
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
