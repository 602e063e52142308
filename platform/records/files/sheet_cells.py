"""From a cell of a sheet to a value: what a person saw there, not how the file keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from sartor.platform.records.files.encoding import NEVER_STORED
from sartor.platform.records.files.header import letters
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.sheet_rows import SheetCell
from sartor.platform.records.files.table import Fault, Percent, Value
from sartor.platform.records.files.workbook import Workbook
from sartor.platform.text import gettext as _

DIGITS = 15
INTEGER = re.compile(r"-?\d{1,300}")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
ZEROS = re.compile("0{2,}")
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
FALSE_LEAP_DAY = 60


class Converter:
    """Values of one sheet; what changes meaning without being wrong goes to the tally."""

    def __init__(self, book: Workbook, tally: Tally, trim: bool) -> None:
        self.book, self.tally, self.trim = book, tally, trim
        self._kinds: dict[str, Callable[[str, SheetCell, int], Value | Fault]] = {
            "n": self._number,
            "s": self._shared,
            "str": self._text,
            "inlineStr": self._text,
            "b": lambda text, cell, row: text in ("1", "true"),
            "e": self._error,
            "d": self._iso,
        }

    def __call__(self, cell: SheetCell, row: int) -> Value | Fault:
        if cell.text is None:
            return self._uncalculated(cell, row) if cell.formula else None
        if cell.text == "":
            return None
        return self._kinds[cell.kind](cell.text, cell, row)

    def _shared(self, text: str, cell: SheetCell, row: int) -> Value | Fault:
        return self._text(self.book.strings[int(text)], cell, row)

    def _text(self, text: str, cell: SheetCell, row: int) -> Value | Fault:
        if "_x" in text:
            text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if "\x00" in text:
            return _fault(cell, "nul", _("Cell %(cell)s holds a NUL character.", cell=_name(cell, row)))
        if "\ufffd" in text and NEVER_STORED.search(text):
            message = _("Cell %(cell)s holds characters that were lost (�).", cell=_name(cell, row))
            return _fault(cell, "undecodable", message)
        return (text.strip() if self.trim else text) or None

    def _number(self, text: str, cell: SheetCell, row: int) -> Value | Fault:
        try:
            value = int(text) if INTEGER.fullmatch(text) else float(text)
        except ValueError:
            return self._error(text, cell, row)
        style = self.book.formats[cell.style] if cell.style < len(self.book.formats) else "General"
        percent, zeros, moment, duration = shape(style)
        if not isfinite(value):
            return self._error(text, cell, row)
        if moment:
            return self._moment(value, cell, row, duration)
        if percent:
            return Percent(exact(value))
        if abs(value) >= 10**DIGITS:
            self.tally.add("long_number", row)
        number = exact(value)
        return str(number).zfill(zeros) if zeros and isinstance(number, int) and number >= 0 else number

    def _moment(self, value: int | float, cell: SheetCell, row: int, duration: bool) -> Value | Fault:
        style = self.book.formats[cell.style]
        try:
            return span(value) if duration else from_serial(value, style, self.book.from_1904)
        except (OverflowError, ValueError):
            message = _("Cell %(cell)s is a date outside of the calendar (%(n)s).", cell=_name(cell, row), n=value)
            return _fault(cell, "error_cell", message)

    def _iso(self, text: str, cell: SheetCell, row: int) -> Value | Fault:
        try:
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError:
            return self._text(text, cell, row)

    def _error(self, text: str, cell: SheetCell, row: int) -> Fault:
        message = _("Cell %(cell)s shows %(error)s.", cell=_name(cell, row), error=text[:40])
        return _fault(cell, "error_cell", message)

    def _uncalculated(self, cell: SheetCell, row: int) -> Fault:
        message = _(
            "Cell %(cell)s is a formula without a stored result; open the file in a spreadsheet and save it.",
            cell=_name(cell, row),
        )
        return _fault(cell, "formula_without_value", message)


def exact(value: int | float) -> int | Decimal:
    """The number as shown: a spreadsheet computes with 15 digits, the file may hold 17."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**DIGITS):
        return int(value)
    return Decimal(f"{Decimal(f'{value:.{DIGITS}g}'):f}")


def from_serial(value: int | float, number_format: str, from_1904: bool) -> Value:
    """A day where the cell shows only a day, else a moment; a time of day alone as text."""
    if value < 0:
        raise ValueError(value)
    days, fraction = divmod(value, 1)
    clock = timedelta(milliseconds=round(fraction * 86_400_000))
    if value < 1 and shows_time(number_format):
        return (datetime.min + clock).time().isoformat()
    if not from_1904 and 0 < value < FALSE_LEAP_DAY:  # spreadsheets believe in 29 February 1900
        days += 1
    moment = (EPOCH_1904 if from_1904 else EPOCH) + timedelta(days=days) + clock
    return moment if shows_time(number_format) or moment.time() != time() else moment.date()


def span(value: int | float) -> str:
    """A duration as hours, minutes, seconds: 26:30:00."""
    seconds = round(value * 86_400)
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@lru_cache(maxsize=1024)
def shows_time(number_format: str) -> bool:
    return bool(re.search("[hs]|am/pm", LITERAL.sub("", number_format), re.IGNORECASE))


@lru_cache(maxsize=1024)
def shape(number_format: str) -> tuple[bool, int, bool, bool]:
    """Of a format: shows a percentage; digits that zeros alone fill up; shows a date or time; shows a duration."""
    bare = LITERAL.sub("", number_format).split(";")[0]
    duration = bool(DURATION.search(bare))
    moment = duration or (bare.lower() != "general" and bool(re.search("[dmyhs]", bare, re.IGNORECASE)))
    return "%" in bare, len(bare) if ZEROS.fullmatch(bare) else 0, moment, duration


def _name(cell: SheetCell, row: int) -> str:
    return f"{letters(cell.column)}{row}"


def _fault(cell: SheetCell, code: str, message: str) -> Fault:
    return Fault(cell.column, code, message)
