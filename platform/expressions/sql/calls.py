"""Calls of the function registered with SQLite: `sartor(name, kinds, …)`, and `sartor_text` where a number is to come
back as the text of a decimal.

Each letter of `kinds` says how to read an argument: i an integer, 0…< one scaled by that power of ten, n a decimal
and w an integer written as text, t text, d a day, s an instant, b a boolean, u microseconds, l days between commas.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from sartor.platform.expressions.sql.builder import Sql

LETTERS = {
    "text": "t",
    "choice": "t",
    "null": "t",
    "date": "d",
    "instant": "s",
    "boolean": "b",
    "duration": "u",
    "record": "i",
    "list": "l",
}


def kind_of(value: Sql) -> str:
    """The letter for a value."""
    if not value.type.number:
        return LETTERS[value.type.name]
    if value.scale is None:
        return "w" if value.type.name == "integer" else "n"
    return "i" if value.type.name == "integer" and value.scale == 0 else chr(ord("0") + value.scale)


def sqlite_call(
    name: str, args: Sequence[Sql], returns: sa.types.TypeEngine, *more: sa.ColumnElement, kinds: str = ""
) -> sa.ColumnElement:
    """A call; `more` are integers or texts that need no reading (`kinds` has their letters)."""
    letters = "".join(kind_of(arg) for arg in args) + (kinds or "i" * len(more))
    called: sa.ColumnElement = sa.literal_column(f"'{name}'")
    read: sa.ColumnElement = sa.literal_column(f"'{letters}'")
    function = sa.func.sartor_text if isinstance(returns, sa.Text) else sa.func.sartor
    return function(called, read, *(arg.element for arg in args), *more, type_=returns)
