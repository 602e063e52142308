"""The Python back end: a checked tree becomes a chain of closures over values and environment.

Nothing is ever called or reached on a value; what a record hands over is checked to be of its declared type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from sartor.platform.errors import Invalid
from sartor.platform.expressions import numbers
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.moments import shifted
from sartor.platform.expressions.scope import PathSteps, Values
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.texts import MAX_RESULT, lower, spelled
from sartor.platform.expressions.types import Type
from sartor.platform.expressions.zones import local
from sartor.platform.text import fold, pick
from sartor.platform.text import gettext as _

Closure = Callable[[Values, Env], object]

COMPARE = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
FAILURES = (ArithmeticError, ValueError, OverflowError, IndexError)


def compiled(term: Term) -> Closure:
    """A callable (values, env) -> value of the term."""
    return _COMPILE[term.op](term)


def _arguments(term: Term) -> list[Closure]:
    return [compiled(arg) for arg in term.args]


def _strict(operation: Callable[..., object]) -> Callable[[Term], Closure]:
    """Blank if any operand is blank or the operation has no result."""

    def build(term: Term) -> Closure:
        arguments = _arguments(term)

        def run(values: Values, env: Env) -> object:
            given = [argument(values, env) for argument in arguments]
            return None if None in given else attempt(operation, *given)

        return run

    return build


def attempt(operation: Callable[..., object], *given: object) -> object:
    """The result, or blank where there is none."""
    try:
        return operation(*given)
    except FAILURES:
        return None


def _const(term: Term) -> Closure:
    value = term.value
    return lambda values, env: value


def _field(term: Term) -> Closure:
    path, kind = term.value, term.type
    return lambda values, env: accepted(values.get(path), kind, path)


def _either(term: Term) -> Closure:
    arguments = _arguments(term)
    return lambda values, env: any(argument(values, env) for argument in arguments)


def _all(term: Term) -> Closure:
    arguments = _arguments(term)
    return lambda values, env: all(argument(values, env) for argument in arguments)


def _not(term: Term) -> Closure:
    (operand,) = _arguments(term)
    return lambda values, env: not operand(values, env)


def _compare(term: Term) -> Closure:
    left, right = _arguments(term)
    compare = COMPARE[term.value]

    def run(values: Values, env: Env) -> bool:
        one, other = left(values, env), right(values, env)
        return one is not None and other is not None and compare(one, other)

    return run


def _between(term: Term) -> Closure:
    value, low, high = _arguments(term)
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one, least, most = value(values, env), low(values, env), high(values, env)
        if one is None:
            return False
        if negated:
            return (least is not None and one < least) or (most is not None and one > most)
        return least is not None and most is not None and least <= one <= most

    return run


def _in_items(term: Term) -> Closure:
    value, *items = _arguments(term)
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one = value(values, env)
        if one is None:
            return False
        others = [item(values, env) for item in items]
        return None not in others and one not in others if negated else one in others

    return run


def _in_list(term: Term) -> Closure:
    value, members = _arguments(term)
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one = value(values, env)
        return one is not None and (one in (members(values, env) or ())) != negated

    return run


def _in_range(term: Term) -> Closure:
    value, bounds = _arguments(term)
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one, between = value(values, env), bounds(values, env)
        return one is not None and between is not None and (between[0] <= one < between[1]) != negated

    return run


def _blank(term: Term) -> Closure:
    (value,) = _arguments(term)
    negated = term.value
    return lambda values, env: (value(values, env) in (None, ())) != negated


def _coalesce(term: Term) -> Closure:
    arguments = _arguments(term)

    def run(values: Values, env: Env) -> object:
        return next((found for argument in arguments if (found := argument(values, env)) is not None), None)

    return run


def _join(term: Term) -> Closure:
    arguments = _arguments(term)
    return lambda values, env: "".join(argument(values, env) or "" for argument in arguments) or None


def _as_text(term: Term) -> Closure:
    (value,) = _arguments(term)

    def run(values: Values, env: Env) -> str | None:
        found = value(values, env)
        return None if found is None else spelled(local(found, env.zone) if isinstance(found, datetime) else found)

    return run


def _fold(term: Term) -> Closure:
    (value,) = _arguments(term)
    form = fold if term.value == "full" else lower

    def run(values: Values, env: Env) -> object:
        found = value(values, env)
        if isinstance(found, tuple):
            return tuple(map(form, found))
        return None if found is None else form(found)

    return run


def _case(term: Term) -> Closure:
    *pairs, otherwise = _arguments(term)
    cases = list(zip(pairs[::2], pairs[1::2], strict=True))

    def run(values: Values, env: Env) -> object:
        for when, then in cases:
            if when(values, env):
                return then(values, env)
        return otherwise(values, env)

    return run


def _local_date(term: Term) -> Closure:
    (moment,) = _arguments(term)

    def run(values: Values, env: Env) -> date | None:
        found = moment(values, env)
        return None if found is None else attempt(lambda: local(found, env.zone).date())

    return run


def _mapped(term: Term) -> Closure:
    (value,) = _arguments(term)
    table = term.maps
    return lambda values, env: table.get(value(values, env))


def _label(term: Term) -> Closure:
    (value,) = _arguments(term)
    table = term.maps

    def run(values: Values, env: Env) -> str | None:
        key = value(values, env)
        return None if key is None else pick(table[key], env.language) if key in table else key

    return run


def _size(term: Term) -> Closure:
    (value,) = _arguments(term)
    return lambda values, env: len(value(values, env) or ())


def _fit(term: Term) -> Closure:
    (value,) = _arguments(term)
    places, whole = term.type.places, term.type.name == "integer"

    def run(values: Values, env: Env) -> object:
        found = value(values, env)
        if found is None:
            return None
        return int(numbers.rounded(found, 0)) if whole else numbers.rounded(found, places)

    return run


def _call(term: Term) -> Closure:
    function, arguments = term.function, _arguments(term)
    whole = term.type.name == "integer"
    blank = False if term.type.name == "boolean" else None

    def run(values: Values, env: Env) -> object:
        given = [argument(values, env) for argument in arguments]
        if not function.nulls and None in given:
            return blank
        result = attempt(function.python, env, *given) if function.env else attempt(function.python, *given)
        if whole and isinstance(result, Decimal):
            return int(result)
        return blank if result in (None, "") else result

    return run


def _list(term: Term) -> Closure:
    arguments = _arguments(term)
    return lambda values, env: tuple(argument(values, env) for argument in arguments)


_COMPILE: dict[str, Callable[[Term], Closure]] = {
    "const": _const,
    "field": _field,
    "attribute": _field,
    "list": _list,
    "and": _all,
    "or": _either,
    "not": _not,
    "compare": _compare,
    "between": _between,
    "in_items": _in_items,
    "in_list": _in_list,
    "in_range": _in_range,
    "blank": _blank,
    "coalesce": _coalesce,
    "join": _join,
    "as_text": _as_text,
    "fold": _fold,
    "add": _strict(numbers.add),
    "subtract": _strict(numbers.subtract),
    "multiply": _strict(numbers.multiply),
    "divide": _strict(numbers.divide),
    "negate": _strict(lambda value: -value if isinstance(value, int | timedelta) else numbers.EXACT.minus(value)),
    "shift": _strict(shifted),
    "elapsed": _strict(lambda left, right: left - right),
    "elapsed_days": _strict(lambda left, right: (left - right).days),
    "local_date": _local_date,
    "case": _case,
    "mapped": _mapped,
    "label": _label,
    "size": _size,
    "fit": _fit,
    "call": _call,
}


def finished(value: object) -> object:
    """A result as it leaves the language: within 38 digits, at most 10,000 characters."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return value if numbers.fits(value) else None
    return (value[:MAX_RESULT] or None) if isinstance(value, str) else value


_PYTHON = {
    "text": (str,), "choice": (str,), "integer": (int,), "record": (int,), "decimal": (Decimal, int),
    "boolean": (bool,), "date": (date,), "instant": (datetime,), "duration": (timedelta,), "list": (list, tuple, set, frozenset),
}  # fmt: skip


def accepted(value: object, kind: Type, path: PathSteps) -> object:
    """The value of a field, if it is of the declared type; empty text is blank, a naive instant is UTC."""
    if value is None or value == "":
        return None
    bad = not isinstance(value, _PYTHON[kind.name])
    if (
        bad
        or (isinstance(value, bool) and kind.name != "boolean")
        or (isinstance(value, datetime) and kind.name == "date")
    ):
        raise Invalid(
            _(
                "The value of %(path)s is %(value)s, not %(kind)s.",
                path=".".join(path),
                value=type(value).__name__,
                kind=kind,
            )
        )
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    if kind.name == "list":
        return tuple(accepted(each, kind.item, path) for each in value)
    return value


def over_rows(term: Term, rows: Sequence[Values], env: Env) -> object:
    """The value of an aggregating term over rows: aggregates first, what is around them after."""
    function = term.function
    if function and function.aggregate:
        columns = [[argument(row, env) for row in rows] for argument in _arguments(term)] or [[True] * len(rows)]
        return attempt(function.python, *columns)
    if not term.args:
        return compiled(term)(NO_VALUES, env)
    given = tuple(Term("const", arg.type, value=over_rows(arg, rows, env)) for arg in term.args)
    whole = Term(term.op, term.type, given, term.value, term.node, term.function, term.owner, term.maps)
    return compiled(whole)(NO_VALUES, env)


class _NoValues:
    def get(self, path: PathSteps) -> object:
        return None


NO_VALUES = _NoValues()
