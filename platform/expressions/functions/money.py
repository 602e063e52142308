"""Amounts in the currency of the workspace, and the words of choices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import numbers
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.numeric import exact
from sartor.platform.expressions.term import Term, terms
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import TEXT, decimal
from sartor.platform.text import gettext as _

RATE = decimal(12)


def _rate(env: Env, code: str | None, day: date | None) -> Decimal | None:
    """What one unit is worth in the workspace's currency; None where no rate is known."""
    if code is None or code.upper() == env.currency.upper():
        return Decimal(1)
    found = env.rates(code.upper(), day or env.today)
    return None if found is None else numbers.rounded(found, 12)


def _base(env: Env, amount: numbers.Number, code: str | None, rate: numbers.Number | None) -> numbers.Number | None:
    if amount is None:
        return None
    if code is None or code.upper() == env.currency.upper():
        return amount
    used = rate if rate is not None else _rate(env, code, None)
    return None if used is None else numbers.multiply(Decimal(amount), Decimal(used))


def _base_term(checker: Checking, function: Function, node: Call) -> Term:
    """The amount with the currency and the rate of the record that it stands in."""
    checker.count(function, node)
    amount = argument(checker, checker.visit(node.arguments[0]), "number")
    money = next((each for each in terms(amount) if each.op == "field" and "currency" in each.type.attributes), None)
    currency = checker.field_term((*money.value, "currency"), node) if money else None
    if money is None or currency is None:
        raise checker.fault(node, _("base() needs an amount of money, so that its currency is known."))
    rate = checker.field_term((*money.value[:-1], "rate"), node)
    if rate is None or not rate.type.number:
        rate = Term("const", RATE, node=node)
        checker.volatile = True
    kind = decimal(min(12, amount.type.places + rate.type.places))
    return Term("call", kind, (amount, currency, rate), node=node, function=function)


def _base_sql(b: Builder, amount: Sql, code: Sql, rate: Sql) -> Sql:
    home, known = b.bind("env_currency", sa.Text()), b.bind("env_rates", sa.Text())
    if b.sqlite:
        given = [each if not each.blank else Sql(sa.null(), RATE) for each in (amount, code, rate)]
        return Sql(sqlite_call("base", given, sa.Text(), home, known, kinds="tt"), decimal())
    upper = sa.func.upper(code.element, type_=sa.Text())
    listed = sa.cast(sa.cast(known, sa.JSON()).op("->>")(upper), sa.Numeric())
    used = sa.func.coalesce(exact(b, rate).element, listed) if not rate.blank else listed
    number = exact(b, amount).element
    product = sa.func.round(number * used, sa.literal_column("12"), type_=sa.Numeric())
    same = sa.or_(code.element.is_(None), upper == sa.func.upper(home))
    return Sql(sa.case((same, number), else_=product), decimal())


def _label_term(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    value = checker.visit(node.arguments[0])
    if value.type.name != "choice" or value.type.choices is None:
        raise checker.fault(
            node, _("label() needs an option, not %(type)s.", type=type_words(value.type, checker.scope))
        )
    return Term("label", TEXT, (value,), node=node, maps=dict(value.type.choices))


def _rate_on(env: Env, day: date, code: str) -> Decimal | None:
    return _rate(env, code, day)


def _rate_on_term(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    day = argument(checker, checker.visit(node.arguments[0]), "date")
    own = checker.field_term(("currency",), node)
    code = argument(checker, checker.visit(node.arguments[1]), "text") if len(node.arguments) > 1 else own
    if code is None:
        raise checker.fault(node, _("The record has no field “currency”; write rate_on(day, 'USD')."))
    return Term("call", RATE, (day, code), node=node, function=function)


def _rate_on_sql(b: Builder, *args: Sql) -> sa.ColumnElement:
    raise InvalidExpression(_("rate_on() of a field is computed when a record is saved, not in a list."))


FUNCTIONS = (
    Function(
        name="base",
        params=(Param("amount", "number"),),
        returns=RATE,
        python=_base,
        env=True,
        sql=_base_sql,
        native=True,
        nulls=True,
        repeats=3,
        build=_base_term,
        help={
            "en": "An amount of money in the workspace's currency, at the record's rate, or today's where it has none.",
            "zh": "按记录的汇率（没有时按当日汇率）折算为本位币的金额。",
        },
        example=("base(amount)", "1250"),
    ),
    Function(
        name="rate_on",
        params=(Param("day", "date"), Param("currency", "text", optional=True)),
        returns=RATE,
        python=_rate_on,
        env=True,
        volatile=True,
        sql=_rate_on_sql,
        native=True,
        build=_rate_on_term,
        help={
            "en": "What one unit of the record's (or a given) currency was worth on a day.",
            "zh": "记录币种（或指定币种）某日的汇率。",
        },
        example=("rate_on(d'2026-05-01', 'USD')", "7.1"),
    ),
    Function(
        name="label",
        params=(Param("choice", "choice"),),
        returns=TEXT,
        volatile=True,
        build=_label_term,
        help={"en": "The words of a choice in the reader's language.", "zh": "选项在当前语言下的名称。"},
        example=("label(stage)", "'Won'"),
    ),
)
