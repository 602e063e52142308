"""Texts: their parts, and changed texts, letter by letter as written."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.expressions import texts
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument, as_text
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.numerals import number, number_sql
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import INTEGER, TEXT, decimal

MAX_TIMES = 1_000
MAX_PART = 100

_TEXT = Param("text", "text")
_N = Param("n", "integer")


def _left(text: str, n: int) -> str:
    return text[: max(n, 0)]


def _right(text: str, n: int) -> str:
    return text[-n:] if n > 0 else ""


def _mid(text: str, start: int, n: int) -> str:
    first = max(start, 1) - 1
    return text[first : first + max(n, 0)]


def _substitute(text: str | None, old: str | None, new: str | None) -> str | None:
    if text is None or old is None:
        return text
    return text[: texts.MAX_RESULT].replace(old, (new or "")[:MAX_PART])[: texts.MAX_RESULT]


def _rept(text: str, n: int) -> str:
    return (text[:MAX_PART] * max(0, min(n, MAX_TIMES)))[: texts.MAX_RESULT]


def _nonblank(element: sa.ColumnElement) -> sa.ColumnElement:
    return sa.func.nullif(element, sa.literal_column("''"))


def lowered(text: Sql) -> sa.ColumnElement:
    return sa.func.lower(sa.collate(text.element, "C"))


def _mid_sql(b: Builder, text: Sql, start: Sql, n: Sql) -> sa.ColumnElement:
    return _nonblank(sa.func.substr(text.element, b.bounded(start, 1, 10**9), b.bounded(n, 0, 10**9)))


def _substitute_sql(b: Builder, text: Sql, old: Sql, new: Sql) -> sa.ColumnElement:
    size: sa.ColumnElement = sa.literal_column(str(texts.MAX_RESULT))
    part = sa.func.coalesce(sa.func.left(new.element, sa.literal_column(str(MAX_PART))), sa.literal_column("''"))
    if old.blank:
        return text.element
    whole = sa.func.replace(
        sa.func.left(text.element, size), sa.func.coalesce(old.element, sa.literal_column("''")), part
    )
    return _nonblank(sa.func.left(whole, size))


def _rept_sql(b: Builder, text: Sql, n: Sql) -> sa.ColumnElement:
    part = sa.func.left(text.element, sa.literal_column(str(MAX_PART)))
    whole = sa.func.repeat(part, b.bounded(n, 0, MAX_TIMES))
    return _nonblank(sa.func.left(whole, sa.literal_column(str(texts.MAX_RESULT))))


def _len(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    term = checker.visit(node.arguments[0])
    if term.type.name == "list":
        return Term("size", INTEGER, (term,), node=node)
    return Term("call", INTEGER, (argument(checker, term, "text"),), node=node, function=function)


def _text(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return as_text(checker, checker.visit(node.arguments[0]))


def _concat(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return Term("join", TEXT, tuple(as_text(checker, checker.visit(each)) for each in node.arguments), node=node)


FUNCTIONS = (
    Function(
        name="len",
        aliases=("length",),
        params=(Param("text", "text"),),
        returns=INTEGER,
        python=len,
        sql=lambda b, text: sa.func.length(text.element),
        native=True,
        build=_len,
        help={
            "en": "How many characters a text has, or how many values a field holds.",
            "zh": "文本的字符数，或多值字段的个数。",
        },
        example=("len('客户A')", "3"),
    ),
    Function(
        name="left",
        params=(_TEXT, _N),
        returns=TEXT,
        python=_left,
        repeats=(1, 2),
        sql=lambda b, text, n: _nonblank(sa.func.left(text.element, b.bounded(n, 0, 10**9))),
        help={"en": "The first n characters.", "zh": "前 n 个字符。"},
        example=("left('abcdef', 2)", "'ab'"),
    ),
    Function(
        name="right",
        params=(_TEXT, _N),
        returns=TEXT,
        python=_right,
        repeats=(1, 2),
        sql=lambda b, text, n: _nonblank(sa.func.right(text.element, b.bounded(n, 0, 10**9))),
        help={"en": "The last n characters.", "zh": "后 n 个字符。"},
        example=("right('13800138000', 4)", "'8000'"),
    ),
    Function(
        name="mid",
        params=(_TEXT, Param("start", "integer"), _N),
        returns=TEXT,
        python=_mid,
        sql=_mid_sql,
        repeats=(1, 2, 2),
        help={"en": "n characters from a position; the first is 1.", "zh": "从某位置起的 n 个字符，首字符为 1。"},
        example=("mid('abcdef', 3, 2)", "'cd'"),
    ),
    Function(
        name="lower",
        params=(_TEXT,),
        returns=TEXT,
        python=texts.lower,
        sql=lambda b, text: lowered(text),
        help={"en": "Letters a–z in small form.", "zh": "英文字母转小写。"},
        example=("lower('ABc')", "'abc'"),
    ),
    Function(
        name="upper",
        params=(_TEXT,),
        returns=TEXT,
        python=texts.upper,
        sql=lambda b, text: sa.func.upper(sa.collate(text.element, "C")),
        help={"en": "Letters a–z in large form.", "zh": "英文字母转大写。"},
        example=("upper('abC')", "'ABC'"),
    ),
    Function(
        name="trim",
        params=(_TEXT,),
        returns=TEXT,
        python=lambda text: text.strip(texts.BLANKS),
        sql=lambda b, text: _nonblank(sa.func.btrim(text.element, sa.literal(texts.BLANKS, sa.Text()))),
        help={"en": "Without the blanks at both ends.", "zh": "去掉首尾空白。"},
        example=("trim('  ab ')", "'ab'"),
    ),
    Function(
        name="substitute",
        aliases=("replace",),
        params=(_TEXT, Param("old", "text"), Param("new", "text")),
        returns=TEXT,
        python=_substitute,
        sql=_substitute_sql,
        nulls=True,
        help={
            "en": "Every occurrence of a part replaced by another (of 100 characters at most).",
            "zh": "把某部分全部替换成另一文本（至多 100 字）。",
        },
        example=("substitute('138-0013-8000', '-', '')", "'13800138000'"),
    ),
    Function(
        name="concat",
        aliases=("concatenate",),
        params=(Param("value", "any"), Param("value", "any", optional=True, many=True)),
        returns=TEXT,
        build=_concat,
        help={
            "en": "Values joined to one text, as & does; blanks add nothing.",
            "zh": "连接成一个文本，同 &；空值不占位。",
        },
        example=("concat('No. ', 7)", "'No. 7'"),
    ),
    Function(
        name="rept",
        params=(_TEXT, _N),
        returns=TEXT,
        python=_rept,
        sql=_rept_sql,
        repeats=(1, 2),
        help={
            "en": "A text (of 100 characters at most) n times (1,000 at most).",
            "zh": "把文本（至多 100 字）重复 n 次（至多 1000 次）。",
        },
        example=("rept('★', 3)", "'★★★'"),
    ),
    Function(
        name="text",
        aliases=("string",),
        params=(Param("value", "any"),),
        returns=TEXT,
        build=_text,
        help={
            "en": "A number, a day or an instant (local, to the minute) as text.",
            "zh": "把数字、日期或时间（本地，到分）写成文本。",
        },
        example=("text(1250.50)", "'1250.5'"),
    ),
    Function(
        name="number",
        aliases=("value",),
        params=(_TEXT,),
        returns=decimal(),
        python=number,
        sql=number_sql,
        repeats=2,
        help={"en": "The number that a text spells; blank where it is none.", "zh": "文本所写的数字；不是数字时为空。"},
        example=("number('12.5')", "12.5"),
    ),
)
