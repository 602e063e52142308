"""From a spreadsheet's cell to a value: what a person saw there, not how the file keeps it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

from sartor.platform.records.files.encoding import NEVER_STORED
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.table import Percent, Value
from sartor.platform.text import gettext as _

DIGITS = 15
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|007F|005F|FFF[EF])_")
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
ZEROS = re.compile("0{2,}")

Told = tuple[str, str]


class Converter:
    """Values of one sheet; what changes meaning without being wrong goes to the tally."""

    def __init__(self, tally: Tally, trim: bool = True) -> None:
        self.tally, self.trim = tally, trim

    def __call__(self, cell: Any, row: int) -> tuple[Value, Told | None]:
        """The value, and what is wrong with it (code, sentence)."""
        value = cell.value
        if value is None:
            return None, None
        if cell.data_type == "e":
            return None, ("error_cell", _("Cell %(cell)s shows %(error)s.", cell=cell.coordinate, error=value))
        if isinstance(value, str):
            return self._text(value, cell)
        if isinstance(value, bool | date) and not isinstance(value, datetime):
            return value, None
        if isinstance(value, int | float):
            return self._number(value, cell, row)
        return moment(value, cell.number_format), None

    def _text(self, value: str, cell: Any) -> tuple[Value, Told | None]:
        if "_x" in value:
            value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        if "\x00" in value:
            return None, ("nul", _("Cell %(cell)s holds a NUL character.", cell=cell.coordinate))
        if "\ufffd" in value and NEVER_STORED.search(value):
            return value, ("undecodable", _("Cell %(cell)s holds characters that were lost (�).", cell=cell.coordinate))
        return (value.strip() if self.trim else value) or None, None

    def _number(self, value: int | float, cell: Any, row: int) -> tuple[Value, Told | None]:
        if not isfinite(value):
            return None, ("error_cell", _("Cell %(cell)s holds no finite number.", cell=cell.coordinate))
        percent, zeros = shape(cell.number_format or "")
        if percent:
            return Percent(exact(value)), None
        if abs(value) >= 10**DIGITS:
            self.tally.add("long_number", row)
        number = exact(value)
        if zeros and isinstance(number, int) and number >= 0:
            return str(number).zfill(zeros), None
        return number, None


def exact(value: int | float) -> int | Decimal:
    """The number as shown: a spreadsheet computes with 15 digits, the file may hold 17."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**DIGITS):
        return int(value)
    return Decimal(f"{Decimal(f'{value:.{DIGITS}g}'):f}")


def moment(value: datetime | time | timedelta, number_format: str | None) -> Value:
    """A day where the cell shows only a day; times of day and durations as text."""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date() if midnight and not shows_time(number_format or "") else value
    if isinstance(value, time):
        return value.isoformat()
    seconds = round(value.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@lru_cache(maxsize=1024)
def shows_time(number_format: str) -> bool:
    return bool(re.search("[hs]|am/pm", LITERAL.sub("", number_format), re.IGNORECASE))


@lru_cache(maxsize=1024)
def shape(number_format: str) -> tuple[bool, int]:
    """Whether a format shows a percentage, and how many digits a format made of zeros alone fills up."""
    bare = LITERAL.sub("", number_format)
    return "%" in bare, len(bare) if ZEROS.fullmatch(bare) else 0
