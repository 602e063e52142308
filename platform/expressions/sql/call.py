"""Function calls in SQL: the function's own SQL, or on SQLite its Python through the registered function."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.expressions.sql.builder import EXACT, Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.logic import value
from sartor.platform.expressions.sql.numeric import exact
from sartor.platform.expressions.term import Term

SMALL = 10**10  # integers such as a length or the part of a day


def _call(b: Builder, term: Term) -> Sql:
    function = term.called
    args = [value(b, arg) for arg in term.args]
    if not function.nulls and any(arg.blank for arg in args):
        return b.literal(False if term.type.name == "boolean" else None, term.type)
    if b.sqlite and not function.native:
        return called(b, term, args)
    if not b.sqlite:
        args = [exact(b, arg) if arg.type.name == "decimal" else arg for arg in args]
    result = function.compile(b, *args)
    if isinstance(result, Sql):
        return replace(result, type=term.type)
    return Sql(result, term.type, scale=0 if term.type.name == "integer" else None, limit=SMALL)


def called(b: Builder, term: Term, args: list[Sql]) -> Sql:
    """A call of the function's Python from SQLite; decimals and wide integers come back as text."""
    small = not (term.type.number and (term.called.wide or term.type.name == "decimal"))
    element = sqlite_call(term.called.name, args, b.raw_type(term.type) if small else sa.Text())
    return Sql(element, term.type, scale=0 if small and term.type.number else None, limit=SMALL if small else EXACT)


OPERATIONS = {"call": _call}
