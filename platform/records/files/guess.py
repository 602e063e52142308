"""What a column of a file holds, judged from a sample: for the preview of an import, and for starting an
application from a spreadsheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sartor.platform.records.files.dates import best_date_format, date_formats, parse_moment
from sartor.platform.records.files.mapping import spelled
from sartor.platform.records.files.numbers import PLAIN, STYLES, number_styles, parse_number
from sartor.platform.records.files.table import Percent, Row, Value
from sartor.platform.text import fold

FITS = 0.9
MOST_OPTIONS = 20
LONG_TEXT = 200
BLANK_WORDS = frozenset(("null", "n/a", "na", "none", "nil", "#n/a", "-", "--", "—", "无", "暂无", "空", "未知", "\\n"))
YES_NO = {word: True for word in ("yes", "y", "true", "t", "on", "是", "有", "对", "真", "√", "✓", "✔")} | {
    word: False for word in ("no", "n", "false", "f", "off", "否", "无", "没有", "错", "假", "×", "✗", "✘")
}
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"\+?[\d\s().\-/]{7,22}(?:\s*(?:ext|x|转|#)\.?\s*\d{1,6})?", re.IGNORECASE)
CHINESE_MOBILE = re.compile(r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}")
PHONE_COLUMN = re.compile(r"\b(?:phone|telephone|tel|mobile|cell|cellphone|fax)\b|电话|手机|传真|座机")
CODE = re.compile(r"[A-Za-z]+[-_ ]?\d+|\d+[-_ ]?[A-Za-z]+")
IDENTIFIER = re.compile(r"0\d+|\d{16,}")


@dataclass(frozen=True, slots=True)
class Guess:
    """kind: text, long_text, integer, decimal, percent, date, datetime, yes_no, email, url, phone or choice.

    certain: nobody has to be asked; formats: date formats or number styles that fit, several where it is ambiguous;
    misfits: values that do not fit the kind; options: the distinct values of a choice; blank_words: texts such as
    `N/A` that stand for nothing.
    """

    kind: str
    certain: bool
    formats: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    blank_words: tuple[str, ...] = ()
    blanks: int = 0


def guess_columns(columns: Sequence[str], rows: Iterable[Row]) -> dict[str, Guess]:
    """A guess for each column from the rows of a sample."""
    gathered = list(zip(*(row.values for row in rows), strict=True)) or [()] * len(columns)
    return {column: guess(values, column) for column, values in zip(columns, gathered, strict=True)}


def guess(values: Iterable[Value], column: str = "") -> Guess:
    """column: its name, which tells a phone number from other digits."""
    values = list(values)
    filled = [value for value in values if value is not None]
    words = {value for value in filled if isinstance(value, str) and fold(value) in BLANK_WORDS}
    if {fold(word) for word in words} <= {"无"} and _share(filled, _is_yes_no) == 1:
        words = set()
    filled = [value for value in filled if value not in words]
    found = _typed(filled) or _written([str(value) for value in filled], column)
    blanks = len(values) - len(filled)
    return Guess(found.kind, found.certain, found.formats, found.misfits, found.options, tuple(sorted(words)), blanks)


def yes_no(text: str) -> bool | None:
    """True and False for the words of both languages."""
    return YES_NO.get(fold(text))


def _typed(values: Sequence[Value]) -> Guess | None:
    """Cells of a workbook know what they are."""
    kinds = {type(value) for value in values}
    if not values or str in kinds:
        return None
    if kinds == {int} and all(CHINESE_MOBILE.fullmatch(str(value)) for value in values):
        return Guess("phone", True)
    for allowed, kind in (
        ({bool}, "yes_no"),
        ({int}, "integer"),
        ({Percent}, "percent"),
        ({int, Decimal}, "decimal"),
        ({date}, "date"),
    ):
        if kinds <= allowed:
            return Guess(kind, True)
    if kinds <= {date, datetime}:
        return Guess("datetime" if any(map(_has_time, values)) else "date", True)
    return None


def _written(texts: list[str], column: str) -> Guess:
    if not texts:
        return Guess("text", False)
    for attempt in (_as_yes_no, _as_contact, _as_number, _as_date):
        if found := attempt(texts, column):
            return found
    return _as_text(texts)


def _as_yes_no(texts: list[str], column: str) -> Guess | None:
    return _kind("yes_no", texts, _is_yes_no)


def _as_contact(texts: list[str], column: str) -> Guess | None:
    phone = PHONE if PHONE_COLUMN.search(spelled(column)) else CHINESE_MOBILE
    return (
        _kind("email", texts, lambda text: EMAIL.fullmatch(text) is not None)
        or _kind("url", texts, lambda text: URL.fullmatch(text) is not None)
        or _kind("phone", texts, lambda text: phone.fullmatch(text.strip()) is not None)
    )


def _as_number(texts: list[str], column: str) -> Guess | None:
    if any(IDENTIFIER.fullmatch(text) for text in texts):
        return None
    if date_formats(texts) == ["YYYYMMDD"] and len(set(texts)) > 1:
        return None
    style = max(STYLES, key=lambda one: sum(parse_number(text, one) is not None for text in texts))
    numbers = [number for text in texts if (number := parse_number(text, style)) is not None]
    if len(numbers) < FITS * len(texts):
        return None
    misfits = _misfits(texts, lambda text: parse_number(text, style) is not None)
    if any(CODE.fullmatch(text) for text in misfits):
        return None
    styles = tuple(one.name for one in number_styles(text for text in texts if text not in misfits)) or (style.name,)
    kind = "decimal"
    if all(isinstance(number, Percent) for number in numbers):
        kind = "percent"
    elif all(number == number.to_integral_value() for number in numbers) and style is PLAIN and not _fractions(texts):
        kind = "integer"
    certain = not misfits and (len(styles) == 1 or _thousands_are_plain(texts))
    return Guess(kind, certain, styles, misfits)


def _as_date(texts: list[str], column: str) -> Guess | None:
    key, share = best_date_format(texts)
    if share < FITS:
        return None
    misfits = _misfits(texts, lambda text: parse_moment(text, key) is not None)
    fitting = [text for text in texts if parse_moment(text, key) is not None]
    formats = tuple(date_formats(fitting))
    moments = any(_has_time(parse_moment(text, key)) for text in fitting)
    return Guess("datetime" if moments else "date", len(formats) == 1 and not misfits, formats, misfits)


def _has_time(value: object) -> bool:
    """Databases and workbooks write a day as a moment at midnight."""
    return isinstance(value, datetime) and (value.tzinfo is not None or value.time() != time())


def _as_text(texts: list[str]) -> Guess:
    counted = Counter(texts)
    longest = max(map(len, texts))
    if longest > LONG_TEXT or any("\n" in text for text in texts):
        return Guess("long_text", True)
    if len(texts) >= 6 and len(counted) <= MOST_OPTIONS and 2 * len(counted) <= len(texts) and longest <= 40:
        return Guess("choice", False, options=tuple(text for text, _count in counted.most_common()))
    return Guess("text", True)


def _kind(kind: str, texts: list[str], fits: Callable[[str], bool]) -> Guess | None:
    if _share(texts, fits) < FITS:
        return None
    misfits = _misfits(texts, fits)
    return Guess(kind, not misfits, misfits=misfits)


def _share(values: Sequence[Value], fits: Callable[[str], bool]) -> float:
    return sum(isinstance(value, str) and fits(value) for value in values) / len(values) if values else 0.0


def _misfits(texts: list[str], fits: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(list(dict.fromkeys(text for text in texts if not fits(text)))[:10])


def _is_yes_no(text: str) -> bool:
    return fold(text) in YES_NO


def _fractions(texts: list[str]) -> bool:
    return any("." in text for text in texts)


def _thousands_are_plain(texts: list[str]) -> bool:
    """`1,234` is a thousand for all but a few countries; `1.234` is a fraction only if some value shows it."""
    return not any(re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+", text) for text in texts)
