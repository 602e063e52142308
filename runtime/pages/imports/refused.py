"""Rows that an import refused, as a table with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.errors import told
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Cell, Head, Table

SHOWN = 20
Refused = tuple[int, Iterable[str]]
"""A row's number in the file, and why."""


def refused_table(refused: Iterable[Refused], count: int) -> Table | None:
    """The first of them. count: of all."""
    rows = tuple(
        (Cell(text=number(row), number=True), Cell(kind="long", text="; ".join(reasons)))
        for row, reasons in islice(refused, SHOWN)
    )
    if not rows:
        return None
    note = _("%(shown)s of %(all)s shown", shown=number(len(rows)), all=number(count)) if count > len(rows) else None
    return Table(_("Refused rows"), (Head(_("Row"), number=True), Head(_("Why"))), rows, note=note)


def refused_by(database: Database, number: int) -> Iterable[Refused]:
    """The rows that a finished import refused, and those whose record lacks something that it needs."""
    noted = ledger.entries(database, number, noted=True)
    return ((each.row, [told(one) for one in each.reasons]) for each in noted if each.reasons)
