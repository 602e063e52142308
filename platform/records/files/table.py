"""A table read from a file: named columns, rows one at a time, and everything noticed on the way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from sartor.platform.errors import Problem, TooLarge
from sartor.platform.records.files.header import LOOKED_AT, find_header
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.totals import Foot
from sartor.platform.text import gettext as _

Value = str | int | Decimal | bool | date | datetime | None


class Percent(Decimal):
    """A number that the sheet shows as a percentage: 0.15 is read as `15 %`."""


class Fault(NamedTuple):
    """Something wrong with one cell (or, without a place, with the row); places count from 0."""

    place: int | None
    code: str
    message: str


class Record(NamedTuple):
    """A row as a file holds it: its number there, its cells, what is wrong with them."""

    number: int
    cells: list[Value]
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. number: as a spreadsheet counts; surplus: cells beyond the named columns."""

    number: int
    values: tuple[Value, ...]
    problems: tuple[Problem, ...] = ()
    surplus: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may settle about a file. header_row: counted from 1; trim: drop spaces around texts."""

    limits: Limits = Limits()
    header_row: int | None = None
    trim: bool = True


class Source(ABC):
    """A kind of file: CSV or XLSX.

    grid: cells have a place of their own; sheets: names of the visible ones; sheet, encoding, delimiter: what was
    chosen, where the kind has such; rows_expected: about how many rows there are, the header among them.
    """

    format: str
    grid: bool = False
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    rows_expected: int | None = None
    warnings: list[Problem]

    @abstractmethod
    def records(self, tally: Tally) -> Iterator[Record]:
        """All rows from the first on, blank ones included."""


class Table:
    """The rows of one file or sheet; `rows()` may be called again and reads the file anew."""

    def __init__(self, name: str, source: Source, options: Options) -> None:
        self.name = name
        self.format = source.format
        self.sheets, self.sheet = source.sheets, source.sheet
        self.encoding, self.delimiter = source.encoding, source.delimiter
        self._source, self._options = source, options
        self._tally = Tally()
        head = [(one.number, one.cells) for one in islice(source.records(Tally()), LOOKED_AT)]
        header = find_header(head, file=name, row=options.header_row, columns=options.limits.columns, grid=source.grid)
        self.columns, self.header_row = header.names, header.row
        self._told = [*source.warnings, *header.warnings]

    @property
    def row_count_hint(self) -> int | None:
        """About how many rows follow the header; line breaks inside cells make it too large."""
        expected = self._source.rows_expected
        return None if expected is None else max(expected - self.header_row, 0)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person should know; complete once all rows were read."""
        return (*self._told, *self._tally.problems())

    def rows(self) -> Iterator[Row]:
        """Rows that hold anything, in the order of the file, in constant memory.

        :raises TooLarge: for more of them than are read.
        """
        self._tally = tally = Tally()
        count, last, foot = 0, self.header_row, Foot(len(self.columns))
        for record in self._source.records(tally):
            blank = not record.faults and not any(cell is not None for cell in record.cells)
            if blank or record.number <= self.header_row:
                continue
            if record.number > last + 1:
                tally.add("blank_rows", last + 1)
            last = record.number
            if not record.faults and (why := foot.leaves_out(record.cells)):
                tally.add(why, record.number)
                continue
            count += 1
            if count > self._options.limits.rows:
                raise TooLarge(_("%(name)s holds more than %(limit)s rows.", name=self.name, limit=count - 1))
            yield self._row(record)
        if not count:
            tally.add("no_rows", self.header_row)

    def sample(self, count: int = 50) -> list[Row]:
        """The first rows, for a preview or a guess; what is noticed on the way is not kept."""
        kept = self._tally
        rows = list(islice(self.rows(), count))
        self._tally = kept
        return rows

    def _row(self, record: Record) -> Row:
        width = len(self.columns)
        cells = record.cells
        surplus = tuple(cells[width:]) if len(cells) > width else ()
        problems = [self._problem(fault) for fault in record.faults]
        if any(cell is not None for cell in surplus):
            problems.append(self._ragged(record, surplus))
        else:
            surplus = ()
        values = tuple(cells[:width]) + (None,) * (width - len(cells))
        return Row(record.number, values, tuple(problems), surplus)

    def _problem(self, fault: Fault) -> Problem:
        named = fault.place is not None and fault.place < len(self.columns)
        return Problem(self.columns[fault.place] if named else "", fault.code, fault.message)  # type: ignore[index]

    def _ragged(self, record: Record, surplus: tuple[Value, ...]) -> Problem:
        text = ", ".join(str(cell) for cell in surplus if cell is not None)[:80]
        message = _(
            "Row %(row)s has %(cells)s cells, the header %(columns)s; beyond it stands %(text)s. "
            "Is a delimiter inside a text that should be quoted?",
            row=record.number,
            cells=len(record.cells),
            columns=len(self.columns),
            text=repr(text),
        )
        return Problem("", "ragged_row", message)
