"""The file of an import, opened as its plan says."""

from __future__ import annotations

from pathlib import Path

from sartor.platform.records.files.reading import Options, Table, open_table
from sartor.platform.records.importing.plan import ImportPlan


def open_file(path: Path, name: str, plan: ImportPlan) -> Table:
    """The table in a file.

    :raises UnsureEncoding: where somebody must choose. :raises Invalid: :raises TooLarge: for what cannot be read.
    """
    options = Options(header_row=plan.header_row, trim=not plan.exact)
    return open_table(
        path, name=name, encoding=plan.encoding, delimiter=plan.delimiter, sheet=plan.sheet, options=options
    )
