"""The tables in files: one of a text file, one of each sheet of a workbook that holds any row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sartor.platform.errors import Invalid, TooLarge
from sartor.platform.packaging.sheets.proposing import Source
from sartor.platform.records.files.encoding import UnsureEncoding
from sartor.platform.records.files.reading import open_table
from sartor.platform.records.files.table import Table
from sartor.platform.text import gettext as _

MOST = 30
"""Tables of one application made from files."""
EMPTY = "empty"


def sources(path: Path, name: str, file: int, encoding: str | None = None) -> Iterator[Source]:
    """The tables of one file.

    file: its number in the file store. encoding: as somebody chose it; where nobody did and it is not certain, the
    likeliest is taken and the others are kept to be asked about.
    :raises Invalid: :raises TooLarge: for what cannot be read.
    """
    unsure: Mapping[str, str] = {}
    try:
        table = open_table(path, name=name, encoding=encoding)
    except UnsureEncoding as question:
        ways = question.detection.candidates
        if not ways:
            raise
        unsure = {each.encoding: each.preview for each in ways}
        encoding = ways[0].encoding
        table = open_table(path, name=name, encoding=encoding)
    if not table.sheets:
        yield Source(table, file, name, encoding=encoding, unsure=unsure)
        return
    found, empty = dict[str, Table](), list[str]()
    for sheet in table.sheets:
        try:
            found[sheet] = open_table(path, name=name, sheet=sheet)
        except Invalid as error:
            if error.code != EMPTY and not any(each.code == EMPTY for each in error.problems):
                raise
            empty.append(sheet)
    if not found:
        raise Invalid(_("%(file)s holds no row.", file=name), code=EMPTY)
    for sheet, each in found.items():
        left, empty = tuple(empty), []
        yield Source(each, file, name, sheet=sheet, several=len(table.sheets) > 1, left=left)


def require_few(count: int) -> None:
    """:raises TooLarge: for more tables than anybody would look through."""
    if count > MOST:
        raise TooLarge(_("These files hold %(n)s tables; at most %(most)s are made at once.", n=count, most=MOST))
