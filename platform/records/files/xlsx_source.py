"""Rows of a workbook's sheet: chosen, streamed and typed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from sartor.platform.errors import NotFound, Problem
from sartor.platform.records.files.archive import check_archive, not_a_workbook
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.opened import Opened
from sartor.platform.records.files.sheet_cells import Converter
from sartor.platform.records.files.sheet_rows import SheetReader, SheetRow
from sartor.platform.records.files.table import Fault, Options, Record, Source, Value
from sartor.platform.records.files.workbook import SheetPart, Workbook, read_workbook
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, near

LOOKED_AT = 10_000
CHUNK = 64 * 1024
ROW = re.compile(rb"<(?:\w+:)?row[ >]")
DAMAGED = (
    ValueError,
    KeyError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


class XlsxSource(Source):
    """One sheet of a workbook: the one asked for, else the first visible one that holds anything."""

    format = "xlsx"
    grid = True

    def __init__(self, file: Opened, options: Options, sheet: str | None) -> None:
        self.file, self.options = file, options
        with file.reading() as stream:
            check_archive(stream, file.name, options.limits)
        with self._archive() as archive:
            self._book: Workbook = read_workbook(archive, options.limits)
            shown = [one for one in self._book.sheets if one.visible or one.name == sheet]
            self._part = self._choose(archive, shown, sheet)
            self.rows_expected = _rows_in(archive, self._part)
        self.sheets, self.sheet = tuple(one.name for one in shown), self._part.name
        self.warnings = self._about_choice(sheet)

    def records(self, tally: Tally) -> Iterator[Record]:
        convert = Converter(self._book, tally, self.options.trim)
        reader = SheetReader(self.options.limits)
        with self._archive() as archive, archive.open(self._part.path) as source:
            for row in reader.rows(source):
                record = _record(row, convert)
                if not row.in_turn:
                    tally.add("row_order", row.number)
                if record.cells and reader.claimed is not None and row.number > reader.claimed:
                    tally.add("declared_size", row.number)
                yield record
            if reader.merged:
                tally.add("merged_cells", 1, reader.merged)

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        """The archive; whatever is damaged inside is told as one kind of fault."""
        with self.file.reading() as stream:
            try:
                with zipfile.ZipFile(stream) as archive:
                    yield archive
            except DAMAGED as error:
                raise not_a_workbook(self.file.name, f"{type(error).__name__} {error}"[:160]) from error

    def _choose(self, archive: zipfile.ZipFile, shown: list[SheetPart], wanted: str | None) -> SheetPart:
        if not shown:
            raise not_a_workbook(self.file.name, _("it has no visible sheet"))
        names = [one.name for one in shown]
        if wanted is not None and wanted not in names:
            message = _(
                "%(name)s has no sheet %(sheet)s; it has: %(all)s.",
                name=self.file.name,
                sheet=repr(wanted),
                all=listed(names),
            )
            raise NotFound(message, [Problem("", "sheet", message, near(wanted, names))])
        options = [one for one in shown if wanted in (None, one.name)]
        return next((one for one in options if self._holds_rows(archive, one)), options[0])

    def _holds_rows(self, archive: zipfile.ZipFile, part: SheetPart) -> bool:
        reader = SheetReader(self.options.limits)
        with archive.open(part.path) as source:
            return any(row.cells for row in islice(reader.rows(source), LOOKED_AT))

    def _about_choice(self, wanted: str | None) -> list[Problem]:
        if wanted is not None or len(self.sheets) == 1:
            return []
        others = listed(one for one in self.sheets if one != self.sheet)
        message = _("Sheet %(sheet)s is read; the file also has: %(others)s.", sheet=repr(self.sheet), others=others)
        return [Problem("", "other_sheets", message)]


def _rows_in(archive: zipfile.ZipFile, part: SheetPart) -> int:
    """How many rows the bytes hold, since sheets often claim a size that is not theirs."""
    with archive.open(part.path) as source:
        return sum(len(ROW.findall(chunk)) for chunk in iter(lambda: source.read(CHUNK), b""))


def _record(row: SheetRow, convert: Converter) -> Record:
    values: list[Value] = []
    faults: list[Fault] = []
    for cell in row.cells:
        value = convert(cell, row.number)
        if isinstance(value, Fault):
            faults.append(value)
        elif value is not None:
            values += [None] * (cell.column + 1 - len(values))
            values[cell.column] = value
    return Record(row.number, values, faults)
