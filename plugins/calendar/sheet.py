"""What stands on which day of the page: typed for the template, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from sartor.platform.plugin import Cell, Seen, Sight, day_long, locale
from sartor.platform.plugin import gettext as _
from sartor.plugins.calendar.clock import Clock, clock
from sartor.plugins.calendar.days import DAY, LAST, MONTH, WEEK, Span

MOST = 4
"""Records that a day of a month shows where it has more than one further; the others are behind a link."""
ROOM = {MONTH: MOST + 1, WEEK: 25, DAY: 200}
"""Records that are asked for of each day where not all fit on one page."""


def room(scale: str) -> int:
    return ROOM[scale]


@dataclass(frozen=True, slots=True)
class About:
    """The fields that the page is about. timed: they hold moments, not days."""

    start: str
    end: str | None
    colour: str | None
    timed: bool

    def within(self, first: date, last: date) -> str:
        """The condition that a record stands on one of these days."""
        begins = f"{self.start} >= d'{first}' and {self.start} <= d'{last}'"
        if not self.end:
            return begins
        # Two ranges, each of which an index answers: what begins here, and what began before and lasts.
        return f"({begins}) or ({self.start} < d'{first}' and {self.end} >= d'{first}')"

    def begun_on(self, day: date) -> str:
        return f"{self.start} = d'{day}'"

    def lasting(self, first: date, last: date) -> tuple[str, ...]:
        """The conditions of what stands on several of these days."""
        if not self.end:
            return ()
        return (self.within(first, last), f"days({self.end}, {self.start}) > 0")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on one of its days. part: `whole`, or `first`, `middle` or `last` of several days. moves: as JSON, what
    the script needs to write it on another day; None where it may not be moved. label: for readers."""

    seen: Seen
    label: str
    time: str
    part: str
    dot: str | None
    beside: tuple[Cell, ...]
    moves: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Day:
    """more: how many records are not shown, or (beyond) at
    least; more_url: where they are."""

    iso: str
    number: str
    label: str
    inside: bool
    today: bool
    entries: tuple[Entry, ...]
    more: int = 0
    beyond: bool = False
    more_url: str | None = None
    new_url: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """links: (before, today, after); scales: (text, address, chosen). clock: of the days on which what is moved may
    begin and end, where hours matter."""

    title: str
    scale: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    links: tuple[str, str, str]
    scales: tuple[tuple[str, str, bool], ...]
    empty: bool
    words: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=list)


def sheet(span: Span, about: About, sight: Sight, seen: Sequence[Seen]) -> Sheet:
    placed: dict[date, list[Entry]] = {}
    for each in sorted(seen, key=lambda each: str(each.said.get(about.start) or "")):
        for day, entry in _entries(each, span, about, sight):
            placed.setdefault(day, []).append(entry)
    weeks = tuple(tuple(_day(day, span, about, sight, placed.get(day, [])) for day in week) for week in span.weeks)
    return Sheet(
        title=_title(span),
        scale=span.scale,
        weekdays=tuple(format_date(day, "EEE", locale=locale()) for day in span.weeks[0]),
        weeks=weeks,
        links=(_url(sight, span.before()), sight.url(scale=span.scale, day=None), _url(sight, span.after())),
        scales=tuple(
            (text, _url(sight, Span(scale, span.about)), scale == span.scale)
            for scale, text in ((MONTH, _("Month")), (WEEK, _("Week")), (DAY, _("Day")))
        ),
        empty=not placed,
        words=_words(),
        clock=clock(sight.zone, span.first, _latest(span, about, sight, seen)) if about.timed else [],
    )


def _latest(span: Span, about: About, sight: Sight, seen: Sequence[Seen]) -> date:
    """The last day on which what is moved on this page could end."""
    ends = [_local(each.said.get(about.end), sight) for each in seen] if about.end else []
    last = max((end.date() for end in ends if end), default=span.last)
    return max(span.last, min(last, LAST) + (span.last - span.first))


def _words() -> dict[str, str]:
    """What the script says."""
    return {
        "picked": _("Picked up {title}. Arrows carry it to another day, Enter drops it, Escape puts it back."),
        "over": _("Over {day}"),
        "moved": _("{title} moved to {day}"),
        "back": _("{title} put back"),
        "fixed": _("You may not move this record."),
    }


def _url(sight: Sight, span: Span) -> str:
    return sight.url(scale=span.scale, day=span.about.isoformat())


def _title(span: Span) -> str:
    if span.scale == MONTH:
        return str(format_date(span.about, _("MMMM y"), locale=locale()))
    if span.scale == DAY:
        return day_long(span.about)
    pattern = _("d MMM y")
    first, last = (format_date(day, pattern, locale=locale()) for day in (span.first, span.last))
    return f"{first} – {last}"


def _day(day: date, span: Span, about: About, sight: Sight, entries: list[Entry]) -> Day:
    lasting = sum(each.part in ("middle", "last") for each in entries)
    begun, beyond = sight.counts.get(f"{day}", (len(entries) - lasting, False))
    count = begun + lasting
    most = MOST if span.scale == MONTH and count > MOST + 1 else len(entries)
    return Day(
        iso=day.isoformat(),
        number=str(day.day),
        label=day_long(day, sight.today),
        inside=span.holds(day),
        today=day == sight.today,
        entries=tuple(entries[:most]),
        more=count - len(entries[:most]),
        beyond=beyond,
        more_url=_rest_url(day, span, about, sight),
        new_url=sight.new(_begun(day, about)) if sight.new else None,
    )


def _rest_url(day: date, span: Span, about: About, sight: Sight) -> str | None:
    """The day alone; of a day that is too full for that the list of what begins on it, which goes on page after page:
    what began before stands first on the day itself."""
    if span.scale != DAY:
        return _url(sight, Span(DAY, day))
    return sight.rows(about.begun_on(day)) if sight.rows else None


def _begun(day: date, about: About) -> dict[str, str]:
    """What the form of a new record on a day begins with: an hour of the morning, where hours matter."""
    first, last = (f"{day}T09:00", f"{day}T10:00") if about.timed else (str(day), str(day))
    return {about.start: first} | ({about.end: last} if about.end else {})


def _entries(seen: Seen, span: Span, about: About, sight: Sight) -> Iterator[tuple[date, Entry]]:
    """The record on each of its days that the page shows."""
    start = _local(seen.said.get(about.start), sight)
    if start is None:
        return
    end = _local(seen.said.get(about.end), sight) if about.end else None
    first, last = start.date(), max(start.date(), (end or start).date())
    colour = seen.drawn.get(about.colour or "")
    for day in span.days:
        if first <= day <= last:
            part = "whole" if first == last else "first" if day == first else "last" if day == last else "middle"
            told = _hours(start, end, span) if about.timed and day == first else ""
            yield (
                day,
                Entry(
                    seen=seen,
                    label=", ".join(filter(None, [told, seen.title, *(each.text for each in seen.cells)])),
                    time=told,
                    part=part,
                    dot=seen.tint.colour and f"tint-{seen.tint.colour}"
                    if seen.tint
                    else colour.dot
                    if colour
                    else None,
                    beside=_beside(seen, about) if span.scale != MONTH else (),
                    moves=_moves(seen, about, sight, (start, end)),
                ),
            )


def _hours(start: datetime, end: datetime | None, span: Span) -> str:
    """A day alone has room for both ends."""
    until = end if span.scale == DAY and end and end > start and end.date() == start.date() else None
    return f"{start:%H:%M}–{until:%H:%M}" if until else f"{start:%H:%M}"


def _beside(seen: Seen, about: About) -> tuple[Cell, ...]:
    """The first values beside the title, without the times by which the record stands where it stands."""
    times = [seen.drawn.get(name) for name in (about.start, about.end) if name]
    return tuple(cell for cell in seen.cells if cell not in times and cell.text)[:2]


def _moves(seen: Seen, about: About, sight: Sight, times: tuple[datetime, datetime | None]) -> dict[str, Any] | None:
    names = [name for name in (about.start, about.end) if name]
    if seen.api is None or not all(sight.may_write(name) for name in names):
        return None
    said = {name: seen.said.get(name) for name in names}
    walls = [each.isoformat(timespec="milliseconds") if each else None for each in times] if about.timed else None
    return {"api": seen.api, "version": seen.version, "start": about.start, "end": about.end, "said": said,
            "walls": walls}  # fmt: skip


def _local(said: Any, sight: Sight) -> datetime | None:
    """A day or a moment as it stands in the reader's calendar."""
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    return moment.astimezone(sight.zone).replace(tzinfo=None) if moment.tzinfo else moment
