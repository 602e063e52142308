"""A single number against that of the compared period."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sartor.platform.charts.base import ChartTable
from sartor.platform.reporting.answers import Comparison
from sartor.platform.reporting.wording import change_text


def comparison(table: ChartTable, good: str) -> Comparison | None:
    """None where the table is more than one number, or nothing was compared. good: whether `up` or `down` is."""
    if table.dimensions or not table.previous or not table.previous_label:
        return None
    now, before = table.rows[0][0], table.previous[0][0]
    if not isinstance(now.value, Decimal) or not isinstance(before.value, Decimal):
        return Comparison(before, "", "flat", None, table.previous_label)
    if now.currency and before.currency and now.currency != before.currency:
        return Comparison(before, "", "flat", None, table.previous_label)
    heading = table.headings[0]
    coin = now.currency or before.currency or heading.currency
    text = change_text(now.value, before.value, replace(heading, currency=coin))
    if now.value == before.value:
        return Comparison(before, text, "flat", None, table.previous_label)
    rise = "up" if now.value > before.value else "down"
    return Comparison(before, text, rise, rise == good, table.previous_label)
