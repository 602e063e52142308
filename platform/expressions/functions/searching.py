"""Searching in texts. What is compared is folded: case, width and traditional characters do not matter."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import texts
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument, comparable_member, folded
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.patterns import matches_sql, matching, read
from sartor.platform.expressions.functions.text import lowered
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN, INTEGER
from sartor.platform.text import gettext as _

_TEXT = Param("text", "text")


def _find(part: str, text: str) -> int | None:
    return texts.lower(text).find(texts.lower(part)) + 1 or None


def _find_sql(b: Builder, part: Sql, text: Sql) -> sa.ColumnElement:
    return sa.func.nullif(sa.func.strpos(lowered(text), lowered(part)), sa.literal_column("0"))


def _contains_sql(b: Builder, text: Sql, part: Sql) -> sa.ColumnElement:
    if b.sqlite:
        return sa.func.instr(text.element, part.element) > sa.literal_column("0")
    if isinstance(part.constant, str):
        escaped = part.constant.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return text.element.like(sa.literal(f"%{escaped}%", sa.Text()))
    return sa.func.strpos(text.element, part.element) > sa.literal_column("0")


def _startswith_sql(b: Builder, text: Sql, part: Sql) -> sa.ColumnElement:
    """A range where the prefix is known, so that an index serves it."""
    after = _following(part.constant) if isinstance(part.constant, str) else None
    if after:
        end = sa.literal(after, sa.Text())
        return sa.and_(text.element >= part.element, text.element < end)
    return sa.func.substr(text.element, sa.literal_column("1"), sa.func.length(part.element)) == part.element


def _following(prefix: str) -> str | None:
    """The smallest text, bytewise, after all that start with the prefix."""
    code = ord(prefix[-1]) + 1 if prefix else 0x110000
    code = 0xE000 if 0xD800 <= code <= 0xDFFF else code
    return prefix[:-1] + chr(code) if code < 0x110000 else None


def _endswith_sql(b: Builder, text: Sql, part: Sql) -> sa.ColumnElement:
    if b.sqlite:
        return sqlite_call("endswith", [text, part], sa.Boolean())
    return sa.func.right(text.element, sa.func.length(part.element)) == part.element


def _contains(checker: Checking, function: Function, node: Call) -> Term:
    """A part of a text, or a member of a field with many values."""
    checker.count(function, node)
    whole, part = (checker.visit(each) for each in node.arguments)
    if whole.type.name == "list":
        args = comparable_member(checker, part, whole, node)
        return Term("in_list", BOOLEAN, args, value=False, node=node)
    return searched(checker, function, node, whole, part)


def _searched(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return searched(checker, function, node, *(checker.visit(each) for each in node.arguments))


def searched(checker: Checking, function: Function, node: Call, whole: Term, part: Term) -> Term:
    found = [argument(checker, each, "text") for each in (whole, part)]
    if any(each.type.name == "null" for each in found):
        return Term("const", BOOLEAN, value=False, node=node)
    return Term("call", BOOLEAN, tuple(folded(*found)), node=node, function=function)


def _matches(checker: Checking, function: Function, node: Call) -> Term:
    """The pattern is read now, so that its faults are found where it is written."""
    args = checker.arguments(function, node)
    if not args[1].value:
        raise checker.fault(node.arguments[1], _("A pattern is expected, such as '1[3-9]\\\\d{9}'."))
    try:
        read(args[1].value)
    except InvalidExpression as fault:
        raise checker.fault(node.arguments[1], fault.message) from fault
    return Term("call", BOOLEAN, tuple(args), node=node, function=function)


FUNCTIONS = (
    Function(
        name="contains",
        aliases=("include",),
        params=(_TEXT, Param("part", "folded")),
        returns=BOOLEAN,
        python=lambda text, part: part in text,
        sql=_contains_sql,
        native=True,
        build=_contains,
        help={
            "en": "Whether a text contains another, or a field with many values holds one; "
            "case, width and traditional characters do not matter.",
            "zh": "文本是否包含另一文本，或多值字段是否含有某值；不区分大小写、全半角与繁简。",
        },
        example=("contains('上海华为', '華為')", "true"),
    ),
    Function(
        name="startswith",
        aliases=("startwith",),
        params=(_TEXT, Param("part", "folded")),
        returns=BOOLEAN,
        python=str.startswith,
        sql=_startswith_sql,
        native=True,
        build=_searched,
        help={"en": "Whether a text starts with another.", "zh": "文本是否以另一文本开头。"},
        example=("startswith('KH2026', 'kh')", "true"),
    ),
    Function(
        name="endswith",
        params=(_TEXT, Param("part", "folded")),
        returns=BOOLEAN,
        python=str.endswith,
        sql=_endswith_sql,
        native=True,
        build=_searched,
        help={"en": "Whether a text ends with another.", "zh": "文本是否以另一文本结尾。"},
        example=("endswith('report.PDF', '.pdf')", "true"),
    ),
    Function(
        name="matches",
        params=(_TEXT, Param("pattern", "text", literal=True)),
        returns=BOOLEAN,
        repeats=2,
        build=_matches,
        python=matching,
        sql=matches_sql,
        help={
            "en": "Whether the whole text fits a pattern: letters, . \\d \\w \\s [a-z] [^…] with ? * + {m,n}, "
            "and | between alternatives.",
            "zh": "整个文本是否符合模式：字符、. \\d \\w \\s [a-z] [^…]，可带 ? * + {m,n}，用 | 分隔多种写法。",
        },
        example=("matches('13800000000', '1[3-9]\\d{9}')", "true"),
    ),
    Function(
        name="find",
        aliases=("search",),
        params=(Param("part", "text"), _TEXT),
        returns=INTEGER,
        python=_find,
        sql=_find_sql,
        help={
            "en": "The position of a part, the first is 1; blank where it is not found.",
            "zh": "某部分的位置，从 1 起；找不到时为空。",
        },
        example=("find('@', 'me@example.com')", "3"),
    ),
)
