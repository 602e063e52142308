"""How fast the database works on rows, measured whenever it does: what a plan's expected times are made of."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.publishing.kept_settings import keep, kept
from sartor.platform.work import Work

PACE = "pace"
WRITE = "write_values"
"""What a conversion does besides trying its values, which each plan measures itself: some types take a hundred times as
long as others."""
COMPUTE, ROLL_UP, SEARCH, PREPARE = "compute", "roll_up", "search", "prepare"
"""Sorts of a step that works something out: formulas; what is counted over others; entries of the search; the rest."""
ASSUMED: Mapping[str, Mapping[str, float]] = {
    "sqlite": {
        COMPUTE: 3_500, ROLL_UP: 4_000, SEARCH: 2_000, PREPARE: 6_500, "adopt": 1_500, "rename_keys": 170_000,
        "take_over": 170_000, "unique": 570_000, "index": 270_000, WRITE: 40_000,
    },
    "postgresql": {
        COMPUTE: 3_000, ROLL_UP: 4_000, SEARCH: 1_500, PREPARE: 3_000, "adopt": 1_500, "rename_keys": 20_000,
        "take_over": 20_000, "unique": 400_000, "index": 150_000, WRITE: 8_000,
    },
}  # fmt: skip
"""Rows a second by database and kind of work, until it has been measured: what a small machine did with a million,
between its best and what it did while others kept it busy."""
LEAST = 500
"""Fewer rows tell nothing about the pace."""
SURE = 20_000
"""From so many rows on a new measurement counts as much as all before it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Rows a second by kind of work. known: what was measured here, not assumed."""

    rates: Mapping[str, float]
    known: Container[str] = ()

    def seconds(self, kind: str, rows: int) -> int:
        """About how long a step takes; 0 for less than a second, and for what does not work on rows."""
        rate = self.rates.get(kind)
        return round(rows / rate) if rate else 0

    def converting(self, rows: int, trying: float) -> int:
        """About how long a conversion takes. trying: seconds that it took to try one row."""
        return round(rows * (trying + 1 / self.rates[WRITE]))


def pace_of(connection: sa.Connection) -> Pace:
    """What was measured, else what is assumed."""
    known = kept(connection, PACE, {})
    return Pace({**ASSUMED[connection.dialect.name], **known}, known.keys())


def measured(work: Work, kind: str, rows: int, seconds: float) -> None:
    """Remember how long some rows took."""
    if rows < LEAST or kind not in ASSUMED[work.connection.dialect.name]:
        return
    known = kept(work.connection, PACE, {})
    rate, weight = rows / max(seconds, 0.001), min(0.5, rows / SURE)
    before = known.get(kind, rate)
    keep(work, PACE, {**known, kind: round(before + (rate - before) * weight, 1)})
