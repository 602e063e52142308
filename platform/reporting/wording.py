"""How numbers of a report are written: in full in tables, short on cards, by the format of their column."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.fields.currencies import said_of_several
from sartor.platform.model import SEVERAL, Money, Several
from sartor.platform.text import gettext as _
from sartor.platform.text import language, ngettext
from sartor.platform.ui import format as formats

MOST_PLACES = 2
BLANK = "–"


def point(value: Any, heading: Heading, href: str | None = None) -> Point:
    """A cell with a number; a blank one leads nowhere."""
    if value is None:
        return Point(None, BLANK, short=BLANK)
    if isinstance(value, Several):
        said = said_of_several(language())
        return Point(None, said, href, short=said, currency=SEVERAL)
    if isinstance(value, Money):
        found = point(value.amount, _of_amounts(heading, value.currency), href)
        return replace(found, currency=value.currency)
    if not isinstance(value, Decimal):
        return Point(value, str(value)[:10], href)
    return Point(value, full(value, heading), href, short=short(value, heading))


def _of_amounts(heading: Heading, currency: str | None) -> Heading:
    """An amount says its currency, also where the measure says nothing of money."""
    return replace(heading, currency=currency, format="money" if heading.format == "number" else heading.format)


def with_amounts(table: ChartTable) -> ChartTable:
    """The table with columns of amounts as such, which may be known only by what stands in them."""
    return replace(table, headings=tuple(_heading(table, place) for place in range(len(table.headings))))


def _heading(table: ChartTable, place: int) -> Heading:
    heading = table.headings[place]
    coins = [row[place].currency for row in table.rows if row[place].currency not in (None, SEVERAL)]
    return _of_amounts(heading, coins[0]) if heading.format == "number" and coins else heading


def full(value: Decimal, heading: Heading) -> str:
    match heading.format:
        case "money":
            return formats.money(value, heading.currency or "")
        case "percent":
            return formats.percent(formats.rounded(value, 3))
        case "days":
            return days(value)
        case "plain":
            return formats.number(formats.rounded(value, MOST_PLACES), grouped=False)
        case _:
            return plain(value)


def short(value: Decimal, heading: Heading) -> str:
    match heading.format:
        case "money":
            return formats.money_compact(value, heading.currency or "")
        case "number":
            return formats.compact(formats.rounded(value, MOST_PLACES))
        case _:
            return full(value, heading)


def plain(value: Decimal) -> str:
    return formats.number(formats.rounded(value, MOST_PLACES))


def days(value: Decimal) -> str:
    """Whole days, or one decimal: `12 days`, `25.5 days`."""
    shown = formats.rounded(value, 1)
    text = formats.number(shown)
    many = int(shown) if shown == shown.to_integral_value() else 2
    return ngettext("%(shown)s day", "%(shown)s days", many, shown=text)


def change_text(now: Decimal, before: Decimal, heading: Heading) -> str:
    """How much more or less it is: `12.5 %`; points of a share, days of days; from nothing, the number itself."""
    if heading.format == "percent":
        points = formats.rounded(abs(now - before) * 100, 1)
        return _("%(n)s points", n=formats.number(points))
    if heading.format == "days":
        return days(abs(now - before))
    if before == 0:
        return short(abs(now), heading)
    return formats.percent(formats.rounded(abs(now - before) / abs(before), 3))
