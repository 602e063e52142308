"""How an automatic number is put together: fixed text, a date, and a counter that may start again each period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sartor.platform.expressions.scope import Values

DATE_PATTERNS = {"yyyy": "%Y", "yyyyMM": "%Y%m", "yyyyMMdd": "%Y%m%d"}
PERIODS = {"never": "", "year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class Numbering:
    """parts: `("text", …)`, `("date", pattern)` or `("counter", digits)` in order. of: the field with the date.

    Numbers run start, start + step, …; the writer keeps the last one taken under `counter_key`.
    """

    parts: tuple[tuple[str, Any], ...]
    of: str
    start: int
    step: int
    reset: str

    def format(self, values: Values, counter: int, zone: str = "UTC") -> str:
        """The number; a counter that is longer than its digits makes it longer."""
        day = self.day(values, zone)
        return "".join(_part(kind, said, day, counter) for kind, said in self.parts)

    def counter_key(self, values: Values, zone: str = "UTC") -> str:
        """The period that the counter belongs to; one counter for each."""
        return _strftime(self.day(values, zone), PERIODS[self.reset])

    def day(self, values: Values, zone: str) -> date:
        """The day that counts: that of the field, else that of the creation, in the workspace's zone."""
        moment = values.get((self.of,)) or values.get(("created_at",))
        if isinstance(moment, datetime):
            return moment.astimezone(ZoneInfo(zone)).date()
        if isinstance(moment, date):
            return moment
        raise ValueError(f"a number needs a date in {self.of!r} or created_at, not {moment!r}")


def _part(kind: str, said: Any, day: date, counter: int) -> str:
    if kind == "counter":
        return str(counter).zfill(said)
    return _strftime(day, DATE_PATTERNS[said]) if kind == "date" else said


def _strftime(day: date, pattern: str) -> str:
    """`%Y` has four digits here on every system, also before the year 1000."""
    return day.strftime(pattern.replace("%Y", f"{day.year:04d}"))
