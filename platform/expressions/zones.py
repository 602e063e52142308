"""Local days and clocks of an instant, by a table of the zone's offsets made once from the tz database.

Both databases use this very table, never their own time-zone functions. It covers 1970 to 2100; the first and the
last offset hold before and after.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sartor.platform.errors import BadSetting
from sartor.platform.text import gettext as _

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
STEP = timedelta(days=3)  # no zone has changed twice within three days since 1970


@dataclass(frozen=True)
class Offsets:
    """times: UTC instants from which the next offset holds; offsets: seconds east of UTC, one more than times."""

    times: tuple[datetime, ...]
    offsets: tuple[int, ...]

    def at(self, moment: datetime) -> int:
        return self.offsets[bisect_right(self.times, moment)]


@lru_cache(maxsize=64)
def offsets(zone: str) -> Offsets:
    """The table of a zone; raises BadSetting for an unknown name."""
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise BadSetting(_("“%(zone)s” is no time zone, such as Asia/Shanghai.", zone=zone)) from fault
    times, found, day = [], [_offset(info, FIRST)], FIRST
    while day < LAST:
        following = day + STEP
        if _offset(info, following) != found[-1]:
            times.append(_changed(info, day, following))
            found.append(_offset(info, following))
        day = following
    return Offsets(tuple(times), tuple(found))


def _offset(info: ZoneInfo, moment: datetime) -> int:
    return int((moment.astimezone(info).utcoffset() or timedelta()).total_seconds())


def _changed(info: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset changed between two instants."""
    old = _offset(info, before)
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(info, before + timedelta(seconds=middle)) == old:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def local(moment: datetime, zone: str) -> datetime:
    """The clock on the wall at an instant, without a zone."""
    return moment.replace(tzinfo=None) + timedelta(seconds=offsets(zone).at(moment))


def start_of_day(day: date, zone: str) -> datetime:
    """The first instant whose local day is this day (or later, where a zone skipped the day)."""
    table = offsets(zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    first = bisect_right(table.times, midnight - timedelta(days=2))
    for index in range(first, len(table.offsets)):
        start = midnight - timedelta(seconds=table.offsets[index])
        opened = table.times[index - 1] if index else None
        if opened is not None and start < opened:
            start = opened
        if index == len(table.times) or start < table.times[index]:
            return start
    raise AssertionError("a table of offsets has an end")
