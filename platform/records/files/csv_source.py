"""Rows of a text file: decoded strictly, split evenly, streamed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from sartor.platform.errors import Invalid, Problem, TooLarge
from sartor.platform.records.files.decoding import HEAD, refusal, scan, settled_encoding
from sartor.platform.records.files.dialect import chosen_delimiter, detect_dialect
from sartor.platform.records.files.encoding import NEVER_STORED, decode_head, known
from sartor.platform.records.files.formatting import CALCULATED, unguarded
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.opened import Opened
from sartor.platform.records.files.table import Fault, Options, Record, Source, Value
from sartor.platform.text import gettext as _

END = "\x00end of file\x00"
SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?[eE]\+\d{2}")
ERROR_TEXT = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
SUSPECT = re.compile(
    "|".join((f"[\x00]|{NEVER_STORED.pattern}", "(?<!')'" + CALCULATED.pattern, r"\d[eE]\+\d", ERROR_TEXT.pattern))
)

# The limit belongs to the process: wide enough for the default here, cells are judged again by the limits given.
csv.field_size_limit(max(csv.field_size_limit(), Limits().cell_chars))


class CsvSource(Source):
    """A text file with its encoding and dialect settled; raises `UnsureEncoding` where somebody must choose."""

    format = "csv"

    def __init__(self, file: Opened, options: Options, encoding: str | None, delimiter: str | None) -> None:
        self.file, self.options = file, options
        self.warnings = []
        self._encoding = self.encoding = known(encoding) if encoding else settled_encoding(file)
        lines, fault = scan(file, self._encoding)
        if fault:
            raise refusal(file.name, self._encoding, fault)
        self.rows_expected = lines
        head = file.head(HEAD)
        if self._encoding == "utf-8":
            self._encoding = "utf-8-sig"  # reads files with and without a mark
        text = (decode_head(head, self._encoding) or "").removeprefix("\ufeff")
        if len(head) == HEAD:
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
        self.dialect = detect_dialect(text, chosen_delimiter(delimiter) if delimiter else None)
        self.delimiter = self.dialect.delimiter
        self._exact = self._encoding == "utf-8-sig" and not head.startswith(codecs.BOM_UTF8)
        self._unicode = self._encoding.startswith("utf")

    def records(self, tally: Tally) -> Iterator[Record]:
        with self.file.reading() as stream:
            text = io.TextIOWrapper(stream, self._encoding, newline="")
            try:
                yield from self._parsed(_Lines(text, self), tally)
            finally:
                text.detach()

    def _parsed(self, lines: _Lines, tally: Tally) -> Iterator[Record]:
        split = self.dialect
        reader = csv.reader(lines, delimiter=split.delimiter, quotechar=split.quote, skipinitialspace=split.spaced)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except csv.Error as error:
                raise self._broken(number, str(error)) from None
            if cells == [END]:
                return
            if cells and cells[-1].endswith(END):
                raise self._broken(number, _("a quote opened there is never closed"))
            faults = self._inspect(number, cells, tally) if lines.stood_out() else []
            yield Record(number, self._values(number, cells), faults)

    def _values(self, number: int, cells: list[str]) -> list[Value]:
        if cells and len(max(cells, key=len)) > self.options.limits.cell_chars:
            raise TooLarge(_cell_too_long(number, self.options.limits.cell_chars))
        if self.options.trim:
            return [cell.strip() or None for cell in cells]
        return [cell or None for cell in cells]

    def _inspect(self, number: int, cells: list[str], tally: Tally) -> list[Fault]:
        """Judge each cell of a row in which something stood out; takes guards off in place."""
        faults = []
        for place, cell in enumerate(cells):
            if not self._exact and unguarded(cell) != cell:
                cells[place] = cell = unguarded(cell)
                tally.add("guard", number)
            if "\x00" in cell:
                faults.append(Fault(place, "nul", _("Row %(row)s holds a NUL character: is this text?", row=number)))
            elif self._lost(cell):
                faults.append(Fault(place, "undecodable", _lost_message(number, cell)))
            elif SCIENTIFIC.fullmatch(cell.strip()):
                tally.add("scientific", number)
            elif ERROR_TEXT.fullmatch(cell.strip()):
                tally.add("error_text", number)
        return faults

    def _lost(self, cell: str) -> bool:
        return "\ufffd" in cell or (not self._unicode and NEVER_STORED.search(cell) is not None)

    def _broken(self, row: int, reason: str) -> Invalid:
        if "field larger" in reason:
            reason = _cell_too_long(row, csv.field_size_limit())
        message = _(
            "%(name)s cannot be read from row %(row)s on: %(reason)s.", name=self.file.name, row=row, reason=reason
        )
        return Invalid(message, [Problem("", "broken_row", message)], code="broken_file")


class _Lines:
    """Lines as they stand, then one that shows whether a quote was left open; notices what needs a closer look."""

    def __init__(self, text: io.TextIOWrapper, source: CsvSource) -> None:
        self._text, self._source = text, source
        self._suspect = False

    def stood_out(self) -> bool:
        """Whether a line since the last call held anything suspect."""
        found, self._suspect = self._suspect, False
        return found

    def __iter__(self) -> Iterator[str]:
        longest = 4 * self._source.options.limits.cell_chars
        skip = self._source.dialect.separator_line
        first = True
        while line := self._text.readline(longest):
            if len(line) == longest and line[-1] not in "\r\n":
                name = self._source.file.name
                raise TooLarge(_("%(name)s has a line of over %(n)s characters.", name=name, n=longest))
            if first:
                first, line = False, line.removeprefix("\ufeff")
                if skip:
                    continue
            if SUSPECT.search(line):
                self._suspect = True
            yield line
        yield END


def _lost_message(row: int, cell: str) -> str:
    return _(
        "Row %(row)s: %(text)s holds characters that were lost (�) or have no meaning: choose the right "
        "encoding or correct the cell.",
        row=row,
        text=repr(cell[:40]),
    )


def _cell_too_long(row: int, limit: int) -> str:
    return _(
        "a cell in row %(row)s is longer than %(limit)s characters; perhaps a quote is not closed", row=row, limit=limit
    )
