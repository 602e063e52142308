"""Days and moments as people write them: one declared format for a column, and which formats could be meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

MONTHS = {name: place for place, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
SEPARATOR = r"(?P<sep>[-/.])"
TIME = re.compile(
    r"(?P<early>上午|下午)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>am|pm)?\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
PIVOT = 70


@dataclass(frozen=True, slots=True)
class DateFormat:
    """key: what a person chooses; example: the last day of 2026 in it."""

    key: str
    example: str
    pattern: re.Pattern[str]


def _format(key: str, example: str, pattern: str) -> DateFormat:
    return DateFormat(key, example, re.compile(pattern, re.IGNORECASE))


FORMATS = {
    one.key: one
    for one in (
        _format("Y-M-D", "2026-12-31", rf"(?P<y>\d{{4}}){SEPARATOR}(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})"),
        _format("Y年M月D日", "2026年12月31日", r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?[日号]?"),
        _format("M/D/Y", "12/31/2026", rf"(?P<m>\d{{1,2}}){SEPARATOR}(?P<d>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d)"),
        _format("D/M/Y", "31/12/2026", rf"(?P<d>\d{{1,2}}){SEPARATOR}(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d)"),
        _format("YYYYMMDD", "20261231", r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
        _format("D MMM Y", "31 Dec 2026", rf"(?P<d>\d{{1,2}})[- ]{MONTH}[-, ]+(?P<y>\d{{4}}|\d\d)"),
        _format("MMM D, Y", "Dec 31, 2026", rf"{MONTH} (?P<d>\d{{1,2}}),? +(?P<y>\d{{4}})"),
        _format(
            "Y-M-D 年月日", "2026年12月31日",
            rf"(?P<y>\d{{4}})(?:{SEPARATOR}| ?年 ?)(?P<m>\d{{1,2}})(?(sep)(?P=sep)| ?月 ?)(?P<d>\d{{1,2}}) ?[日号]?",
        ),
    )
}  # fmt: skip
MIXED = "Y-M-D 年月日"
"""Days that begin with the year, written in several ways: meant only where no one way reads them all."""


def parse_moment(text: str, key: str) -> date | datetime | None:
    """A day, or a moment where a time of day follows; with a zone only where the text names one."""
    text = unicodedata.normalize("NFKC", text).strip()
    found = FORMATS[key].pattern.match(text)
    if not found:
        return None
    try:
        day = _day(found)
        rest = text[found.end() :]
        if not rest:
            return day
        time = TIME.fullmatch(rest.lstrip("Tt ,") if rest[0] in "Tt ," else "")
        return _moment(day, time) if time else None
    except ValueError:
        return None


def date_formats(texts: Iterable[str]) -> list[str]:
    """Keys of the formats that read every text; more than one where 03/04/2026 could be either month."""
    texts = list(texts)
    found = [key for key in FORMATS if texts and all(parse_moment(text, key) is not None for text in texts)]
    return [key for key in found if key != MIXED] or found


def best_date_format(texts: Iterable[str]) -> tuple[str, float]:
    """The format that reads most of the texts, and which share of them."""
    texts = list(texts)
    shares = {key: sum(parse_moment(text, key) is not None for text in texts) / len(texts) for key in FORMATS}
    key = max(shares, key=lambda one: shares[one])
    return key, shares[key]


def _day(found: re.Match[str]) -> date:
    parts = found.groupdict()
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < PIVOT else 1900
    month = MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["m"])
    return date(year, month, int(parts["d"]))


def _moment(day: date, time: re.Match[str]) -> datetime:
    hour = int(time["hour"])
    half = (time["early"] or time["half"] or "").lower()
    if half in ("pm", "下午") and hour < 12:
        hour += 12
    elif half in ("am", "上午") and hour == 12:
        hour = 0
    micro = int((time["fraction"] or "0").ljust(6, "0")[:6])
    return datetime(
        day.year, day.month, day.day, hour, int(time["minute"]), int(time["second"] or 0), micro, _zone(time["zone"])
    )


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.lower() in ("z", "utc"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
