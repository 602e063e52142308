"""Rows below a table that are no records: sums over the others, and what is written under those."""

from __future__ import annotations

from collections.abc import Sequence

WORDS = frozenset({"合计", "总计", "小计", "共计", "total", "totals", "grand total", "subtotal", "sub total"})
NARROWEST = 3
"""Columns of a table in which such a row can be told from a record."""


class Foot:
    """Knows the rows of one table that are to be left out; asked for each in turn."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._after_sum = False

    def leaves_out(self, cells: Sequence[object]) -> str | None:
        """Why a row is left out: `sum_row` or `foot_row`; None for a record."""
        filled = [cell for cell in cells if cell not in (None, "")]
        if self.columns < NARROWEST or len(filled) * 2 > self.columns:
            return None
        first = "".join(str(filled[0]).split(" ")).rstrip(":：") if filled else ""
        if len(filled) > 1 and (first.casefold() in WORDS or str(filled[0]).strip().casefold() in WORDS):
            self._after_sum = True
            return "sum_row"
        return "foot_row" if self._after_sum and len(filled) == 1 else None
