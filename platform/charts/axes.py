"""Axes of figures: places by name in the order of the table, numbers in the reader's own way of writing them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import unescape
from typing import Any

from sartor.platform.charts.base import ChartTable, Heading, safe
from sartor.platform.charts.series import Series, places_of
from sartor.platform.ui import format as formats

LONGEST = 24
STEPS = (1, 2, 2.5, 5, 10)
TICKS = 4


def places_axis(table: ChartTable, **more: Any) -> dict[str, Any]:
    """The axis of the first dimension. Long names are cut there; the pointer says them in full."""
    places = places_of(table)
    names = list(places.values())
    cut = {name: shortened(name) for name in names if len(unescape(name)) > LONGEST}
    ticks = {places[row[0].value]: row[0].short for row in table.rows if row[0].short}
    cut |= {name: safe(short).replace("\n", "<br>") for name, short in ticks.items()}
    axis: dict[str, Any] = {"type": "category", "categoryorder": "array", "categoryarray": names, "showgrid": False}
    return axis | ({"labelalias": cut} if cut else {}) | more


def shortened(name: str) -> str:
    """Cut before it is escaped, so that no `&lt;` is cut in two."""
    return safe(unescape(name)[: LONGEST - 1].rstrip() + "…")


def numbers_axis(heading: Heading, heights: Iterable[float | None], **more: Any) -> dict[str, Any]:
    """The axis of a measure, with a few round numbers written short (`¥2M`, `200万`)."""
    ticks = round_numbers([each for each in heights if each is not None], heading.format)
    texts = [tick_text(heading, each) for each in ticks]
    return {"type": "linear", "tickvals": ticks, "ticktext": texts, "rangemode": "tozero", **more}


def round_numbers(heights: Sequence[float], kind: str = "number") -> list[float]:
    """Round numbers from the lowest (0 at most) to the highest (0 at least)."""
    low, high = min([0.0, *heights]), max([0.0, *heights])
    if low == high:
        return [0.0]
    raw = (high - low) / TICKS
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * each for each in STEPS if size * each >= raw)
    if kind != "percent" and max(high, -low) >= TICKS:
        step = max(1.0, step) if step < 1 else step
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def tick_text(heading: Heading, value: float) -> str:
    number = Decimal(str(value))
    if heading.format == "percent":
        return formats.percent(number, 0 if number * 100 == (number * 100).to_integral_value() else 1)
    if heading.format == "money":
        return formats.money_compact(number, heading.currency or "CNY") if number else "0"
    if heading.format == "plain":
        return formats.number(number, grouped=False)
    return formats.compact(number)


def stacked_heights(found: Sequence[Series]) -> list[float]:
    """How high the stacks reach, up and down."""
    ups: dict[str, float] = {}
    downs: dict[str, float] = {}
    for each in found:
        for place, height in zip(each.places, each.heights, strict=True):
            side = ups if (height or 0) >= 0 else downs
            side[place] = side.get(place, 0.0) + (height or 0.0)
    return [*ups.values(), *downs.values()]


def scales_of(found: Sequence[Series]) -> list[Heading]:
    """One heading for each kind of number: money and counts need an axis each."""
    kinds: dict[tuple[str, str | None], Heading] = {}
    for each in found:
        kinds.setdefault(scale_key(each.heading), each.heading)
    return list(kinds.values())


def scale_key(heading: Heading) -> tuple[str, str | None]:
    return heading.format, heading.currency


def layout(many: int, **more: Any) -> dict[str, Any]:
    """What the figures of so many series share; fonts are the page's own."""
    return {"title": {"text": ""}, "showlegend": many > 1, **more}
