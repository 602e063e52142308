"""The hours of a zone for the script that moves records: which wall-clock time is which moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LONGEST = timedelta(days=3660)
"""Beyond that a record that lasts has the offset of then: nobody can say what the clocks will do."""

Clock = list[tuple[str, float]]
"""From which wall-clock time on which offset counts, in seconds: `("2026-03-29T03:00:00", 7200)`."""


def clock(zone: ZoneInfo, first: date, last: date) -> Clock:
    """For the wall-clock times of these days.

    An hour that the clocks skip still has the offset from before, and so is the moment as long after the change: 2:30
    is what clocks call 3:30. Of an hour that comes twice the first is meant. Forms and files read times in this way.
    """
    start, end = datetime.combine(first, time.min), datetime.combine(min(last, first + LONGEST), time.min) + DAY
    return [(f"{start:%Y-%m-%dT%H:%M:%S}", _offset(zone, start)), *_changes(zone, start, end)]


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[str, float]]:
    day = start
    while day < end:
        if _offset(zone, day) != _offset(zone, day + DAY):
            change = _change(zone, day, day + DAY)
            yield change.isoformat(), _offset(zone, change)
        day += DAY


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _offset(zone: ZoneInfo, wall: datetime) -> float:
    offset = wall.replace(tzinfo=zone).utcoffset()
    return offset.total_seconds() if offset else 0.0
