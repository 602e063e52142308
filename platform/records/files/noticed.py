"""Things that are noticed in many rows of a file and told once, with how often and where first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sartor.platform.errors import Problem
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext

TOLD: dict[str, Callable[[int, int], str]] = {
    "blank_rows": lambda count, row: ngettext(
        "Blank rows at row %(row)s were left out.",
        "Blank rows were left out in %(n)s places, first at row %(row)s.", count, row=row,
    ),
    "sum_row": lambda count, row: ngettext(
        "Row %(row)s sums up the others and was left out.",
        "%(n)s rows sum up others and were left out, first row %(row)s.", count, row=row,
    ),
    "foot_row": lambda count, row: ngettext(
        "Row %(row)s is a note below the sums and was left out.",
        "%(n)s rows are notes below the sums and were left out, first row %(row)s.", count, row=row,
    ),
    "no_rows": lambda count, row: _("Below the column names in row %(row)s the file holds no row.", row=row),
    "guard": lambda count, row: ngettext(
        "A text in row %(row)s began with an apostrophe that keeps a spreadsheet from calculating; it was taken off.",
        "%(n)s texts, first in row %(row)s, began with an apostrophe that keeps a spreadsheet from calculating them; "
        "it was taken off.", count, row=row,
    ),
    "scientific": lambda count, row: ngettext(
        "A cell in row %(row)s reads like 1.23E+18: a spreadsheet has shortened a long number. Format the column as "
        "text there and save again.",
        "%(n)s cells, first in row %(row)s, read like 1.23E+18: a spreadsheet has shortened long numbers. Format the "
        "column as text there and save again.", count, row=row,
    ),
    "error_text": lambda count, row: ngettext(
        "A cell in row %(row)s holds the error text of a spreadsheet such as #N/A.",
        "%(n)s cells, first in row %(row)s, hold the error text of a spreadsheet such as #N/A.", count, row=row,
    ),
    "long_number": lambda count, row: ngettext(
        "A number in row %(row)s has more than 15 digits; a spreadsheet keeps only 15. Identifiers belong into cells "
        "formatted as text.",
        "%(n)s numbers, first in row %(row)s, have more than 15 digits; a spreadsheet keeps only 15. Identifiers "
        "belong into cells formatted as text.", count, row=row,
    ),
    "declared_size": lambda count, row: ngettext(
        "The sheet claims to end before row %(row)s; that row was read too.",
        "The sheet claims to end before row %(row)s; %(n)s more rows were read from there on.", count, row=row,
    ),
    "row_order": lambda count, row: ngettext(
        "A row of the sheet is out of order inside the file; it was counted as row %(row)s.",
        "%(n)s rows of the sheet are out of order inside the file, from row %(row)s on; they were counted on.",
        count,
        row=row,
    ),
    "merged_cells": lambda count, row: ngettext(
        "The sheet has a merged range; only its first cell holds the value.",
        "The sheet has %(n)s merged ranges; only their first cell holds the value.", count,
    ),
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts by code (a key of `TOLD`)."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def add(self, code: str, row: int, count: int = 1) -> None:
        self.first.setdefault(code, row)
        self.counts[code] = self.counts.get(code, 0) + count

    def problems(self) -> list[Problem]:
        return [Problem("", code, TOLD[code](count, self.first[code])) for code, count in self.counts.items()]
