"""Values in Python: fields, texts, numbers and calls; what cannot be computed is None."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sartor.platform.expressions import numbers
from sartor.platform.expressions.accepting import accepted
from sartor.platform.expressions.conditions import Closure
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.moments import longer, shifted, shorter
from sartor.platform.expressions.scope import Values
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.texts import lower, spelled
from sartor.platform.expressions.zones import local
from sartor.platform.text import fold, pick

FAILURES = (ArithmeticError, ValueError, OverflowError, IndexError)


def attempt(operation: Callable[..., Any], *given: Any) -> Any:
    """The result, or blank where there is none."""
    try:
        return operation(*given)
    except FAILURES:
        return None


def _strict(operation: Callable[..., Any]) -> Callable[[Term, list[Closure]], Closure]:
    """Blank if any operand is blank or the operation has no result."""

    def build(term: Term, arguments: list[Closure]) -> Closure:
        def run(values: Values, env: Env) -> object:
            given = [argument(values, env) for argument in arguments]
            return None if None in given else attempt(operation, *given)

        return run

    return build


def _const(term: Term, arguments: list[Closure]) -> Closure:
    value = term.value
    return lambda values, env: value


def _field(term: Term, arguments: list[Closure]) -> Closure:
    path, kind = term.value, term.type
    return lambda values, env: accepted(values.get(path), kind, path)


def _join(term: Term, arguments: list[Closure]) -> Closure:
    return lambda values, env: "".join(argument(values, env) or "" for argument in arguments) or None


def _as_text(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments

    def run(values: Values, env: Env) -> str | None:
        found = value(values, env)
        return None if found is None else attempt(_spelled, found, env.zone)

    return run


def _spelled(value: Any, zone: str) -> str | None:
    if isinstance(value, datetime):
        return spelled(local(value, zone))
    return spelled(value) if isinstance(value, date) or numbers.fits(value) else None


FORMS: dict[str, Callable[[str], str]] = {"full": fold, "simple": lower}


def _fold(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    form = FORMS[term.value] if isinstance(term.value, str) else term.value

    def run(values: Values, env: Env) -> object:
        found = value(values, env)
        if isinstance(found, tuple):
            return tuple(map(form, found))
        return None if found is None else form(found)

    return run


def _local_date(term: Term, arguments: list[Closure]) -> Closure:
    (moment,) = arguments

    def run(values: Values, env: Env) -> date | None:
        found = moment(values, env)
        return None if found is None else attempt(lambda: local(found, env.zone).date())

    return run


def _mapped(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    table = term.maps
    return lambda values, env: table.get(value(values, env))


def _label(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    table = term.maps

    def run(values: Values, env: Env) -> str | None:
        key = value(values, env)
        return None if key is None else pick(table[key], env.language) if key in table else key

    return run


def _size(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    return lambda values, env: len(value(values, env) or ())


def _fit(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    places, whole = term.type.places, term.type.name == "integer"

    def run(values: Values, env: Env) -> object:
        found = value(values, env)
        if found is None:
            return None
        return int(numbers.rounded(found, 0)) if whole else numbers.rounded(found, places)

    return run


def _call(term: Term, arguments: list[Closure]) -> Closure:
    function = term.called
    whole = term.type.name == "integer"
    blank = False if term.type.name == "boolean" else None

    def run(values: Values, env: Env) -> object:
        given = [argument(values, env) for argument in arguments]
        if not function.nulls and None in given:
            return blank
        result = attempt(function.evaluate, env, *given) if function.env else attempt(function.evaluate, *given)
        if whole and isinstance(result, Decimal):
            return int(result)
        return blank if result in (None, "") else result

    return run


def _list(term: Term, arguments: list[Closure]) -> Closure:
    return lambda values, env: tuple(argument(values, env) for argument in arguments)


def _negative(value: numbers.Number | timedelta) -> numbers.Number | timedelta:
    return -value if isinstance(value, timedelta) else numbers.negative(value)


VALUES = {
    "const": _const,
    "field": _field,
    "attribute": _field,
    "list": _list,
    "join": _join,
    "as_text": _as_text,
    "fold": _fold,
    "add": _strict(numbers.add),
    "subtract": _strict(numbers.subtract),
    "multiply": _strict(numbers.multiply),
    "divide": _strict(numbers.divide),
    "longer": _strict(longer),
    "shorter": _strict(shorter),
    "negate": _strict(_negative),
    "shift": _strict(shifted),
    "elapsed": _strict(lambda later, earlier: later - earlier),
    "elapsed_days": _strict(lambda later, earlier: (later - earlier).days),
    "local_date": _local_date,
    "mapped": _mapped,
    "label": _label,
    "size": _size,
    "fit": _fit,
    "call": _call,
}
