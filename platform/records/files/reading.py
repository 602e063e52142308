"""The one way to open a file of records: the kind is judged by its content, never by its name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.csv_source import CsvSource
from sartor.platform.records.files.kinds import ZIP, refuse_foreign
from sartor.platform.records.files.opened import opened
from sartor.platform.records.files.table import Options, Percent, Row, Table, Value
from sartor.platform.records.files.xlsx_source import XlsxSource
from sartor.platform.text import gettext as _

__all__ = ["Options", "Percent", "Row", "Table", "Value", "open_table"]


def open_table(
    source: str | Path | BinaryIO,
    *,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    options: Options | None = None,
) -> Table:
    """Open a CSV or XLSX file and settle its columns.

    source: a path, or a binary stream that the caller closes; name: the file's name in messages.
    encoding, delimiter, sheet: a person's choice, else they are judged.
    Raises `UnsureEncoding` where somebody must choose, `Invalid`, `NotFound` or `TooLarge` for what cannot be read.
    """
    file = opened(source, name)
    options = options or Options()
    head = file.head(4096)
    refuse_foreign(head, name)
    if head.startswith(ZIP):
        return Table(name, XlsxSource(file, options, sheet), options)
    if sheet is not None:
        message = _("%(name)s is a text file and has no sheets.", name=name)
        raise Invalid(message, [Problem("", "sheet", message)])
    return Table(name, CsvSource(file, options, encoding, delimiter), options)
