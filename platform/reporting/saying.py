"""A report in a sentence, for who cannot see its picture: the first few groups with their numbers."""

from __future__ import annotations

from sartor.platform.charts.base import ChartTable, Point
from sartor.platform.charts.panels import currencies
from sartor.platform.text import gettext as _
from sartor.platform.text import language, ngettext

TOLD = 6


def sentence(table: ChartTable) -> str:
    """`Deals by stage: Won 4,238, Lost 2,473, and 2 more.`"""
    if not table.rows:
        return _("%(title)s: nothing to show.", title=table.title)
    comma, stop = ("、", "。") if language() == "zh" else (", ", ".")
    told = comma.join(_told(row, table.dimensions) for row in table.rows[:TOLD])
    more = len(table.rows) - TOLD + table.left_out if len(table.rows) > TOLD else table.left_out
    if more:
        told += comma + ngettext("and %(n)s more", "and %(n)s more", more)
    return f"{table.title}: {told}{stop}" if stop == "." else f"{table.title}：{told}{stop}"


def apart(table: ChartTable) -> tuple[str, ...]:
    """That a picture of several currencies has a scale for each."""
    coins = currencies(table)
    if len(coins) < 2:
        return ()
    names = ("、" if language() == "zh" else ", ").join(coins)
    return (_("Each currency is drawn by itself, on a scale of its own: %(currencies)s.", currencies=names),)


def _told(row: tuple[Point, ...], dimensions: int) -> str:
    names = " · ".join(point.text for point in row[:dimensions])
    numbers = " · ".join(point.text for point in row[dimensions:])
    return f"{names} {numbers}".strip()
