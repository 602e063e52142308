"""Conditions and choices.

A compiled condition is TRUE exactly where it holds and otherwise FALSE or NULL, so that WHERE can use an index; where
the difference shows (under `not`, as a value) `Builder.sure` makes it FALSE.
"""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import alike
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN


def condition(element: sa.ColumnElement, sure: bool = False) -> Sql:
    return Sql(element, BOOLEAN, sure=sure)


def truth(b: Builder, term: Term) -> Sql:
    """A boolean operand; a stored one is compared, since SQLite has no booleans of its own."""
    return b.compile(term)


def _and(b: Builder, term: Term) -> Sql:
    found = [truth(b, arg) for arg in term.args]
    return condition(sa.and_(*(each.element for each in found)), all(each.sure for each in found))


def _or(b: Builder, term: Term) -> Sql:
    found = [truth(b, arg) for arg in term.args]
    return condition(sa.or_(*(each.element for each in found)), all(each.sure for each in found))


def _not(b: Builder, term: Term) -> Sql:
    return condition(sa.not_(b.sure(truth(b, term.args[0]))), True)


def _blank(b: Builder, term: Term) -> Sql:
    (arg,) = term.args
    if arg.type.name == "list":
        there = b.columns.members(arg.value).exists(None)
        return condition(there if term.value else sa.not_(there), True)
    element = value(b, arg).element
    return condition(element.is_not(None) if term.value else element.is_(None), True)


def value(b: Builder, term: Term) -> Sql:
    """A term as a value: a comparison is then true or false, never NULL."""
    found = b.compile(term)
    if term.type.name == "boolean" and term.op not in ("field", "attribute", "case", "coalesce", "const"):
        return condition(b.sure(found), True)
    return found


def _coalesce(b: Builder, term: Term) -> Sql:
    found = [each for arg in term.args if not (each := value(b, arg)).blank]
    if len(found) < 2:
        return found[0] if found else b.literal(None, term.type)
    found = alike(b, found)
    limit = max(each.limit for each in found)
    return Sql(sa.func.coalesce(*(each.element for each in found)), term.type, found[0].scale, limit)


def _case(b: Builder, term: Term) -> Sql:
    conditions = [truth(b, arg) for arg in term.args[:-1:2]]
    results = alike(b, [value(b, arg) for arg in (*term.args[1::2], term.args[-1])])
    whens = [(when.element, then.element) for when, then in zip(conditions, results[:-1], strict=True)]
    limit = max(each.limit for each in results)
    return Sql(sa.case(*whens, else_=results[-1].element), term.type, results[0].scale, limit)


OPERATIONS = {"and": _and, "or": _or, "not": _not, "blank": _blank, "coalesce": _coalesce, "case": _case}
