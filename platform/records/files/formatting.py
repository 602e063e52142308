"""A value as the text of a cell, for each of the two purposes of an export.

`spreadsheet` is opened by people: nothing in it is calculated, percentages read `15 %`. `transfer` is read by
programs: every value exactly, decimals as fractions, instants in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.table import Percent, Value
from sartor.platform.text import gettext as _

Purpose = Literal["spreadsheet", "transfer"]

CALCULATED = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
PLAIN_NEGATIVE = re.compile(r"-\d{1,15}(?:[.,]\d{1,15})*(?: ?%)?")
SURROGATE = re.compile("[\ud800-\udfff]")


def check_purpose(purpose: str) -> None:
    """:raises Invalid: for what exports are not for."""
    if purpose not in ("spreadsheet", "transfer"):
        message = _("An export is for spreadsheet or for transfer, not for %(purpose)s.", purpose=repr(purpose))
        raise Invalid(message, [Problem("", "purpose", message)])


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    if CALCULATED.match(text) and not PLAIN_NEGATIVE.fullmatch(text):
        return "'" + text
    return text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and CALCULATED.match(text, 1) else text


def as_text(value: Value, purpose: Purpose) -> str:
    """The text of a value in a text file, before quoting."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = SURROGATE.sub("�", value) if SURROGATE.search(value) else value
        return guarded(text) if purpose == "spreadsheet" else text
    if isinstance(value, bool):
        return str(value).upper() if purpose == "spreadsheet" else str(value).lower()
    if isinstance(value, Percent) and purpose == "spreadsheet":
        return f"{plain_decimal(value * 100)} %"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return _moment(value, purpose)
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_decimal(value: Decimal) -> str:
    """Without exponent and without zeros at the end: 15.00 is 15."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime, purpose: Purpose) -> str:
    if purpose == "spreadsheet":
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
