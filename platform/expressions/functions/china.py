"""What Chinese business papers ask for: amounts in words, the check digit of a credit code."""

from __future__ import annotations

import re
from decimal import Decimal

import sqlalchemy as sa

from sartor.platform.expressions import numbers
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import exact
from sartor.platform.expressions.texts import upper
from sartor.platform.expressions.types import BOOLEAN, TEXT

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = "佰拾万仟佰拾亿仟佰拾万仟佰拾元"  # after each of 15 digits
MOST = 10**15

# Applied in turn to the digits with their units; the same list is run by Python and by PostgreSQL.
STEPS = (
    ("零[仟佰拾]", "零"),
    ("零+", "零"),
    ("零([万亿元])", r"\1"),
    ("亿万", "亿"),
    ("^[万亿零]+", ""),
    ("^元", ""),
    ("零角零分$", "整"),
    ("零分$", "整"),
    ("零角", "零"),
    ("^零", ""),
    ("^整$", "零元整"),
)

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
USCC_PATTERN = "^[0-9A-HJ-NPQRTUWXY]{18}$"
_USCC = re.compile(USCC_PATTERN.replace("$", r"\Z"))


def rmbupper(value: numbers.Number) -> str | None:
    """An amount as it is written on contracts and invoices: 壹仟贰佰叁拾肆元伍角整."""
    cents = int(numbers.rounded(value, 2).copy_abs().scaleb(2, numbers.EXACT))
    if cents >= MOST * 100:
        return None
    whole, part = divmod(cents, 100)
    text = "".join(DIGITS[int(digit)] + unit for digit, unit in zip(f"{whole:015d}", UNITS, strict=True))
    text += f"{DIGITS[part // 10]}角{DIGITS[part % 10]}分"
    for pattern, into in STEPS:
        text = re.sub(pattern, into, text)
    return "负" + text if Decimal(value) < 0 and cents else text


def rmbupper_sql(b: Builder, x: Sql) -> sa.ColumnElement:
    """The same steps by PostgreSQL's regular expressions, on the digits of the rounded amount."""
    number = sa.func.round(exact(b, x).element, sa.literal_column("2"), type_=sa.Numeric())
    digits = sa.func.to_char(sa.func.abs(number), sa.literal_column("'FM000000000000000.00'"), type_=sa.Text())
    text: sa.ColumnElement = sa.func.translate(
        digits, sa.literal_column("'0123456789.'"), sa.literal(DIGITS + "|", sa.Text())
    )
    for start in (0, 8):
        text = _replaced(text, *_with_units(start))
    text = _replaced(text, r"\|(.)(.)$", r"\1角\2分")
    for pattern, into in STEPS:
        text = _replaced(text, pattern, into)
    sign = sa.case((number < sa.literal_column("0"), sa.literal("负", sa.Text())), else_=sa.literal_column("''"))
    fits = sa.func.abs(number) < sa.literal_column(str(MOST))
    return sa.case((fits, sa.func.concat(sign, text, type_=sa.Text())))


def _with_units(start: int) -> tuple[str, str]:
    """A replacement that puts units after up to eight digits; PostgreSQL knows nine groups at most."""
    many = 8 if start == 0 else 7
    before = "^" if start == 0 else "^" + r"(.{16})"
    shift = 1 if start == 0 else 2
    groups = "".join(f"\\{shift + place}{UNITS[start + place]}" for place in range(many))
    return before + "(.)" * many, ("" if start == 0 else r"\1") + groups


def _replaced(text: sa.ColumnElement, pattern: str, into: str) -> sa.ColumnElement:
    return sa.func.regexp_replace(
        text, sa.literal(pattern, sa.Text()), sa.literal(into, sa.Text()), sa.literal_column("'g'"), type_=sa.Text()
    )


def uscc_valid(text: str) -> bool:
    """Whether a unified social credit code has 18 characters and the right check digit."""
    code = upper(text)
    if not _USCC.match(code):
        return False
    total = sum(USCC_LETTERS.index(char) * weight for char, weight in zip(code[:17], USCC_WEIGHTS, strict=True))
    return USCC_LETTERS.index(code[17]) == (31 - total % 31) % 31


def uscc_valid_sql(b: Builder, text: Sql) -> sa.ColumnElement:
    code = sa.func.upper(sa.collate(text.element, "C"), type_=sa.Text())
    letters = sa.literal(USCC_LETTERS, sa.Text())

    def digit(place: int) -> sa.ColumnElement:
        char = sa.func.substr(code, sa.literal_column(str(place + 1)), sa.literal_column("1"))
        return sa.func.strpos(letters, char, type_=sa.Integer()) - sa.literal_column("1")

    total = digit(0)
    for place in range(1, 17):
        total = total + digit(place) * sa.literal_column(str(USCC_WEIGHTS[place]))
    wanted: sa.ColumnElement = (sa.literal_column("31") - total % sa.literal_column("31")) % sa.literal_column("31")
    return sa.case((code.regexp_match(USCC_PATTERN), digit(17) == wanted), else_=sa.false())


FUNCTIONS = (
    Function(
        name="rmbupper",
        aliases=("rmbcap",),
        params=(Param("amount", "number"),),
        returns=TEXT,
        python=rmbupper,
        sql=rmbupper_sql,
        repeats=3,
        help={"en": "An amount in Chinese capital words.", "zh": "人民币大写金额。"},
        example=("rmbupper(1234.5)", "'壹仟贰佰叁拾肆元伍角整'"),
    ),
    Function(
        name="uscc_valid",
        params=(Param("text", "text"),),
        returns=BOOLEAN,
        python=uscc_valid,
        sql=uscc_valid_sql,
        repeats=20,
        help={
            "en": "Whether a unified social credit code has the right check digit.",
            "zh": "统一社会信用代码的校验码是否正确。",
        },
        example=("uscc_valid('91350100M000100Y43')", "true"),
    ),
)
