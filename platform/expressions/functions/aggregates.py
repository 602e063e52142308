"""Over many rows: count, sum, average, min, max, median, distinct; for measures and roll-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import numbers
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument, as_text, results_at
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.nodes import Call, Node, walk
from sartor.platform.expressions.sql.builder import EXACT, Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.numeric import divided, exact
from sartor.platform.expressions.term import Term, null
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import BOOLEAN, INTEGER, PLACES, TEXT, Type, decimal, plain
from sartor.platform.text import gettext as _

SPLIT = 10**9  # sums on SQLite run over two halves of each number, so that they cannot pass 64 bits


def _present(column: Sequence[Any]) -> list:
    return [value for value in column if value is not None]


def _sum(column: Sequence[Any]) -> Any:
    found = _present(column)
    total: numbers.Number = 0
    for value in found:
        total = numbers.add(total, value)
    return total if found else None


def _average(column: Sequence[Any]) -> Any:
    found = _present(column)
    return numbers.divide(_sum(found), len(found)) if found else None


def _median(column: Sequence[Any]) -> Any:
    found = sorted(_present(column))
    if not found:
        return None
    middle = numbers.add(found[(len(found) - 1) // 2], found[len(found) // 2])
    return numbers.divide(middle, 2)


def _count(column: Sequence[Any]) -> int:
    return sum(value is not None and value is not False for value in column)


def _distinct(column: Sequence[Any]) -> int:
    return len(set(_present(column)))


def _total(b: Builder, x: Sql) -> Sql:
    if not b.sqlite:
        return Sql(sa.func.sum(exact(b, x).element, type_=sa.Numeric()), x.type, limit=EXACT)
    if x.scale is None:
        return Sql(sa.func.sartor_sum(x.element, type_=sa.Text()), x.type)
    split: sa.ColumnElement = sa.literal_column(str(SPLIT))
    high = sa.func.sum(sa.type_coerce(x.element, sa.BigInteger()).op("/", precedence=8)(split))
    low = sa.func.sum(x.element % split)
    scale: sa.ColumnElement = sa.literal_column(str(x.scale))
    return Sql(sqlite_call("wide", [], sa.Text(), high, low, scale), x.type)


def units_total(units: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """SQLite's total of whole numbers as one: what passes 64 bits on the way does no harm, in the end it is the largest
    that there is."""
    split: sa.ColumnElement = sa.literal_column(str(SPLIT))
    high = sa.func.sum(sa.type_coerce(units, sa.BigInteger()).op("/", precedence=8)(split))
    none: sa.ColumnElement = sa.literal_column("0")
    return sa.cast(sqlite_call("wide", [], sa.Text(), high, sa.func.sum(units % split), none), sa.Integer())


def _average_sql(b: Builder, x: Sql) -> Sql:
    return divided(b, _total(b, x), _number(sa.func.count(x.element)), decimal())


def _number(element: sa.ColumnElement) -> Sql:
    return Sql(element, INTEGER, scale=0, limit=10**12)


def _median_sql(b: Builder, x: Sql) -> Sql:
    if b.sqlite:
        return Sql(sa.func.sartor_median(exact(b, x).element, type_=sa.Text()), decimal())
    number = exact(b, x).element
    half: sa.ColumnElement = sa.literal_column("0.5")
    low = sa.func.percentile_disc(half).within_group(number.asc())
    high = sa.func.percentile_disc(half).within_group(number.desc())
    both = Sql(sa.type_coerce(low, sa.Numeric()) + sa.type_coerce(high, sa.Numeric()), decimal())
    two = Sql(sa.literal_column("2"), INTEGER, scale=0, limit=2)
    return divided(b, both, two, decimal())


def _count_sql(b: Builder, x: Sql | None = None) -> Sql:
    if x is None:
        return _number(sa.func.count())
    if x.type.name == "boolean":
        return _number(sa.func.count(sa.case((x.element, sa.literal_column("1")))))
    return _number(sa.func.count(x.element))


def _extreme_sql(name: str):
    def run(b: Builder, x: Sql) -> Sql:
        if b.sqlite and x.type.number and x.scale is None:
            return Sql(getattr(sa.func, f"sartor_{name}")(x.element, type_=sa.Text()), x.type)
        return Sql(getattr(sa.func, name)(x.element, type_=x.element.type), x.type, x.scale, x.limit)

    return run


def _same(x: Term) -> Type:
    return plain(x.type)


def _mean(x: Term) -> Type:
    return decimal(PLACES)


def _aggregate(name: str, kind: str, returns: Any, python: Callable[..., Any], sql: Callable[..., Any]) -> Function:
    return Function(
        name=name,
        params=(Param("x", kind),),
        returns=returns,
        python=python,
        sql=sql,
        native=True,
        nulls=True,
        aggregate=True,
        help={},
        example=("", ""),
    )


ROWS = {
    "count": _aggregate("count", "any", INTEGER, _count, _count_sql),
    "sum": _aggregate("sum", "number", _same, _sum, _total),
    "average": _aggregate("average", "number", _mean, _average, _average_sql),
    "min": _aggregate("min", "any", _same, lambda column: min(_present(column), default=None), _extreme_sql("min")),
    "max": _aggregate("max", "any", _same, lambda column: max(_present(column), default=None), _extreme_sql("max")),
    "median": _aggregate("median", "number", _mean, _median, _median_sql),
    "distinct": _aggregate(
        "distinct", "any", INTEGER, _distinct, lambda b, x: _number(sa.func.count(x.element.distinct()))
    ),
}
NAMES = {"avg": "average", "mean": "average"}


def asks_rows(node: Node) -> bool:
    """Whether an expression as parsed is one over rows."""
    calls = [each for each in walk(node) if isinstance(each, Call) and len(each.arguments) < 2]
    return any(NAMES.get(each.name, each.name) in ROWS for each in calls)


def aggregated(checker: Checking, node: Call) -> Term:
    """An aggregate over rows; what is inside is one row's business."""
    if checker.inside_aggregate or not checker.aggregates:
        raise checker.fault(
            node, _("%(name)s() over rows cannot be used here; a roll-up field counts and sums.", name=node.name)
        )
    function = ROWS[NAMES.get(node.name, node.name)]
    checker.inside_aggregate = True
    args = [checker.visit(each) for each in node.arguments]
    checker.inside_aggregate = False
    args = [_fitting(checker, function, term) for term in args]
    kind = function.returns if isinstance(function.returns, Type) else function.returns(*args)
    return Term("call", kind, tuple(args), node=node, function=function)


def _fitting(checker: Checking, function: Function, term: Term) -> Term:
    if term.type.name in ("list", "range"):
        told = {"name": function.name, "type": type_words(term.type, checker.scope)}
        raise checker.fault(term.node, _("%(name)s() needs single values, not %(type)s.", **told))
    if function.name in ("min", "max") and term.type.name in ("date", "instant", "duration"):
        return term
    if function.name in ("min", "max"):
        return argument(checker, term, "number")
    if function.name == "distinct" and term.type.name == "text":
        return argument(checker, term, "folded")
    if function.name == "distinct" and _is_amount(term):
        return _amounts_as_text(checker, term)
    return argument(checker, term, function.params[0].kind)


def _is_amount(term: Term) -> bool:
    """Whether it is an amount, or chooses between values of which one is."""
    return "currency" in term.type.attributes or any(_is_amount(term.args[at]) for at in results_at(term))


def _amounts_as_text(checker: Checking, term: Term) -> Term:
    """Amounts with their currency; a choice between values, as the same choice between texts."""
    if "currency" in term.type.attributes:
        return _with_currency(checker, term)
    chosen = results_at(term)
    if not chosen:
        return null(TEXT) if term.op == "const" and term.value is None else as_text(checker, term)
    args = tuple(_amounts_as_text(checker, each) if at in chosen else each for at, each in enumerate(term.args))
    return Term(term.op, TEXT, args, node=term.node)


def _with_currency(checker: Checking, amount: Term) -> Term:
    """An amount as a text with its currency: 10 USD and 10 CNY are two."""
    currency = Term("field", TEXT, value=(*amount.value, "currency"), node=amount.node, owner=amount.owner)
    both = Term("join", TEXT, (as_text(checker, amount), currency), node=amount.node)
    blank = Term("blank", BOOLEAN, (amount,), value=False, node=amount.node)
    return Term("case", TEXT, (blank, null(TEXT), both), node=amount.node)


def _counting(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return aggregated(checker, node)


def _declared(name: str, params: tuple[Param, ...], english: str, chinese: str, example: tuple[str, str]) -> Function:
    return Function(
        name=name,
        params=params,
        returns=INTEGER if name != "median" else decimal(),
        build=_counting,
        help={"en": english, "zh": chinese},
        example=example,
    )


FUNCTIONS = (
    _declared(
        "count",
        (Param("x", "any", optional=True),),
        "How many rows; with a value, rows where it is not blank; with a condition, rows where it holds.",
        "行数；给值时为非空的行数；给条件时为成立的行数。",
        ("count(amount > 100)", "2"),
    ),
    _declared(
        "median", (Param("x", "number"),), "The middle value over rows.", "多行的中位数。", ("median(amount)", "150")
    ),
    _declared(
        "distinct",
        (Param("x", "any"),),
        "How many different values over rows; of amounts, 10 USD and 10 CNY are two.",
        "多行中不同值的个数；10 USD 与 10 CNY 是两个不同的金额。",
        ("distinct(owner)", "2"),
    ),
)
