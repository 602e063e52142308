"""What compiling needs: the dialect, the columns, the binds, and the value that an operation hands to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, repeat
from operator import mul
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.env import EPOCH
from sartor.platform.expressions.numbers import BIGGEST, BIGGEST_INTEGER, written
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.python import NO_VALUES, compiled
from sartor.platform.expressions.scope import Columns
from sartor.platform.expressions.sql.binds import EnvBinds, name_of
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import Type
from sartor.platform.text import gettext as _

DEEP = 8  # levels of operations that SQLite's parser can surely take
MAX_WEIGHT = 2_000  # parts of SQL; operations that repeat an operand multiply it

EXACT = int(BIGGEST)


@dataclass(frozen=True, slots=True)
class Sql:
    """A compiled value. Numbers: `scale` says that the element is an integer, 10**scale times the value (on PostgreSQL
    only 0, a bigint); None that it is exact: NUMERIC, on SQLite the decimal written as text. `limit`: the largest
    absolute value of the element. constant: the Python value where it is known. sure: a condition that is never NULL.
    """

    element: sa.ColumnElement
    type: Type
    scale: int | None = None
    limit: int = EXACT
    constant: object = None
    sure: bool = False
    blank: bool = False


@dataclass
class Builder:
    """Compiles terms; `operations` has one function (builder, term) -> Sql for each kind of term."""

    dialect: str
    columns: Columns
    binds: EnvBinds
    operations: Mapping[str, Callable[[Builder, Term], Sql]]
    raw_types: ClassVar[dict[str, sa.types.TypeEngine]] = {
        "text": sa.Text(),
        "choice": sa.Text(),
        "integer": sa.BigInteger(),
        "record": sa.BigInteger(),
        "date": sa.Date(),
        "instant": sa.DateTime(),
        "boolean": sa.Boolean(),
        "duration": sa.BigInteger(),
        "null": sa.Text(),
    }
    weights: dict[int, int] = field(default_factory=dict)
    depths: dict[int, int] = field(default_factory=dict)

    @property
    def sqlite(self) -> bool:
        return self.dialect == "sqlite"

    def compile(self, term: Term) -> Sql:
        self.weigh(term)
        if self.sqlite and term.op not in ("and", "or", "not") and self.depth(term) > DEEP and not term.constant:
            return self.operations["run"](self, term)
        return self.shallow(term)

    def shallow(self, term: Term) -> Sql:
        """The term by its own operation, however deep."""
        return self.constant(term) if term.constant else self.operations[term.op](self, term)

    def depth(self, term: Term) -> int:
        """How deep operations are nested."""
        if id(term) not in self.depths:
            self.depths[id(term)] = 0 if term.constant else 1 + max((self.depth(arg) for arg in term.args), default=0)
        return self.depths[id(term)]

    def weigh(self, term: Term) -> int:
        """Refuse what would become a statement out of all proportion."""
        if id(term) not in self.weights:
            below = [self.weigh(arg) for arg in term.args]
            self.weights[id(term)] = 1 + sum(map(mul, _repeats(term), below))
        if self.weights[id(term)] > MAX_WEIGHT:
            raise InvalidExpression(
                _("The expression is too complex for the database; move a part into a field."),
                position=term.node.position,
            )
        return self.weights[id(term)]

    # -- values that do not depend on the row ---------------------------------------------------------------------

    def constant(self, term: Term) -> Sql:
        if not term.env:
            return self.literal(compiled(term)(NO_VALUES, EPOCH), term.type)
        part, text = "value", print_expression(term.node)
        if term.op == "fold":
            part = "fold" if term.value == "full" else "lower"
        return self.bound(part, text, term.type)

    def bound(self, part: str, text: str, kind: Type) -> Sql:
        """A bind parameter that the environment fills at run time."""
        if kind.number and kind.name == "decimal":
            element = self.bind(name_of(part, text), sa.Text() if self.sqlite else sa.Numeric())
            return Sql(element, kind)
        element = self.bind(name_of(part, text), self.raw_type(kind))
        return Sql(element, kind, scale=0 if kind.name == "integer" else None, limit=10**15)

    def bind(self, name: str, kind: sa.types.TypeEngine) -> sa.ColumnElement:
        return self.binds.bind(name, kind)

    def literal(self, value: object, kind: Type) -> Sql:
        if value is None:
            return Sql(
                sa.null(), kind, scale=0 if kind.number else None, limit=0, blank=True, sure=kind.name != "boolean"
            )
        if isinstance(value, bool):
            return Sql(sa.true() if value else sa.false(), kind, constant=value, sure=True)
        if isinstance(value, int | Decimal) and kind.number:
            return self.number(value, kind)
        if isinstance(value, tuple):
            return Sql(sa.literal(",".join(str(each) for each in value if each), sa.Text()), kind, constant=value)
        return Sql(sa.literal(stored(value), self.raw_type(kind)), kind, constant=value)

    def number(self, value: int | Decimal, kind: Type) -> Sql:
        if isinstance(value, int) and abs(value) <= BIGGEST_INTEGER:
            return Sql(sa.literal(value, sa.BigInteger()), kind, scale=0, limit=abs(value), constant=value)
        element = sa.literal(written(value), sa.Text()) if self.sqlite else sa.literal(Decimal(value), sa.Numeric())
        return Sql(element, kind, limit=abs(int(value)) + 1, constant=value)

    def raw_type(self, kind: Type) -> sa.types.TypeEngine:
        if kind.name == "decimal":
            return sa.BigInteger() if self.sqlite else sa.Numeric()
        return self.raw_types[kind.name]

    # -- small helpers --------------------------------------------------------------------------------------------

    def bounded(self, number: Sql, least: int, most: int) -> sa.ColumnElement:
        """An integer argument of a PostgreSQL function, kept within bounds."""
        if isinstance(number.constant, int):
            return sa.literal_column(str(max(least, min(most, number.constant))))
        low: sa.ColumnElement = sa.literal_column(str(least))
        high: sa.ColumnElement = sa.literal_column(str(most))
        inside = sa.func.least(sa.func.greatest(number.element, low), high)
        kept = sa.cast(inside, sa.Integer())
        return sa.case((number.element.is_not(None), kept), else_=sa.null())

    def sure(self, condition: Sql) -> sa.ColumnElement:
        """A condition that is false where it was NULL."""
        return condition.element if condition.sure else sa.func.coalesce(condition.element, sa.false())


def _repeats(term: Term) -> Iterable[int]:
    """How often each argument is written."""
    if term.op == "in_items" and term.args[0].args:
        return chain([len(term.args) - 1], repeat(1))
    often = term.function.repeats if term.function else REPEATS.get(term.op, 1)
    return repeat(often) if isinstance(often, int) else often


REPEATS = {"local_date": 2, "as_text": 2, "in_list": 2, "in_range": 2, "label": 3, "between": 2}


def stored(value: object) -> object:
    """A Python value as its column holds it: instants in UTC without zone, durations in microseconds."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    return value
