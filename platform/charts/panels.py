"""Amounts of several currencies in one picture: each currency has a panel with a scale of its own.

No height can be read against one of another panel. A chart type knows nothing of this: it draws a table in which one
currency stands, and its figures are put beside or below one another here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sartor.platform.charts.base import ChartTable, ChartType, Heading, Point

Figure = dict[str, Any]
Row = tuple[Point, ...]
AXIS = re.compile(r"(?P<letter>[xy])(?:axis)?(?P<number>\d*)\Z")
AXES = 2
"""So many axes of each direction a figure has at most."""
BESIDE, BELOW = 0.14, 0.18
"""Parts of the picture between panels that stand beside or below one another, where the currency of the next stands."""
MARGIN = {"l": 8, "r": 8, "t": 26, "b": 28}
LEGEND = {"orientation": "h", "x": 0, "y": 1.12, "yanchor": "bottom", "traceorder": "normal", "font": {"size": 12}}
"""With room for the currencies above the panels, in pixels and as a part of their height."""


def picture(chart: ChartType, table: ChartTable, options: Mapping[str, Any]) -> Figure | None:
    """The figure of a table; None for what is drawn as text."""
    whole = chart.figure(table, options)
    coins = currencies(table)
    if whole is None or len(coins) < 2:
        return whole
    drops = _drops_groups(whole, table)
    parts = [_part(table, coin, drops, coin == coins[0]) for coin in coins]
    return _together([chart.figure(each, options) or whole for each in parts], coins)


def currencies(table: ChartTable) -> list[str]:
    """Those of its amounts, in the order in which they come. Nothing is nothing in any currency."""
    rows = (*table.rows, *table.others, *((table.rest,) if table.rest else ()))
    return list(dict.fromkeys(coin for row in rows for coin in _coins(table, row)))


def _coins(table: ChartTable, row: Row) -> Iterator[str]:
    for heading, point in _paired(table, row):
        if coin := _coin(heading, point):
            yield coin


def _paired(table: ChartTable, row: Row) -> Iterator[tuple[Heading, Point]]:
    """Each cell with its heading; what sums up the rest may do without the second dimension."""
    return zip(table.headings[len(table.headings) - len(row) :], row, strict=True)


def _coin(heading: Heading, point: Point) -> str | None:
    if heading.format != "money" or not isinstance(point.value, Decimal) or not point.value:
        return None
    return point.currency or heading.currency


# ---- the table of one currency


def _drops_groups(whole: Figure, table: ChartTable) -> bool:
    """Whether a panel has only its own groups: not along time, nor where a group's colour follows from its place."""
    return table.dimensions == 1 and not table.headings[0].time and "labels" not in whole["data"][0]


def _part(table: ChartTable, coin: str, drops: bool, is_first: bool) -> ChartTable:
    """drops: leave out groups of other currencies; those without any amount stand in the first panel."""
    kept = [
        number
        for number, row in enumerate(table.rows)
        if not drops or coin in (found := set(_coins(table, row))) or (is_first and not found)
    ]
    others = [row for row in table.others if not drops or coin in _coins(table, row)]
    return replace(
        table,
        headings=tuple(replace(each, currency=coin) if each.format == "money" else each for each in table.headings),
        rows=tuple(_only(table, table.rows[number], coin) for number in kept),
        previous=tuple(_only(table, table.previous[number], coin) for number in kept) if table.previous else (),
        others=tuple(_only(table, row, coin) for row in others),
        rest=_only(table, table.rest, coin) if table.rest else (),
    )


def _only(table: ChartTable, row: Row, coin: str) -> Row:
    """The row with its amounts of other currencies blank."""
    return tuple(
        point if _coin(heading, point) in (None, coin) else replace(point, value=None, text="", short="")
        for heading, point in _paired(table, row)
    )


# ---- figures put together


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure in its place. letter: along which axis the panels stand in a row, from `low` to `high`."""

    figure: Figure
    number: int
    letter: str
    low: float
    high: float

    @property
    def area(self) -> dict[str, list[float]]:
        whole = {"x": [0.0, 1.0], "y": [0.0, 1.0]}
        return whole | {self.letter: [self.low, self.high]}

    def axes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, axis in self.figure["layout"].items():
            if found := AXIS.match(name):
                letter = found["letter"]
                over = {"overlaying": self.renamed(axis["overlaying"])} if "overlaying" in axis else {}
                anchor = self.renamed("y" if letter == "x" else "x")
                place = {"domain": self.area[letter], "anchor": anchor}
                yield self.renamed(name, "axis"), {**axis, **place, **over}

    def traces(self, named: set[str]) -> Iterator[dict[str, Any]]:
        """named: what the legend has already; it grows."""
        for trace in self.figure["data"]:
            if "labels" in trace:
                yield {**trace, "domain": self.area}
                continue
            axes = {f"{letter}axis": self.renamed(trace.get(f"{letter}axis", letter)) for letter in "xy"}
            yield {**trace, **axes, "showlegend": trace["name"] not in named, **_coloured(trace)}
            named.add(trace["name"])

    def renamed(self, name: str, word: str = "") -> str:
        """`y2` of this figure as it is called among all of them."""
        found = AXIS.match(name)
        assert found is not None
        number = int(found["number"] or 1) + AXES * self.number
        return f"{found['letter']}{word}{number if number > 1 else ''}"

    def title(self, coin: str) -> dict[str, Any]:
        left, top = self.area["x"][0], self.area["y"][1]
        at = {"x": left, "xanchor": "left", "y": top, "yanchor": "bottom", "xref": "paper", "yref": "paper"}
        return {"text": coin, "showarrow": False, "font": {"size": 11, "color": "--ink-2"}, **at}


def _coloured(trace: Mapping[str, Any]) -> dict[str, Any]:
    """The colour of a single series, which Plotly would choose by its number among all of them."""
    if "line" in trace or "color" in trace.get("marker", {}):
        return {}
    return {"marker": {**trace.get("marker", {}), "color": "--plot-2"}}


def _together(figures: Sequence[Figure], coins: Sequence[str]) -> Figure:
    panels = _placed(figures)
    named: set[str] = set()
    layout = {key: value for key, value in figures[0]["layout"].items() if not AXIS.match(key)}
    if not all("bargap" in each["layout"] for each in figures):
        layout.pop("bargap", None)
    layout |= {name: axis for each in panels for name, axis in each.axes()}
    layout["margin"] = MARGIN
    if "legend" not in layout:
        layout["legend"] = LEGEND
    layout["annotations"] = [each.title(coin) for each, coin in zip(panels, coins, strict=True)]
    return {"data": [trace for each in panels for trace in each.traces(named)], "layout": layout}


def _placed(figures: Sequence[Figure]) -> list[Panel]:
    """Names of groups along the bottom: panels beside one another; down the side, or the same days in each: below."""
    letter = "y" if _are_below(figures) else "x"
    weights = [_places(each) for each in figures]
    gap = min(BELOW if letter == "y" else BESIDE, 0.5 / len(figures))
    room = 1.0 - gap * (len(figures) - 1)
    found, at = [], 0.0
    for number, (figure, weight) in enumerate(zip(figures, weights, strict=True)):
        part = room * weight / sum(weights)
        low, high = (at, at + part) if letter == "x" else (1.0 - at - part, 1.0 - at)
        found.append(Panel(figure, number, letter, round(max(low, 0.0), 4), round(high, 4)))
        at += part + gap
    return found


def _are_below(figures: Sequence[Figure]) -> bool:
    layout = figures[0]["layout"]
    return layout.get("yaxis", {}).get("type") == "category" or figures[0]["data"][0].get("type") == "scatter"


def _places(figure: Figure) -> int:
    """How much room the groups of a panel need."""
    axes = (axis for name, axis in figure["layout"].items() if AXIS.match(name))
    return 2 + max((len(axis.get("categoryarray", ())) for axis in axes), default=0)
