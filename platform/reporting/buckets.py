"""Buckets of time: days, weeks, months, quarters, years by the keys that the reader gives for them.

A week is named by its Monday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from babel.dates import format_date

from sartor.platform.expressions.functions.moves import add_months
from sartor.platform.text import gettext as _
from sartor.platform.text import language
from sartor.platform.ui import format as formats

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def bucket_of(day: date, unit: str) -> str:
    """The key of the bucket that a day lies in."""
    match unit:
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04d}"
        case _:
            return day.isoformat()


def span_of(key: str, unit: str) -> tuple[date, date]:
    """The first day of a bucket, and the day after its last (at the end of the calendar, its last day)."""
    if unit in DAYS:
        first = date.fromisoformat(key)
        return first, _moved(lambda: first + timedelta(days=DAYS[unit]))
    year, _line, rest = key.partition("-")
    month = {"month": lambda: int(rest), "quarter": lambda: int(rest[1]) * 3 - 2, "year": lambda: 1}[unit]()
    first = date(int(year), month, 1)
    return first, _moved(lambda: add_months(first, MONTHS[unit]))


def _moved(move: Callable[[], date | None]) -> date:
    try:
        return move() or date.max
    except (ValueError, OverflowError):
        return date.max


def buckets_between(first: date, last: date, unit: str) -> Iterator[str]:
    """Every bucket from that of the first day to that of the last."""
    here = span_of(bucket_of(first, unit), unit)[0]
    while here <= last and here < date.max:
        yield bucket_of(here, unit)
        here = span_of(bucket_of(here, unit), unit)[1]


def tick_of(key: str, unit: str, first: bool) -> str:
    """For an axis, where each place has little room: the year once, on a line below where it begins."""
    day, _end = span_of(key, unit)
    year = "y年" if language() == "zh" else "y"
    if unit in DAYS:
        return format_date(day, "M月d日" if language() == "zh" else "d MMM", locale=formats.locale())
    if unit == "year":
        return label_of(key, unit)
    begins = first or day.month == 1
    said = f"Q{key[-1]}" if unit == "quarter" else format_date(day, "LLL", locale=formats.locale())
    return said + ("\n" + format_date(day, year, locale=formats.locale()) if begins else "")


def label_of(key: str, unit: str) -> str:
    """`Jan 2026`, `2026年1月`; `Q1 2026`; `week of 5 Jan 2026`."""
    first, _end = span_of(key, unit)
    match unit:
        case "month":
            pattern = "y年M月" if language() == "zh" else "MMM y"
            return format_date(first, pattern, locale=formats.locale())
        case "quarter":
            return _("Q%(quarter)s %(year)s", quarter=key[-1], year=first.year)
        case "year":
            return _("Year %(year)s", year=first.year) if language() == "zh" else str(first.year)
        case "week":
            return _("week of %(day)s", day=formats.day(first))
        case _:
            return formats.day(first)
