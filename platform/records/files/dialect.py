"""How a text file separates its cells: delimiter, quote and line end, judged by which reading gives even rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from sartor.platform.errors import Invalid, Problem
from sartor.platform.text import gettext as _

DELIMITERS = ",;\t|"
NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
SAMPLE_RECORDS = 200
SEPARATOR_LINE = re.compile(r"\A\ufeff?\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)
LINE_END = re.compile("\r\n|\r|\n")
END_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to split the lines of a file.

    line_end: CRLF, LF, CR, mixed or empty; separator_line: the first line is `sep=;`, as spreadsheets write it;
    spaced: cells are separated by a delimiter and a space, quotes come after the space.
    """

    delimiter: str
    quote: str = '"'
    line_end: str = "LF"
    separator_line: bool = False
    spaced: bool = False


def detect_dialect(text: str, delimiter: str | None = None) -> Dialect:
    """Judge the beginning of a file (whole lines); a delimiter given by a person is not questioned."""
    line_end = line_end_of(text)
    if stated := SEPARATOR_LINE.match(text):
        return Dialect(delimiter or stated[1], '"', line_end, True)
    options = [delimiter] if delimiter else DELIMITERS
    best = max(((_evenness(text, one, quote), one, quote) for one in options for quote in _quotes(text, one)),
               key=lambda option: option[0])  # fmt: skip
    if best[0] == 0:
        return Dialect(delimiter or ",", '"', line_end)
    return Dialect(best[1], best[2], line_end, spaced=_spaced(text, best[1], best[2]))


def chosen_delimiter(text: str) -> str:
    """The character meant by `--delimiter`: itself, or a word such as `tab`.

    :raises Invalid: for what cannot separate cells.
    """
    delimiter = NAMES.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n \x00':
        message = _("%(text)s cannot separate cells; give one of , ; | or the word tab.", text=repr(text))
        raise Invalid(message, [Problem("", "delimiter", message)])
    return delimiter


def line_end_of(text: str) -> str:
    ends = Counter(LINE_END.findall(text))
    if len(ends) > 1:
        return "mixed"
    return END_NAMES[next(iter(ends))] if ends else ""


def _spaced(text: str, delimiter: str, quote: str) -> bool:
    """Whether `1, "a"` occurs; inside a quoted cell the same signs are doubled or end the cell."""
    sign = re.escape(delimiter)
    return re.search(rf"{sign} +{quote}(?!{quote})[^{sign}\r\n]", text) is not None


def _quotes(text: str, delimiter: str) -> str:
    """Single quotes count only where no double one is used and cells begin with them."""
    single = re.search(rf"(?:^|[\r\n]|{re.escape(delimiter)})'[^'\r\n]*'(?:$|[\r\n]|{re.escape(delimiter)})", text)
    return "\"'" if single and '"' not in text else '"'


def _evenness(text: str, delimiter: str, quote: str) -> float:
    """0 for a single column; above, how many rows are as wide as most are, and whether the first one is."""
    lines = text.splitlines(keepends=True) if "\r" not in text else LINE_END.sub("\n", text).splitlines(keepends=True)
    try:
        records = list(islice(csv.reader(lines, delimiter=delimiter, quotechar=quote), SAMPLE_RECORDS))
    except csv.Error:
        return 0
    widths = [len(record) for record in records if any(cell.strip() for cell in record)]
    if not widths:
        return 0
    usual, times = Counter(widths).most_common(1)[0]
    if usual < 2:
        return 0
    return times / len(widths) + (0.5 if widths[0] == usual else 0) + min(usual, 50) / 1000
