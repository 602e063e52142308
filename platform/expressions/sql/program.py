"""Deep terms on SQLite: its own parser ends after some twenty calls in one another, so what is nested deeper is handed
to Python whole.

The call is `sartor('run', kinds, value, …, program)`: the program is the term as JSON, the values are what it reads
from the row and the environment.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

import sqlalchemy as sa

from sartor.platform.expressions.conditions import Closure
from sartor.platform.expressions.env import EPOCH
from sartor.platform.expressions.functions import FUNCTIONS
from sartor.platform.expressions.python import compiled
from sartor.platform.expressions.scope import PathSteps
from sartor.platform.expressions.sql.builder import EXACT, Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import Type

SETTLED = ("field", "attribute", "size", "in_list", "in_range", "label", "local_date")
"""What SQL answers better, or has to: values of the row, membership, and what the environment decides."""


def _run(b: Builder, term: Term) -> Sql:
    """The term as one call."""
    given: list[Sql] = []
    program = json.dumps(_written(b, term, given), ensure_ascii=False)
    text = term.type.number
    element = sqlite_call(
        "run", given, sa.Text() if text else b.raw_type(term.type), sa.literal(program, sa.Text()), kinds="t"
    )
    return Sql(element, term.type, limit=EXACT, sure=term.type.name == "boolean")


def _written(b: Builder, term: Term, given: list[Sql]) -> list:
    """The term as JSON; what SQL settles becomes a numbered value."""
    if _settled(term):
        given.append(b.shallow(term))
        return ["field", _type(term.type), [str(len(given) - 1)], []]
    args = [_written(b, arg, given) for arg in term.args]
    value = term.function.name if term.function else dict(term.maps) if term.op == "mapped" else _value(term.value)
    return [term.op, _type(term.type), value, args]


def _settled(term: Term) -> bool:
    if term.constant:
        return term.env
    asks = term.op == "as_text" and term.args[0].type.name == "instant"
    return asks or term.op in SETTLED or bool(term.function and (term.function.env or term.function.aggregate))


def _type(kind: Type) -> list:
    return [kind.name, kind.scale]


_TAGS: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "decimal": Decimal,
}


def _value(value: object) -> object:
    """A constant, tagged where JSON has no such type."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"instant": value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    return value


def _read_value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    ((tag, written),) = value.items()
    return _TAGS[tag](written) if tag in _TAGS else timedelta(seconds=written)


def _term(written: list) -> Term:
    op, (name, scale), value, args = written
    kind, below = Type(name, scale), tuple(_term(arg) for arg in args)
    if op == "field":
        return Term(op, kind, value=tuple(value))
    if op == "call":
        return Term(op, kind, below, function=FUNCTIONS[value])
    if op == "mapped":
        return Term(op, kind, below, maps=value)
    return Term(op, kind, below, value=_read_value(value))


@lru_cache(maxsize=512)
def _program(text: str) -> Closure:
    return compiled(_term(json.loads(text)))


class _Given:
    """The values of a call, by their number."""

    def __init__(self, values: tuple[object, ...]) -> None:
        self.values = values

    def get(self, path: PathSteps) -> object:
        return self.values[int(path[0])]


def run(*given: object) -> object:
    """What SQLite calls: values, then the program."""
    *values, program = given
    return _program(program)(_Given(tuple(values)), EPOCH)


OPERATIONS = {"run": _run}
