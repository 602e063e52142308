"""A whole expression to SQL."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.numbers import EXACT
from sartor.platform.expressions.scope import Columns
from sartor.platform.expressions.sql import access, call, compare, logic, moments, numeric, program
from sartor.platform.expressions.sql.binds import EnvBinds
from sartor.platform.expressions.sql.builder import Builder
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.texts import MAX_RESULT
from sartor.platform.expressions.types import Type
from sartor.platform.model.formula import Formula
from sartor.platform.text import gettext as _

OPERATIONS = {
    **access.OPERATIONS,
    **call.OPERATIONS,
    **compare.OPERATIONS,
    **logic.OPERATIONS,
    **moments.OPERATIONS,
    **numeric.OPERATIONS,
    **program.OPERATIONS,
}
MAX_DEPTH = 200  # of SQL elements; each takes three to four calls of Python when it is written
MAX_PARTS = 20_000
STORED = ("field", "attribute", "const", "mapped", "label", "fold")


def to_sql(expression: Formula, columns: Columns, env_binds: EnvBinds | None, dialect: Any) -> sa.ColumnElement:
    """The expression as a column element for `sqlite` or `postgresql` (a name, or a dialect that has one).

    A condition is TRUE exactly where it holds and otherwise FALSE or NULL: right in WHERE, CASE and FILTER and under
    AND and OR; use `to_value` to select it or to negate it. Numbers come as their columns hold them: on SQLite an
    integer scaled by `expression.type.scale`, or the decimal as text where that may not fit; see `read_number`.
    """
    builder = _builder(columns, env_binds, dialect)
    return _bounded(_result(builder, expression.term, builder.compile(expression.term).element))


def to_value(expression: Formula, columns: Columns, env_binds: EnvBinds | None, dialect: Any) -> sa.ColumnElement:
    """As `to_sql`, but a condition is FALSE where it would be NULL: for SELECT, ORDER BY, GROUP BY and under NOT."""
    builder = _builder(columns, env_binds, dialect)
    return _bounded(_result(builder, expression.term, logic.value(builder, expression.term).element))


def _builder(columns: Columns, env_binds: EnvBinds | None, dialect: Any) -> Builder:
    name = dialect if isinstance(dialect, str) else dialect.name
    return Builder(name, columns, env_binds if env_binds is not None else EnvBinds(), OPERATIONS)


def _result(builder: Builder, term: Term, element: sa.ColumnElement) -> sa.ColumnElement:
    if term.type.number:
        return numeric.finished(builder, builder.compile(term), term.type)
    if term.type.name == "text" and term.op not in STORED:
        return _cut(builder, element)
    return element


def _bounded(element: sa.ColumnElement) -> sa.ColumnElement:
    """Refuse a tree that SQLAlchemy could not write: formulas over formulas grow without any one being large."""
    waiting: list[tuple[Any, int]] = [(element, 1)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if depth > MAX_DEPTH or count > MAX_PARTS:
            raise InvalidExpression(_("The expression is too complex for the database; store a part of it in a field."))
        waiting += [(child, depth + 1) for child in part.get_children()]
    return element


def read_number(value: Any, kind: Type) -> int | Decimal:
    """A selected number in its Python form, whichever of its forms the database gave."""
    if kind.name == "integer":
        return int(value)
    return Decimal(value).scaleb(-kind.places, EXACT) if isinstance(value, int) else Decimal(value)


def _cut(builder: Builder, text: sa.ColumnElement) -> sa.ColumnElement:
    size: sa.ColumnElement = sa.literal_column(str(MAX_RESULT))
    if builder.sqlite:
        return sa.func.substr(text, sa.literal_column("1"), size, type_=sa.Text())
    return sa.func.left(text, size, type_=sa.Text())
