"""Conditions and choices in Python: true or false, never blank, where a comparison with a blank is false."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sartor.platform.expressions.env import Env
from sartor.platform.expressions.scope import Values
from sartor.platform.expressions.term import Term

Closure = Callable[[Values, Env], Any]

COMPARE: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def _either(term: Term, arguments: list[Closure]) -> Closure:
    return lambda values, env: any(argument(values, env) for argument in arguments)


def _all(term: Term, arguments: list[Closure]) -> Closure:
    return lambda values, env: all(argument(values, env) for argument in arguments)


def _not(term: Term, arguments: list[Closure]) -> Closure:
    (operand,) = arguments
    return lambda values, env: not operand(values, env)


def _compare(term: Term, arguments: list[Closure]) -> Closure:
    left, right = arguments
    compare = COMPARE[term.value]

    def run(values: Values, env: Env) -> bool:
        one, other = left(values, env), right(values, env)
        return one is not None and other is not None and compare(one, other)

    return run


def _between(term: Term, arguments: list[Closure]) -> Closure:
    value, low, high = arguments
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one, least, most = value(values, env), low(values, env), high(values, env)
        if one is None:
            return False
        if negated:
            return (least is not None and one < least) or (most is not None and one > most)
        return least is not None and most is not None and least <= one <= most

    return run


def _in_items(term: Term, arguments: list[Closure]) -> Closure:
    value, *items = arguments
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one = value(values, env)
        if one is None:
            return False
        others = [item(values, env) for item in items]
        return None not in others and one not in others if negated else one in others

    return run


def _in_list(term: Term, arguments: list[Closure]) -> Closure:
    value, members = arguments
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one = value(values, env)
        return one is not None and (one in (members(values, env) or ())) != negated

    return run


def _in_range(term: Term, arguments: list[Closure]) -> Closure:
    value, bounds = arguments
    negated = term.value

    def run(values: Values, env: Env) -> bool:
        one, between = value(values, env), bounds(values, env)
        return one is not None and between is not None and (between[0] <= one < between[1]) != negated

    return run


def _blank(term: Term, arguments: list[Closure]) -> Closure:
    (value,) = arguments
    negated = term.value
    return lambda values, env: (value(values, env) in (None, ())) != negated


def _coalesce(term: Term, arguments: list[Closure]) -> Closure:

    def run(values: Values, env: Env) -> object:
        return next((found for argument in arguments if (found := argument(values, env)) is not None), None)

    return run


def _case(term: Term, arguments: list[Closure]) -> Closure:
    *pairs, otherwise = arguments
    cases = list(zip(pairs[::2], pairs[1::2], strict=True))

    def run(values: Values, env: Env) -> object:
        for when, then in cases:
            if when(values, env):
                return then(values, env)
        return otherwise(values, env)

    return run


CONDITIONS = {
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
    "case": _case,
}
