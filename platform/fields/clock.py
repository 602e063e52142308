"""Days and moments: read from JSON and from what people write, and shown in the reader's zone.

The zone is chosen once for a request or a job, as the language is in `sartor.platform.text`.
"""

from __future__ import annotations

import re
import unicodedata
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from sartor.platform.fields.base import Reading
from sartor.platform.fields.digits import LOCALES
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.text import gettext as _

_zone: ContextVar[str] = ContextVar("zone", default="UTC")

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)
EARLIEST = 1000


def use_zone(name: str) -> None:
    """Show moments in this zone from here on in this context."""
    _zone.set(ZoneInfo(name).key)


def zone() -> ZoneInfo:
    return ZoneInfo(_zone.get())


def day_from_json(value: Any) -> date:
    """`2026-05-01`."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _checked(lambda: date.fromisoformat(value), value)
    raise _not_a_day(value)


def instant_from_json(value: Any) -> datetime:
    """`2026-05-01T08:00:00Z`, with any offset but never without one; answered in UTC."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return _checked(lambda: datetime.fromisoformat(value).astimezone(UTC), value)
    raise Refused(_("%(value)s is not a moment; write it like 2026-05-01T08:00:00Z.", value=brief(value)), "format")


def day_from_text(cell: Any, reading: Reading) -> date | None:
    """What a file or a person says; a time of day is refused unless it is midnight, because it would be lost."""
    text = cell_text(cell)
    if text is None:
        return None
    day, time = _split(text, reading)
    if time and time != (0, 0, 0, 0):
        raise Refused(_("%(value)s holds a time of day; only a day was expected.", value=brief(text)), "format")
    return day


def instant_from_text(cell: Any, reading: Reading) -> datetime | None:
    """A moment with its offset, or a local time of `reading.zone` (a day alone is its first moment).

    A local time that the clocks skip is read as the moment an hour later; of one that comes twice the first counts.
    """
    text = cell_text(cell)
    if text is None:
        return None
    if _INSTANT.fullmatch(text):
        return instant_from_json(text)
    day, time = _split(text, reading)
    hour, minute, second, micro = time or (0, 0, 0, 0)

    def local() -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, second, micro, ZoneInfo(reading.zone))

    return _checked(lambda: local().astimezone(UTC), text)


def _split(text: str, reading: Reading) -> tuple[date, tuple[int, int, int, int] | None]:
    said = " ".join(unicodedata.normalize("NFKC", text).split())
    at = _TIME.search(said)
    day_text = (said[: at.start()] if at else said).removesuffix("T").strip()
    if at and said[at.end() :].strip():
        raise _not_a_day(text)
    day = _year_first(day_text, text) or _by_format(day_text, reading.date_format)
    if day is None:
        raise _not_a_day(text)
    if not at:
        return day, None
    hour, minute, second, fraction = at.groups()
    return day, (int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")))


def _year_first(text: str, whole: str) -> date | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _checked(lambda: date(*(int(part) for part in found.groups())), whole) if found else None


def _by_format(text: str, date_format: str | None) -> date | None:
    if not date_format:
        return None
    try:
        return datetime.strptime(text, date_format).date()
    except ValueError:
        return None


def _checked(make: Any, value: str) -> Any:
    """What `make` answers, unless the calendar has no such day or the year cannot be stored."""
    try:
        made = make()
    except (ValueError, OverflowError):
        raise _not_a_day(value) from None
    if not EARLIEST <= made.year < 9999:
        raise Refused(_("The year of %(value)s must lie between 1000 and 9998.", value=brief(value)), "format")
    return made


def _not_a_day(value: Any) -> Refused:
    return Refused(_("%(value)s is not a day; write it like 2026-05-01.", value=brief(value)), "format")


def wire(moment: datetime) -> str:
    """`2026-05-01T08:00:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_text(moment: datetime, zone: ZoneInfo, separator: str = " ") -> str:
    """Local time as `instant_from_text` reads it, no finer than need be."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    spec = "minutes" if not local.second and not local.microsecond else "auto"
    text = local.isoformat(separator, spec)
    return text[:-3] if "." in text else text


def show_day(day: date, language: str) -> str:
    return format_date(day, "y年M月d日" if language == "zh" else "d MMM y", locale=LOCALES.get(language, LOCALES["en"]))


def show_instant(moment: datetime, language: str) -> str:
    pattern = "y年M月d日 HH:mm" if language == "zh" else "d MMM y HH:mm"
    return format_datetime(moment.astimezone(zone()), pattern, locale=LOCALES.get(language, LOCALES["en"]))
