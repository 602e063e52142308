"""Texts: parts, changes and searching. What compares works on folded texts; what changes works on letters as written."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import texts
from sartor.platform.expressions.coercion import argument, as_text, comparable_member
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.numerals import number, number_sql
from sartor.platform.expressions.functions.patterns import matches_sql, matching, read
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN, INTEGER, TEXT, decimal
from sartor.platform.text import gettext as _

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


def _find(part: str, text: str) -> int | None:
    return texts.lower(text).find(texts.lower(part)) + 1 or None


def _size(b: Builder, n: Sql) -> sa.ColumnElement:
    return b.bounded(n, 0, texts.MAX_RESULT)


def _nonblank(element: sa.ColumnElement) -> sa.ColumnElement:
    return sa.func.nullif(element, sa.literal_column("''"))


def _lowered(text: Sql) -> sa.ColumnElement:
    return sa.func.lower(sa.collate(text.element, "C"))


def _mid_sql(b: Builder, text: Sql, start: Sql, n: Sql) -> sa.ColumnElement:
    return _nonblank(sa.func.substr(text.element, b.bounded(start, 1, 10**9), b.bounded(n, 0, 10**9)))


def _substitute_sql(b: Builder, text: Sql, old: Sql, new: Sql) -> sa.ColumnElement:
    size = sa.literal_column(str(texts.MAX_RESULT))
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


def _find_sql(b: Builder, part: Sql, text: Sql) -> sa.ColumnElement:
    return sa.func.nullif(sa.func.strpos(_lowered(text), _lowered(part)), sa.literal_column("0"))


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
        return sa.func.sartor(
            sa.literal_column("'endswith'"), sa.literal_column("'tt'"), text.element, part.element, type_=sa.Boolean()
        )
    return sa.func.right(text.element, sa.func.length(part.element)) == part.element


def _contains(checker, function: Function, node: Call) -> Term:
    """A part of a text, or a member of a field with many values."""
    checker.count(function, node)
    whole, part = (checker.visit(each) for each in node.arguments)
    if whole.type.name == "list":
        args = comparable_member(checker, part, whole, node)
        return Term("in_list", BOOLEAN, args, value=False, node=node)
    return searched(checker, function, node, whole, part)


def _searched(checker, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return searched(checker, function, node, *(checker.visit(each) for each in node.arguments))


def searched(checker, function: Function, node: Call, whole: Term, part: Term) -> Term:
    found = [argument(checker, each, "folded") for each in (whole, part)]
    if any(each.op != "fold" for each in found):
        return Term("const", BOOLEAN, value=False, node=node)
    form = "full" if all(each.value == "full" for each in found) else "simple"
    args = tuple(Term("fold", TEXT, each.args, value=form, node=each.node) for each in found)
    return Term("call", BOOLEAN, args, node=node, function=function)


def _matches(checker, function: Function, node: Call) -> Term:
    """The pattern is read now, so that its faults are found where it is written."""
    args = checker.arguments(function, node)
    if not args[1].value:
        checker.fail(node.arguments[1], _("A pattern is expected, such as '1[3-9]\\\\d{9}'."))
    try:
        read(args[1].value)
    except InvalidExpression as fault:
        checker.fail(node.arguments[1], fault.message)
    return Term("call", BOOLEAN, tuple(args), node=node, function=function)


def _len(checker, function: Function, node: Call) -> Term:
    checker.count(function, node)
    term = checker.visit(node.arguments[0])
    if term.type.name == "list":
        return Term("size", INTEGER, (term,), node=node)
    return Term("call", INTEGER, (argument(checker, term, "text"),), node=node, function=function)


def _text(checker, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return as_text(checker, checker.visit(node.arguments[0]))


def _concat(checker, function: Function, node: Call) -> Term:
    checker.count(function, node)
    return Term("join", TEXT, tuple(as_text(checker, checker.visit(each)) for each in node.arguments), node=node)


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
            "en": "Whether a text contains another, or a field with many values holds one; case, width and traditional characters do not matter.",
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
            "en": "Whether the whole text fits a pattern: letters, . \\d \\w \\s [a-z] [^…] with ? * + {m,n}, and | between alternatives.",
            "zh": "整个文本是否符合模式：字符、. \\d \\w \\s [a-z] [^…]，可带 ? * + {m,n}，用 | 分隔多种写法。",
        },
        example=("matches('13800000000', '1[3-9]\\d{9}')", "true"),
    ),
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
        sql=lambda b, text: _lowered(text),
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
