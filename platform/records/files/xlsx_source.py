"""Rows of a workbook's sheet: streamed, typed, and compared with what the sheet's bytes really hold."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl import load_workbook

from sartor.platform.errors import Invalid, NotFound, Problem, SartorError, TooLarge
from sartor.platform.records.files.archive import SheetFacts, check_archive, not_a_workbook, scan_sheet
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.noticed import Tally
from sartor.platform.records.files.opened import Opened
from sartor.platform.records.files.sheet_cells import Converter
from sartor.platform.records.files.table import Fault, Options, Record, Source, Value
from sartor.platform.text import gettext as _
from sartor.platform.text import near

LAST_ROW = 1_048_576

# It warns of parts that it does not keep (validations, extensions); what loses values is reported by the converter.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class XlsxSource(Source):
    """One sheet of a workbook: the one asked for, else the first visible one that holds anything."""

    format = "xlsx"
    grid = True

    def __init__(self, file: Opened, options: Options, sheet: str | None) -> None:
        self.file, self.options = file, options
        with file.reading() as stream:
            check_archive(stream, file.name, options.limits)
        with self._workbook() as workbook:
            visible = [one for one in workbook.worksheets if one.sheet_state == "visible" or one.title == sheet]
            sheets = {one.title: one for one in visible}
            self.sheets = tuple(sheets)
            self.sheet, facts, self._declared = self._choose(sheets, sheet)
        self._uncalculated = dict(facts.uncalculated)
        self.rows_expected = facts.last_row
        self.warnings = [*self._about_choice(sheet), *self._about_merged(facts.merged)]

    def records(self, tally: Tally) -> Iterator[Record]:
        with self._workbook() as workbook:
            sheet = workbook[self.sheet]
            sheet.reset_dimensions()
            convert = Converter(tally, self.options.trim)
            for number, cells in enumerate(_guarded(sheet.iter_rows(), self.file.name), 1):
                if number > LAST_ROW:
                    raise TooLarge(_("%(name)s has more than %(n)s rows.", name=self.file.name, n=LAST_ROW))
                record = self._record(number, cells, convert)
                if record.cells and self._declared is not None and number > self._declared:
                    tally.add("declared_size", number)
                yield record

    def _record(self, number: int, cells: Any, convert: Converter) -> Record:
        values: list[Value] = []
        faults: list[Fault] = []
        for place, cell in enumerate(cells):
            value, problem = convert(cell, number)
            values.append(value)
            if problem:
                faults.append(Fault(place, *problem))
        for column in self._uncalculated.get(number, ()):
            faults.append(_uncalculated(column, number))
        while values and values[-1] is None:
            values.pop()
        self._check(number, values)
        return Record(number, values, faults)

    def _check(self, number: int, values: list[Value]) -> None:
        limits: Limits = self.options.limits
        if len(values) > limits.columns:
            raise TooLarge(_("Row %(row)s has more than %(n)s columns.", row=number, n=limits.columns))
        if any(isinstance(value, str) and len(value) > limits.cell_chars for value in values):
            raise TooLarge(_("A cell in row %(row)s is longer than %(n)s characters.", row=number, n=limits.cell_chars))

    @contextmanager
    def _workbook(self) -> Iterator[Any]:
        with self.file.reading() as stream:
            try:
                workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            except Exception as error:  # damaged XML surfaces as any exception of any depth
                raise not_a_workbook(self.file.name, _reason(error)) from error
            yield workbook

    def _choose(self, sheets: dict[str, Any], wanted: str | None) -> tuple[str, SheetFacts, int | None]:
        if not sheets:
            raise not_a_workbook(self.file.name, _("it has no visible sheet"))
        if wanted is not None and wanted not in sheets:
            guess = near(wanted, sheets)
            message = _(
                "%(name)s has no sheet %(sheet)s; it has: %(all)s.",
                name=self.file.name,
                sheet=repr(wanted),
                all=", ".join(sheets),
            )
            raise NotFound(message, [Problem("", "sheet", message, guess)])
        for title in [wanted] if wanted is not None else sheets:
            facts, declared = self._facts(sheets[title]), sheets[title].max_row
            if facts.rows:
                break
        return title, facts, declared

    def _facts(self, sheet: Any) -> SheetFacts:
        with sheet._get_source() as source:  # the sheet's own bytes; there is no public way to them
            facts = scan_sheet(source)
        if not facts.ordered:
            message = _(
                "The rows of sheet %(sheet)s are out of order inside the file; open and save it in a spreadsheet.",
                sheet=repr(sheet.title),
            )
            raise Invalid(message, [Problem("", "row_order", message)], code="workbook")
        return facts

    def _about_choice(self, wanted: str | None) -> list[Problem]:
        if wanted is not None or len(self.sheets) == 1:
            return []
        others = ", ".join(one for one in self.sheets if one != self.sheet)
        message = _("Sheet %(sheet)s is read; the file also has: %(others)s.", sheet=repr(self.sheet), others=others)
        return [Problem("", "other_sheets", message)]

    def _about_merged(self, merged: int) -> list[Problem]:
        tally = Tally()
        if merged:
            tally.add("merged_cells", 1, merged)
        return tally.problems()


def _guarded(rows: Iterator[Any], name: str) -> Iterator[Any]:
    """Rows of the library, whose exceptions on damaged XML are of every kind."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except SartorError:
            raise
        except Exception as error:
            raise not_a_workbook(name, _reason(error)) from error
        yield row


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}".rstrip(": ")


def _uncalculated(column: str, row: int) -> Fault:
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - 64
    message = _(
        "Cell %(cell)s is a formula without a stored result; open the file in a spreadsheet and save it.",
        cell=f"{column}{row}",
    )
    return Fault(place - 1, "formula_without_value", message)
