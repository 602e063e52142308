"""The rows of an import that were refused, as they were, each with its number and the reason: corrected, the file
can be imported again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from sartor.platform.records.files.table import Row
from sartor.platform.records.files.writing import CsvWriter, Writer, XlsxWriter

ROW, REASON = "row", "reason"


class ErrorsFile:
    """Writes a workbook or a CSV file for spreadsheets, as the name of the file says."""

    def __init__(self, path: str | Path, columns: Sequence[str]) -> None:
        self.path = Path(path)
        self.columns = (*columns, *added_columns(columns))
        self._open = ExitStack()
        self._writer = self._start()

    def _start(self) -> Writer:
        if self.path.suffix.lower() == ".xlsx":
            return XlsxWriter(self.path, self.columns, purpose="spreadsheet")
        stream = self._open.enter_context(self.path.open("wb"))
        return CsvWriter(stream, self.columns, purpose="spreadsheet")

    @property
    def rows(self) -> int:
        return self._writer.rows

    def write(self, row: Row, reasons: Iterable[str] = ()) -> None:
        """reasons: sentences of the import; what the reader found wrong with the row is added before them."""
        told = dict.fromkeys([*(problem.message for problem in row.problems), *reasons])
        self._writer.write([*row.values, row.number, " · ".join(told)])

    def close(self) -> None:
        self._writer.close()
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """The rows refused so far are worth keeping, whatever happened."""
        self.close()


def added_columns(columns: Sequence[str]) -> tuple[str, str]:
    """`row` and `reason`, under other names where the file has such columns already."""
    names = []
    for wanted in (ROW, REASON):
        name, count = wanted, 1
        while name in columns:
            count += 1
            name = f"{wanted} ({count})"
        names.append(name)
    return names[0], names[1]


def without_added(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of a corrected file that belong to the records."""
    if len(columns) >= 2 and tuple(columns[-2:]) == added_columns(columns[:-2]):
        return tuple(columns[:-2])
    return tuple(columns)
