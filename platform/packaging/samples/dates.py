"""Relative days and times of samples: `-14d`, `month-2 +5d`, `-14d 10:00`, counted from the day of installation."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = re.compile(r"(?:month(?P<months>[+-]\d+)?)?\s*(?:(?P<days>[+-]?\d+)d)?\Z")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})\Z")
YEAR = re.compile(r"year(?P<years>[+-]\d+)?\Z")


def sample_day(text: str, today: date) -> date:
    """A day as samples write it.

    :raises ValueError: for anything else.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    found = DAY.match(text)
    if not found or not text:
        raise ValueError(f"{text!r} is not a day such as -14d, month-2 +5d or 2026-05-01")
    start = today
    if text.startswith("month"):
        start = _month(today, int(found["months"] or 0))
    return start + timedelta(days=int(found["days"] or 0))


def sample_instant(text: str, today: date, zone: str) -> datetime:
    """A day and a local time as samples write them, or a moment as `2026-05-01T08:00:00Z`, as an instant."""
    if MOMENT.match(text.strip()):
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    words = text.strip().rsplit(" ", 1)
    if len(words) == 2 and ":" in words[1]:
        day, clock = sample_day(words[0], today), time.fromisoformat(words[1])
    else:
        day, clock = sample_day(text, today), time(9)
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def sample_integer(text: str, today: date) -> int | None:
    """`year`, `year-1`; None for what is written in digits."""
    found = YEAR.match(text.strip())
    return today.year + int(found["years"] or 0) if found else None


def _month(today: date, months: int) -> date:
    number = today.year * 12 + today.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
