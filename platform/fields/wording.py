"""Text as it comes in: checked for what no database or file can hold, cleaned of what nobody means."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sartor.platform.errors import BadRequest
from sartor.platform.fields.refusal import Refused
from sartor.platform.text import gettext as _

# Control characters break XLSX and terminals, lone surrogates break UTF-8; line breaks and tabs are handled apart.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile(r"[\t\r\n]+")
SEPARATORS = re.compile("[,;\u3001\uff0c\uff1b\n]")


def brief(value: Any) -> str:
    """A value as it is named in a message: never longer than a line, however deep or long it is."""
    if isinstance(value, int) and value.bit_length() > 200:
        return _("A number of more than 60 digits")
    text = UNFIT.sub("?", value if isinstance(value, str) else _shape(value))
    text = text if len(text) <= 60 else text[:57] + "…"
    return f"“{text}”" if isinstance(value, str) else text


def _shape(value: Any) -> str:
    short = reprlib.Repr()
    short.maxlevel = 2
    try:
        return short.repr(value)
    except ValueError:  # a number inside that Python will not write out
        return type(value).__name__


def fit(value: Any, longest: int) -> str:
    """`value` if it is a text that can be stored and is not too long."""
    if not isinstance(value, str):
        raise Refused(_("%(value)s is not a text.", value=brief(value)), "type")
    if not value.isprintable() and (found := UNFIT.search(value)):
        raise Refused(
            _("The text holds a character that cannot be stored (U+%(code)s).", code=f"{ord(found[0]):04X}"), "format"
        )
    if len(value) > longest:
        raise Refused(
            _("The text has %(length)s characters; at most %(most)s are allowed.", length=len(value), most=longest),
            "too_long",
        )
    return value


def line(value: Any, longest: int) -> str | None:
    """A single line: breaks and tabs become spaces, blanks at both ends go; empty is None."""
    text = value.strip() if isinstance(value, str) else value
    return BREAKS.sub(" ", fit(text, longest)) or None


def lines(value: Any, longest: int) -> str | None:
    """Several lines, broken by a line feed alone; blanks at both ends go; empty is None."""
    text = re.sub(r"\r\n?", "\n", value).strip() if isinstance(value, str) else value
    return fit(text, longest) or None


def cell_text(cell: Any) -> str | None:
    """What stands in a cell of a file, as text; None for an empty one. Spreadsheets hold 13800000000 as a float."""
    if cell is None or isinstance(cell, str):
        return (cell or "").strip() or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) >= 1e15 or cell != cell or cell % 1 else str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def several(texts: Iterable[str]) -> list[str]:
    """The parts of texts in which people wrote several values, without blanks."""
    return [part.strip() for text in texts for part in SEPARATORS.split(text) if part.strip()]


def an_id(text: Any, decode: Any) -> int:
    """The number behind an id in JSON."""
    try:
        return decode(text)
    except BadRequest:
        text = _("%(value)s is not an id: 13 letters and digits were expected.", value=brief(text))
        raise Refused(text, "format") from None
