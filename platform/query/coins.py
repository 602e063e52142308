"""The currencies behind a measure: amounts of several ones come to no number, only to the word that they are several.

What `base()` or the record's `rate` has turned into the workspace's currency is in that one; a share of one amount in
another is in none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check, print_expression, to_sql
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.term import Term
from sartor.platform.model import SEVERAL
from sartor.platform.query.sources import Path, Source, is_stored

MIXING = frozenset({"sum", "average", "min", "max", "median"})

Element = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Coin:
    """Where the currency of an amount stands: one code for all records, or an element of each record."""

    element: Element
    code: str | None = None
    plain: bool = True
    """Whether the currency is blank where the amount is, so that nothing else says which records count."""


@dataclass(frozen=True, slots=True)
class Told:
    """several: holds where a group has more than one currency; None: it cannot. currency: None for what has none."""

    several: sa.ColumnElement[bool] | None = None
    currency: Element | None = None


HOME = "home"


class Coins:
    """Tells of the measures of one statement. steps: how many of the first names of a path lead to the record."""

    def __init__(self, base: Source, columns: Any, entity: str, steps: int) -> None:
        self._base = base
        self._columns = columns
        self._entity = entity
        self._steps = steps
        self._scope = ModelScope(base.statement.tables.model)
        self._apart: list[list[Coin]] = []

    def of(self, measure: Term) -> Told:
        self._apart = []
        found = self._over_rows(measure)
        differ = [each for coins in (*self._apart, found) for each in _differences(coins)]
        lows = [_low(each) for each in _unlike(found)]
        said = sa.func.coalesce(*lows, sa.null()) if lows else None
        if not differ:
            return Told(None, said)
        several = sa.or_(*differ)
        told = sa.case((several, sa.literal(SEVERAL, sa.Text())), else_=said if lows else sa.null())
        return Told(several, told)

    # ---- over rows

    def _over_rows(self, term: Term) -> list[Coin]:
        if term.function is not None and term.function.aggregate:
            return self._aggregated(term) if term.function.name in MIXING else []
        if term.op == "divide":
            above, below = map(self._over_rows, term.args)
            if not below:
                return above
            self._apart += [above, below, _unlike([*above, *below])] if above else [below]
            return []
        return [coin for each in term.args for coin in self._over_rows(each)]

    def _aggregated(self, term: Term) -> list[Coin]:
        (argument,) = term.args
        coins = self._of_record(argument, self._base, self._steps)
        if argument.op == "field" and all(each.plain for each in coins):
            return coins
        return [each if each.code else self._counted(term, each) for each in coins]

    def _counted(self, term: Term, coin: Coin) -> Coin:
        """The currency of those records alone whose amount makes a difference, or cannot be told itself."""
        assert isinstance(term.node, Call)
        said = print_expression(term.node.arguments[0])
        unknown = sa.and_(self._holds(f"({said}) is blank"), coin.element == sa.literal(SEVERAL, sa.Text()))
        return Coin(sa.case((sa.or_(self._holds(f"({said}) != 0"), unknown), coin.element)))

    def _holds(self, text: str) -> sa.ColumnElement[bool]:
        condition = check(text, self._scope, self._entity)
        return to_sql(condition, self._columns, None, self._base.statement.dialect)

    # ---- in one record

    def _of_record(self, term: Term, source: Source, steps: int) -> list[Coin]:
        if not term.type.number:
            return []
        if term.op == "field":
            return self._of_field(term, source, steps)
        if term.function is not None and term.function.name == "base":
            return [self._home()]
        parts = [self._of_record(each, source, steps) for each in term.args]
        if term.op == "divide" and parts[1]:
            return []
        found = [coin for each in parts for coin in each]
        if found and term.op == "multiply" and any(_is_rate(each) for each in term.args):
            return [self._home()]
        return found

    def _of_field(self, term: Term, source: Source, steps: int) -> list[Coin]:
        if "currency" not in term.type.attributes:
            return []
        path: Path = tuple(term.value)[steps:]
        end, field, _rest = source.columns().end(path)
        fixed = field.face.options.get("currency")
        if fixed:
            return [Coin(sa.cast(sa.literal(fixed, sa.Text()), sa.Text()), fixed)]
        if not is_stored(field):
            made = self._of_record(field.formula.term, end, 0) if field.formula else []
            return [Coin(each.element, each.code, False) for each in made]
        suffix = field.type.attribute_suffix(field, "currency")
        return [Coin(end.stored(field, suffix))] if suffix is not None else []

    def _home(self) -> Coin:
        return Coin(sa.cast(sa.bindparam("env_currency", type_=sa.Text()), sa.Text()), HOME)


def _is_rate(term: Term) -> bool:
    return term.op == "field" and term.value[-1] == "rate"


def _unlike(coins: Iterable[Coin]) -> list[Coin]:
    """Each once."""
    found: dict[str | int, Coin] = {}
    for each in coins:
        found.setdefault(each.code or id(each.element), each)
    return list(found.values())


def _low(coin: Coin) -> Element:
    return coin.element if coin.code else sa.func.min(coin.element)


def _differences(coins: Iterable[Coin]) -> list[sa.ColumnElement[bool]]:
    unlike = _unlike(coins)
    within = [sa.func.min(each.element) != sa.func.max(each.element) for each in unlike if not each.code]
    return within + [_low(one) != _low(other) for one, other in combinations(unlike, 2)]
