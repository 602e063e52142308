"""What a measure is shown as: the number itself, its share of a whole, or the sum of all up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sartor.platform.model import Money
from sartor.platform.reporting.amounts import added, divided
from sartor.platform.reporting.columns import RUNNING, SHARES, Column
from sartor.platform.reporting.numbers import Leaf, amount_of, grows
from sartor.platform.reporting.questions import Groups, Key

Found = Mapping[Leaf, Any]


@dataclass
class Showing:
    """Numbers of one run as they are shown. whole: over everything; asked for when a share needs it."""

    whole: Callable[[], Found]
    grown: dict[tuple[str, Key], Any] = field(default_factory=dict)

    def grow(self, columns: Sequence[Column], keys: Sequence[Key], groups: Groups) -> None:
        """Sum up, along the first axis, what is shown as a running sum. keys: all of them, in order."""
        for column in columns:
            if column.show != RUNNING or not grows(column.tree):
                continue
            sums: dict[Key, Any] = {}
            for key in keys:
                value = amount_of(column.tree, groups.get(key, {}))
                before = sums.get(key[1:])
                sums[key[1:]] = value if before is None else added(before, value)
                self.grown[column.name, key] = sums[key[1:]]

    def value(self, column: Column, found: Found, row: Found | None = None, stack: Found | None = None) -> Any:
        """The number of some records. row, stack: of all in its row, and of all in its column; None for everything."""
        value = amount_of(column.tree, found)
        if column.show not in SHARES or not isinstance(value, Decimal | int | Money):
            return value
        base = {"share_row": row, "share_column": stack}.get(column.show)
        below = amount_of(column.tree, self.whole() if base is None else base)
        return None if below is None else divided(value, below)

    def at(self, column: Column, key: Key, found: Found, row: Found | None = None, stack: Found | None = None) -> Any:
        """The number of one group."""
        if (column.name, key) in self.grown:
            return self.grown[column.name, key]
        return self.value(column, found, row, stack)
