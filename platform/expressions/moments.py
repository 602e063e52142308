"""Moved days and instants, as all back ends move them: at most 100,000 days at once, within the years 1 to 9999."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

MAX_DAYS = 100_000
MAX_SPAN = timedelta(days=MAX_DAYS)


def shifted(moment: date | datetime, by: int | Decimal | timedelta) -> date | datetime | None:
    """Moved by days or by a duration; None where that is too far."""
    span = by if isinstance(by, timedelta) else timedelta(days=int(by))
    return moment + span if abs(span) <= MAX_SPAN else None
