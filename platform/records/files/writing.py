"""Writers of export files: rows go out as they come, in constant memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.formatting import SURROGATE, Purpose, as_text, check_purpose
from sartor.platform.records.files.header import letters
from sartor.platform.records.files.table import Percent, Value
from sartor.platform.text import gettext as _

BOM = "\ufeff".encode()
CELL_UNITS = 32_767
SHEET_ROWS = 1_048_576
DIGITS = 15
FIRST_DAY = date(1900, 3, 1)
NEEDS_QUOTES = frozenset('",;\t|\r\n')


class Writer(ABC):
    """What all writers share. rows: how many were written; warnings: what did not fit and was marked."""

    def __init__(self, columns: Sequence[str], purpose: Purpose) -> None:
        check_purpose(purpose)
        self.columns, self.purpose = tuple(columns), purpose
        self.rows = 0
        self.warnings: list[Problem] = []

    def write(self, row: Sequence[Value]) -> None:
        """Write one row. :raises ValueError: where it has not a value for each column."""
        if len(row) != len(self.columns):
            raise ValueError(f"a row of {len(row)} values for {len(self.columns)} columns")
        self.rows += 1
        self._put(row)

    @abstractmethod
    def close(self) -> None:
        """Write what is still held back; the file is complete only now."""

    @abstractmethod
    def abandon(self) -> None:
        """Let go of everything after a failure; what was written is no file."""

    @abstractmethod
    def _put(self, row: Sequence[Value]) -> None:
        """Write one row."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


class CsvWriter(Writer):
    """RFC 4180 text in UTF-8, into a binary stream that the caller closes.

    For spreadsheets with a mark, CRLF and guards against formulas; for transfer without mark, LF, exact.
    """

    def __init__(self, stream: IO[bytes], columns: Sequence[str], *, purpose: Purpose) -> None:
        super().__init__(columns, purpose)
        self._stream = stream
        self._stream.write(csv_head(columns, purpose))

    def _put(self, row: Sequence[Value]) -> None:
        self._stream.write(csv_line(row, self.purpose))

    def close(self) -> None:
        self._stream.flush()

    def abandon(self) -> None:
        """Nothing is held back; the stream is its owner's."""


def csv_head(columns: Sequence[str], purpose: Purpose) -> bytes:
    """The first bytes of a file: for a response that is streamed line by line."""
    return (BOM if purpose == "spreadsheet" else b"") + csv_line(columns, purpose)


def csv_line(row: Iterable[Value], purpose: Purpose) -> bytes:
    texts = [_quoted(as_text(value, purpose)) for value in row]
    line = ",".join(texts) if texts != [""] else '""'
    return (line + ("\r\n" if purpose == "spreadsheet" else "\n")).encode()


def _quoted(text: str) -> str:
    """Other delimiters count too: a spreadsheet of another country splits at the semicolon."""
    if NEEDS_QUOTES.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


class XlsxWriter(Writer):
    """A workbook with one sheet (more where a sheet is full); texts are text cells whatever they look like."""

    def __init__(self, path: str | Path | IO[bytes], columns: Sequence[str], *, purpose: Purpose) -> None:
        super().__init__(columns, purpose)
        self._target: Any = str(path) if isinstance(path, Path) else path
        self._book = Workbook(
            self._target,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            },
        )
        self._bold = self._book.add_format({"bold": True})
        self._formats = {
            "day": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "percent": self._book.add_format({"num_format": "0.##########%"}),
            "whole_percent": self._book.add_format({"num_format": "0%"}),
        }
        self._start_sheet()

    def _start_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self.columns):
            self._sheet.set_column(place, place, min(max(len(name) + 4, 12), 40))
            self._sheet.write_string(0, place, self._fitting(name, place), self._bold)
        self._line = 1

    def _put(self, row: Sequence[Value]) -> None:
        if self._line == SHEET_ROWS:
            self._start_sheet()
        for place, value in enumerate(row):
            if value is not None and value != "":
                self._cell(place, value)
        self._line += 1

    def _cell(self, place: int, value: Value) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self._line, place, value)
        elif isinstance(value, int | Decimal) and _exact_in_sheet(value):
            self._sheet.write_number(self._line, place, value, self._number_format(value))
        elif isinstance(value, date) and _in_calendar(value):
            style = self._formats["moment" if isinstance(value, datetime) else "day"]
            self._sheet.write_datetime(self._line, place, value, style)
        else:
            text = value if isinstance(value, str) else as_text(value, "transfer")
            self._sheet.write_string(self._line, place, self._fitting(text, place))

    def _number_format(self, value: int | Decimal) -> Any:
        if not isinstance(value, Percent):
            return None
        return self._formats["whole_percent" if (value * 100) % 1 == 0 else "percent"]

    def _fitting(self, text: str, place: int) -> str:
        """A cell holds 32,767 UTF-16 units; for people the rest is cut visibly, for programs it is refused."""
        text = SURROGATE.sub("�", text) if SURROGATE.search(text) else text
        units = text.encode("utf-16-le")
        if len(units) <= 2 * CELL_UNITS:
            return text
        message = _(
            "Row %(row)s, %(column)s: a text of %(n)s characters is too long for a cell of a workbook.",
            row=self.rows,
            column=self.columns[place] or letters(place),
            n=len(text),
        )
        problem = Problem(self.columns[place], "too_long", message)
        if self.purpose == "transfer":
            raise Invalid(message, [problem])
        self.warnings.append(problem)
        return units[: 2 * (CELL_UNITS - 8)].decode("utf-16-le", "ignore") + " … […]"

    def close(self) -> None:
        self._book.close()

    def abandon(self) -> None:
        """Closing is the only way to let go of the temporary files of the sheets."""
        with suppress(XlsxWriterException):
            self._book.close()
        if isinstance(self._target, str):
            Path(self._target).unlink(missing_ok=True)


def _exact_in_sheet(value: int | Decimal) -> bool:
    """Whether a number survives in a spreadsheet, which keeps 15 digits."""
    if isinstance(value, int):
        return abs(value) < 10**DIGITS
    digits = value.normalize().as_tuple()
    return isinstance(digits.exponent, int) and len(digits.digits) + max(digits.exponent, 0) <= DIGITS


def _in_calendar(value: date) -> bool:
    """A sheet knows neither days before March 1900 for sure, nor time zones, nor microseconds."""
    if isinstance(value, datetime):
        return value.tzinfo is None and value.microsecond == 0 and value.date() >= FIRST_DAY
    return value >= FIRST_DAY
