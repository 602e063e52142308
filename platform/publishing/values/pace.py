"""How fast the database works on rows, measured whenever it does: what a plan's expected times are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.publishing.kept_settings import keep, kept
from sartor.platform.work import Work

PACE = "pace"
WRITE = "write_values"
"""What a conversion does besides trying its values, which each plan measures itself: some types take a hundred times as
long as others."""
ASSUMED: Mapping[str, float] = {
    "compute": 4_000, "adopt": 1_500, "rename_keys": 100_000, "take_over": 100_000, "unique": 400_000, "index": 400_000,
}  # fmt: skip
"""Rows a second by kind of step, until it has been measured: what a small machine does."""
WRITES: Mapping[str, float] = {"sqlite": 50_000, "postgresql": 12_000}
"""The same of writing values, by database."""
LEAST = 500
"""Fewer rows tell nothing about the pace."""
SURE = 20_000
"""From so many rows on a new measurement counts as much as all before it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Rows a second by kind of step."""

    rates: Mapping[str, float]

    def seconds(self, kind: str, rows: int) -> int:
        """About how long a step takes; 0 for less than a second, and for what does not work on rows."""
        rate = self.rates.get(kind)
        return round(rows / rate) if rate else 0

    def converting(self, rows: int, trying: float) -> int:
        """About how long a conversion takes. trying: seconds that it took to try one row."""
        return round(rows * (trying + 1 / self.rates[WRITE]))


def pace_of(connection: sa.Connection) -> Pace:
    """What was measured, else what is assumed."""
    return Pace({**ASSUMED, WRITE: WRITES[connection.dialect.name], **kept(connection, PACE, {})})


def measured(work: Work, kind: str, rows: int, seconds: float) -> None:
    """Remember how long some rows took."""
    if rows < LEAST or kind not in (WRITE, *ASSUMED):
        return
    known = kept(work.connection, PACE, {})
    rate, weight = rows / max(seconds, 0.001), min(0.5, rows / SURE)
    before = known.get(kind, rate)
    keep(work, PACE, {**known, kind: round(before + (rate - before) * weight, 1)})
