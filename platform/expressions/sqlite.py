"""What SQLite is taught at each connection: exact decimals, our functions, and how decimals written as text compare."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sartor.platform.expressions import numbers
from sartor.platform.expressions.computing import FAILURES
from sartor.platform.expressions.env import EPOCH, Env
from sartor.platform.expressions.functions import FUNCTIONS
from sartor.platform.expressions.functions.aggregates import ROWS
from sartor.platform.expressions.functions.calendar import start_of_week
from sartor.platform.expressions.moments import MICROSECOND, longer, shifted, shorter
from sartor.platform.expressions.sql.program import run
from sartor.platform.expressions.texts import spelled
from sartor.platform.expressions.zones import local
from sartor.platform.text import fold, sort_key


def register_sqlite_functions(connection: Any) -> None:
    """Register with a DB-API connection of sqlite3; call it for every new connection."""
    connection.create_function("sartor", -1, _called, deterministic=True)
    connection.create_function("sartor_text", -1, _called_for_text, deterministic=True)
    connection.create_aggregate("sartor_sum", 1, _Sum)
    connection.create_aggregate("sartor_median", 1, _Median)
    connection.create_aggregate("sartor_min", 1, _Smallest)
    connection.create_aggregate("sartor_max", 1, _Largest)
    connection.create_collation("sartor_decimal", _order)


def _order(left: str, right: str) -> int:
    one, other = Decimal(left), Decimal(right)
    return (one > other) - (one < other)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _scaled(scale: int) -> Callable[[int], Decimal]:
    return lambda value: Decimal(value).scaleb(-scale, numbers.EXACT)


READ: dict[str, Callable[[Any], object]] = {
    "i": int,
    "n": Decimal,
    "w": int,
    "t": str,
    "d": lambda text: date.fromisoformat(text[:10]),
    "s": _instant,
    "b": bool,
    "l": lambda text: tuple(map(date.fromisoformat, text.split(","))) if text else (),
    "u": lambda count: count * MICROSECOND,
    **{chr(ord("0") + scale): _scaled(scale) for scale in range(19)},
}


@lru_cache(maxsize=1024)
def _readers(kinds: str) -> tuple[Callable[[Any], object], ...]:
    return tuple(READ[kind] for kind in kinds)


def _result(name: str, kinds: str, given: tuple[Any, ...]) -> object:
    function, nulls = _NAMED[name]
    values = [None if value is None else read(value) for read, value in zip(_readers(kinds), given, strict=True)]
    if not nulls and None in values:
        return None
    try:
        return function(*values)
    except FAILURES:
        return None


def _called(name: str, kinds: str, *given: Any) -> object:
    """A function's result as SQLite stores it; an integer beyond 64 bits is blank."""
    result = _result(name, kinds, given)
    if isinstance(result, bool) or result is None:
        return result
    if isinstance(result, int | Decimal):
        return int(result) if -numbers.BIGGEST_INTEGER <= result <= numbers.BIGGEST_INTEGER else None
    return _plain(result)


def _called_for_text(name: str, kinds: str, *given: Any) -> object:
    """As above, with numbers as text of a decimal."""
    result = _result(name, kinds, given)
    return numbers.written(result) if isinstance(result, int | Decimal) else _plain(result)


def _plain(result: object) -> object:
    if isinstance(result, datetime):
        return result.replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(result, date):
        return result.isoformat()
    if isinstance(result, timedelta):
        return result // MICROSECOND
    return result or None if isinstance(result, str) else result


def _text(value: Any, zone: str | None = None) -> str:
    return spelled(local(value, zone) if zone else value)


def _wide(high: int, low: int, scale: int) -> Decimal:
    return Decimal(high * 10**9 + low).scaleb(-scale, numbers.EXACT)


def _finish(value: Decimal) -> Decimal | None:
    return value if numbers.fits(value) else None


@lru_cache(maxsize=64)
def _home(currency: str, known: str) -> Env:
    """An environment that has only money in it."""
    listed = {code: Decimal(rate) for code, rate in json.loads(known).items()}
    return replace(EPOCH, currency=currency, rates=lambda code, day: listed.get(code))


def _base(amount: Decimal | None, code: str | None, rate: Decimal | None, home: str, known: str) -> object:
    return FUNCTIONS["base"].evaluate(_home(home, known), amount, code, rate)


def _whole(value: Decimal) -> int:
    return int(value)


def _units(value: numbers.Number, places: int, scale: int) -> int:
    """How often the last decimal of a column goes into a number that is rounded to some of them."""
    return int(numbers.rounded(value, places).scaleb(scale, numbers.EXACT))


_OPERATIONS: dict[str, Callable[..., object]] = {
    "add": numbers.add,
    "subtract": numbers.subtract,
    "multiply": numbers.multiply,
    "divide": numbers.divide,
    "negate": numbers.negative,
    "exact": lambda value: value,
    "order": lambda left, right: (left > right) - (left < right),
    "fit": lambda value, places: numbers.rounded(value, places),
    "finish": _finish,
    "finish_whole": _whole,
    "wide": _wide,
    "text": _text,
    "fold": fold,
    "sort_key": sort_key,
    "units": _units,
    "local_date": lambda moment, zone: local(moment, zone).date(),
    "longer": longer,
    "shorter": shorter,
    "shift": shifted,
    "elapsed": lambda later, earlier: later - earlier,
    "elapsed_days": lambda later, earlier: (later - earlier).days,
    "hour": lambda moment, zone: local(moment, zone).hour,
    "minute": lambda moment, zone: local(moment, zone).minute,
    "startofweek": start_of_week,
}
_NAMED: dict[str, tuple[Callable[..., object], bool]] = {
    **{each.name: (each.python, each.nulls) for each in FUNCTIONS.values() if each.python and not each.env},
    **{name: (function, False) for name, function in _OPERATIONS.items()},
    "base": (_base, True),
    "run": (run, True),
}


class _Sum:
    """The sum of decimals written as text."""

    def __init__(self) -> None:
        self.total: Decimal | None = None

    def step(self, value: str | None) -> None:
        if value is not None:
            self.total = numbers.EXACT.add(self.total or Decimal(0), Decimal(value))

    def finalize(self) -> str | None:
        return None if self.total is None else numbers.written(self.total)


class _Smallest:
    """The smallest of decimals written as text."""

    best = staticmethod(min)

    def __init__(self) -> None:
        self.found: Decimal | None = None

    def step(self, value: str | None) -> None:
        if value is not None:
            self.found = Decimal(value) if self.found is None else self.best(self.found, Decimal(value))

    def finalize(self) -> str | None:
        return None if self.found is None else numbers.written(self.found)


class _Largest(_Smallest):
    best = staticmethod(max)


class _Median:
    """The middle of decimals written as text."""

    def __init__(self) -> None:
        self.values: list[Decimal] = []

    def step(self, value: str | None) -> None:
        if value is not None:
            self.values.append(Decimal(value))

    def finalize(self) -> str | None:
        middle = ROWS["median"].evaluate(self.values)
        return None if middle is None else numbers.written(middle)
