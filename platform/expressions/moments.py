"""Moved days and instants, as all back ends move them: at most 100,000 days at once, within the years 1 to 9999."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

MAX_DAYS = 100_000
MAX_SPAN = timedelta(days=MAX_DAYS)
MAX_TOTAL = timedelta(days=3_700_000)  # a duration is never longer than the calendar
MICROSECOND = timedelta(microseconds=1)


def shifted(moment: date | datetime, by: int | Decimal | timedelta) -> date | datetime | None:
    """Moved by days or by a duration; None where that is too far."""
    span = by if isinstance(by, timedelta) else timedelta(days=int(by))
    return moment + span if abs(span) <= MAX_SPAN else None


def longer(left: timedelta, right: timedelta) -> timedelta | None:
    """Two durations together; None beyond the length of the calendar."""
    return left + right if abs(left + right) <= MAX_TOTAL else None


def shorter(left: timedelta, right: timedelta) -> timedelta | None:
    return longer(left, -right)
