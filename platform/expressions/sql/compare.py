"""Comparisons, written so that an index on the stored column can serve them.

What is asked of a local date becomes a range of instants, `days(today(), x) > n` a range on x, an attribute of a choice
the keys that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions.conditions import COMPARE
from sartor.platform.expressions.moments import MAX_DAYS
from sartor.platform.expressions.nodes import Chain, Compare, Literal
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.sql.binds import name_of
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.logic import condition, value
from sartor.platform.expressions.sql.numeric import alike, exact
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.texts import lower
from sartor.platform.expressions.types import BOOLEAN, DATE, INTEGER
from sartor.platform.text import fold

FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compare(b: Builder, term: Term) -> Sql:
    left, right = term.args
    operator = term.value
    if left.constant:
        left, right, operator = right, left, FLIPPED[operator]
    found = None
    if right.constant:
        found = _by_keys(b, left, right, operator) or _by_range(b, left, right, operator)
    return found or _plainly(b, left, right, operator)


def _plainly(b: Builder, left: Term, right: Term, operator: str) -> Sql:
    one, other = value(b, left), value(b, right)
    if one.blank or other.blank:
        return condition(sa.false(), True)
    one, other = alike(b, [one, other])
    if b.sqlite and one.type.number and one.scale is None and operator not in ("=", "!="):
        order = sqlite_call("order", [one, other], sa.BigInteger())
        return condition(_written(operator, order, sa.literal_column("0")))
    return condition(_written(operator, one.element, other.element), one.sure and other.sure)


def _written(operator: str, left: Any, right: Any) -> Any:
    """SQLAlchemy's comparison, which is written as Python's own."""
    return COMPARE[operator](left, right)


def _by_keys(b: Builder, left: Term, right: Term, operator: str) -> Sql | None:
    """`stage.outcome = 'open'` as `stage in (…)`: which keys fit is known when the statement is made."""
    inner = left.args[0] if left.op == "fold" else left
    keys = b.columns.attribute_keys(inner.value) if inner.op == "attribute" else None
    if keys is None or right.env or (wanted := b.compile(right).constant) is None:
        return None
    fits = [key for found, names in keys.items() if _holds(operator, _folded(left, found), wanted) for key in names]
    return one_of(b, inner.args[0], fits)


def _folded(left: Term, found: object) -> object:
    if left.op != "fold" or not isinstance(found, str):
        return found
    return fold(found) if left.value == "full" else lower(found)


def _holds(operator: str, found: object, wanted: object) -> bool:
    return found is not None and COMPARE[operator](found, wanted)


def one_of(b: Builder, choice: Term, keys: Sequence[str]) -> Sql:
    """Whether a choice has one of these keys."""
    if not keys:
        return condition(sa.false(), True)
    column = b.compile(choice).element
    if len(keys) == 1:
        return condition(column == sa.literal(keys[0], sa.Text()))
    return condition(column.in_([sa.literal(key, sa.Text()) for key in keys]))


def _by_range(b: Builder, left: Term, right: Term, operator: str) -> Sql | None:
    """A local date beside a known day as bounds of the instant; a number of days since as bounds of the day."""
    if left.op == "local_date":
        return _instant_on(b, left.args[0], right, operator)
    if left.op != "elapsed_days" or right.env or not isinstance(right.value, int) or abs(right.value) > MAX_DAYS:
        return None
    later, earlier = left.args
    if later.constant and not earlier.constant:
        return _compare(b, _moved(earlier, FLIPPED[operator], later, -right.value))
    if earlier.constant and not later.constant:
        return _compare(b, _moved(later, operator, earlier, right.value))
    return None


def _moved(day: Term, operator: str, base: Term, days: int) -> Term:
    """`day <operator> base + days`, the right side known when the statement runs."""
    written = Chain(("+",), (base.node, Literal(days)))
    moved = Term("shift", DATE, (base, Term("const", INTEGER, value=days)), node=written)
    return _test(day, operator, moved)


def _instant_on(b: Builder, moment: Term, day: Term, operator: str) -> Sql:
    """How an instant compares with a local day, by the first instants of that day and of the next."""
    column = value(b, moment).element
    text = print_expression(day.node)

    def edge(part: str) -> sa.ColumnElement:
        return b.bind(name_of(part, text), sa.DateTime())

    build: dict[str, Callable[[], sa.ColumnElement]] = {
        "<": lambda: column < edge("start"),
        "<=": lambda: column < edge("end"),
        ">": lambda: column >= edge("end"),
        ">=": lambda: column >= edge("start"),
        "=": lambda: sa.and_(column >= edge("start"), column < edge("end")),
        "!=": lambda: sa.or_(column < edge("start"), column >= edge("end")),
    }
    return condition(build[operator]())


def _in_items(b: Builder, term: Term) -> Sql:
    first, *others = term.args
    if first.op in ("attribute", "local_date", "elapsed_days") or (
        first.op == "fold" and first.args[0].op == "attribute"
    ):
        return _each(b, term)
    found = [value(b, first), *(value(b, each) for each in others)]
    if found[0].blank or (term.value and any(each.blank for each in found)):
        return condition(sa.false(), True)
    found = alike(b, [each for each in found if not each.blank])
    if len(found) == 1:
        return condition(sa.false(), True)
    column, items = found[0].element, [each.element for each in found[1:]]
    return condition(column.not_in(items) if term.value else column.in_(items))


def _test(one: Term, operator: str, other: Term) -> Term:
    """A comparison made here; its node says what it is to who computes it before the statement runs."""
    return Term("compare", BOOLEAN, (one, other), value=operator, node=Compare(operator, one.node, other.node))


def _between(b: Builder, term: Term) -> Sql:
    """Two comparisons; the value is written twice, so that each can become a range."""
    one, low, high = term.args
    signs = ("<", ">") if term.value else (">=", "<=")
    pair = _test(one, signs[0], low), _test(one, signs[1], high)
    return b.compile(Term("or" if term.value else "and", BOOLEAN, pair))


def _each(b: Builder, term: Term) -> Sql:
    """One comparison for each item, where each can become a range or a set of keys."""
    first, *others = term.args
    operator = "!=" if term.value else "="
    tests = tuple(_test(first, operator, each) for each in others)
    return b.compile(Term("and" if term.value else "or", BOOLEAN, tests))


def _in_range(b: Builder, term: Term) -> Sql:
    day, bounds = term.args
    text = print_expression(bounds.node)
    moment = day.op == "local_date"
    kind = sa.DateTime() if moment else sa.Date()
    column = value(b, day.args[0] if moment else day).element
    first = b.bind(name_of("first" if moment else "from", text), kind)
    last = b.bind(name_of("last" if moment else "to", text), kind)
    if term.value:
        return condition(sa.or_(column < first, column >= last))
    return condition(sa.and_(column >= first, column < last))


def _in_list(b: Builder, term: Term) -> Sql:
    """A value among the members of a field with many, or among a list of the environment."""
    one, many = term.args
    inner = many.args[0] if many.op == "fold" else many
    if many.constant:
        return _in_environment(b, one, many, inner, term.value)
    wanted = value(b, one)
    if wanted.blank:
        return condition(sa.false(), True)
    there = b.columns.members(inner.value).exists(lambda member: member == _key(b, wanted))
    if not term.value:
        return condition(there, one.constant)
    return condition(sa.and_(wanted.element.is_not(None), sa.not_(there)))


def _key(b: Builder, wanted: Sql) -> sa.ColumnElement:
    return exact(b, wanted).element if wanted.type.name == "decimal" else wanted.element


def _in_environment(b: Builder, one: Term, many: Term, inner: Term, negated: bool) -> Sql:
    """The list travels as one text: JSON on SQLite, an array literal on PostgreSQL, so the statement stays the same."""
    if inner.op == "list" and not many.env:
        tests = Term("in_items", BOOLEAN, (one, *_items(many)), value=negated)
        return b.compile(tests)
    column = value(b, one).element
    part = {"full": "folds", "simple": "lowers"}.get(many.value, "list") if many.op == "fold" else "list"
    bind = b.bind(name_of(part, print_expression(inner.node)), sa.Text())
    among: sa.ColumnElement
    if b.sqlite:
        among = column.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(bind).table_valued("value")))
    else:
        kind = b.raw_type(inner.type.member)
        among = column == sa.any_(sa.cast(bind, sa.ARRAY(kind)))
    return condition(sa.not_(among) if negated else among)


def _items(many: Term) -> tuple[Term, ...]:
    if many.op != "fold":
        return many.args
    return tuple(Term("fold", each.type, (each,), value=many.value, node=each.node) for each in many.args[0].args)


OPERATIONS = {
    "compare": _compare,
    "between": _between,
    "in_items": _in_items,
    "in_list": _in_list,
    "in_range": _in_range,
}
