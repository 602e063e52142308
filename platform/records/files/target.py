"""The file that an export writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sartor.platform.records.files.formatting import Purpose
from sartor.platform.records.files.writing import CsvWriter, Writer, XlsxWriter


@contextmanager
def written_file(path: Path, kind: str, columns: Sequence[str], *, purpose: Purpose) -> Iterator[Writer]:
    """A writer of a CSV file or a workbook; after a failure nothing is left at `path`.

    kind: `csv` or `xlsx`.
    """
    try:
        if kind == "xlsx":
            with XlsxWriter(path, columns, purpose=purpose) as book:
                yield book
        else:
            with path.open("wb") as stream, CsvWriter(stream, columns, purpose=purpose) as lines:
                yield lines
    except BaseException:
        path.unlink(missing_ok=True)
        raise
