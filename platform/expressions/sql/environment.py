"""Values of the environment's binds: what `today()` or `this_month()` is for the one who runs the statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sartor.platform.expressions.checker import Checker
from sartor.platform.expressions.conditions import Closure
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.numbers import written
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.python import NO_VALUES, compiled
from sartor.platform.expressions.scope import NoNames
from sartor.platform.expressions.sql.binds import PREFIX, read_name
from sartor.platform.expressions.sql.builder import stored
from sartor.platform.expressions.texts import lower
from sartor.platform.expressions.zones import offsets, start_of_day
from sartor.platform.text import fold

EARLIEST = datetime(1, 1, 1)
LATEST = datetime(9999, 12, 31, 23, 59, 59, 999999)


def env_values(names: Iterable[str], env: Env, dialect: str) -> dict[str, object]:
    """The values of binds by name, for `Connection.execute` or a compiled statement's own processors.

    Names that are not of the environment are left out, so all bind names of a statement may be given.
    """
    return {name: _value(name, env, dialect) for name in names if name.startswith(PREFIX)}


def _value(name: str, env: Env, dialect: str) -> object:
    plain = _SETTINGS.get(name.removeprefix(PREFIX))
    if plain:
        return plain(env)
    part, text = read_name(name) or ("value", name.removeprefix(PREFIX) + "()")
    return _PARTS[part](_program(text)(NO_VALUES, env), env, dialect)


@lru_cache(maxsize=2048)
def _program(text: str) -> Closure:
    return compiled(Checker(NoNames(), "").visit(parse(text)))


def _rates(env: Env) -> str:
    found = {code: env.rates(code, env.today) for code in env.currencies}
    return json.dumps({code.upper(): written(rate) for code, rate in found.items() if rate is not None})


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


_SETTINGS: dict[str, Callable[[Env], object]] = {
    "zone": lambda env: env.zone,
    "zone_times": lambda env: _array(stored(moment) for moment in offsets(env.zone).times),
    "zone_offsets": lambda env: "{" + ",".join(map(str, offsets(env.zone).offsets)) + "}",
    "week_start": lambda env: env.week_start,
    "language": lambda env: env.language,
    "currency": lambda env: env.currency,
    "rates": _rates,
}


def _single(value: object, env: Env, dialect: str) -> object:
    if isinstance(value, Decimal):
        return written(value) if dialect == "sqlite" else value
    return stored(value) if isinstance(value, datetime | timedelta) else value


def _list(value: Sequence[object] | None, env: Env, dialect: str) -> str:
    plain = [item for item in value or () if item is not None]
    if dialect == "sqlite":
        return json.dumps(plain, ensure_ascii=False)
    return "{" + ",".join(json.dumps(item, ensure_ascii=False) for item in plain) + "}"


def _start(day: date | None, env: Env, days: int = 0) -> Any:
    """The first instant of a day (or of one some days later), at the ends of the calendar the end itself."""
    if day is None:
        return None
    try:
        return stored(start_of_day(day + timedelta(days=days), env.zone))
    except OverflowError:
        return EARLIEST if day.year == 1 else LATEST


def _bound(index: int) -> Callable[[Sequence[date] | None, Env, str], date | None]:
    return lambda bounds, env, dialect: bounds[index] if bounds else None


_PARTS: dict[str, Callable[[Any, Env, str], object]] = {
    "value": _single,
    "fold": lambda value, env, dialect: None if value is None else fold(value),
    "lower": lambda value, env, dialect: None if value is None else lower(value),
    "list": _list,
    "folds": lambda value, env, dialect: _list([fold(item) for item in value or () if item], env, dialect),
    "lowers": lambda value, env, dialect: _list([lower(item) for item in value or () if item], env, dialect),
    "start": lambda day, env, dialect: _start(day, env),
    "end": lambda day, env, dialect: _start(day, env, 1),
    "from": _bound(0),
    "to": _bound(1),
    "first": lambda bounds, env, dialect: _start(bounds[0], env) if bounds else None,
    "last": lambda bounds, env, dialect: _start(bounds[1], env) if bounds else None,
}
