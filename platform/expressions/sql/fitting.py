"""Values of expressions in the form that columns hold: numbers of fixed decimals, texts as they are compared.

What is read before it is stored must be what will be stored, so it is rounded here as a write would round it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions.env import Env
from sartor.platform.expressions.functions.aggregates import ROWS
from sartor.platform.expressions.sql.access import stored_value
from sartor.platform.expressions.sql.binds import EnvBinds
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.compile import OPERATIONS
from sartor.platform.expressions.sql.constants import normalized, whole
from sartor.platform.expressions.sql.environment import env_values
from sartor.platform.expressions.sql.numeric import exact, within
from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.model.formula import Formula

Element = sa.ColumnElement[Any]
DIGITS = 18
WHOLE_DIGITS = 15


class Fixed(EnvBinds):
    """The language, the time zone and the like as one environment has them, written into the statement."""

    def __init__(self, env: Env, dialect: str) -> None:
        super().__init__()
        self.env = env
        self.dialect = dialect

    def bind(self, name: str, kind: sa.types.TypeEngine[Any]) -> Element:
        return sa.literal(env_values([name], self.env, self.dialect)[name], kind)


def to_units(formula: Formula, columns: Any, binds: Fixed, scale: int, places: Element | None = None) -> Element:
    """A number as a column of `scale` decimals holds it, rounded half up to `places` of them; blank where it does not
    fit."""
    builder = Builder(binds.dialect, columns, binds, OPERATIONS)
    return _units(builder, builder.compile(formula.term), scale, places)


def over_rows(name: str, element: Element, kind: Type, dialect: str) -> Sql:
    """The average or the median of a stored column over rows. name: as in expressions."""
    builder, function = _plain(dialect), ROWS[name].sql
    assert function is not None
    found: Sql = function(builder, stored_value(builder, element, kind))
    return found


def units_of(number: Sql, dialect: str, scale: int, places: Element | None = None) -> Element:
    """As `to_units`, of a number that is compiled already."""
    return _units(_plain(dialect), number, scale, places)


def folded(text: Element, dialect: str) -> Element:
    """A text as it is compared; PostgreSQL knows neither pinyin nor traditional characters and comes near."""
    if dialect == "sqlite":
        return sqlite_call("fold", [Sql(text, TEXT)], sa.Text())
    return sa.func.lower(sa.collate(normalized(text), "C"), type_=sa.Text())


def ordered(text: Element, dialect: str) -> Element:
    """A text as it is ordered."""
    return sqlite_call("sort_key", [Sql(text, TEXT)], sa.Text()) if dialect == "sqlite" else folded(text, dialect)


def _plain(dialect: str) -> Builder:
    return Builder(dialect, None, EnvBinds(), OPERATIONS)  # type: ignore[arg-type]


def _units(b: Builder, number: Sql, scale: int, places: Element | None) -> Element:
    kept = whole(scale) if places is None else places
    if number.blank:
        return sa.cast(sa.null(), sa.BigInteger() if b.sqlite else sa.Numeric(DIGITS, scale))
    if b.sqlite:
        return sqlite_call("units", [number], sa.BigInteger(), kept, whole(scale))
    rounded = sa.func.round(exact(b, number).element, kept, type_=sa.Numeric())
    return sa.cast(within(rounded, 10 ** min(WHOLE_DIGITS, DIGITS - scale)), sa.Numeric(DIGITS, scale))
