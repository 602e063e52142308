"""From a table to series: one for each measure, and for each value of the second dimension."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.charts.base import ChartTable, Heading, Point, safe

COLOURS = (
    "--plot-2", "--plot-4", "--plot-1", "--plot-lost", "--plot-3", "--ink-2",
    "--tint-purple", "--tint-teal", "--tint-pink", "--tint-cyan", "--ink-3", "--tint-orange",
)  # fmt: skip
"""Of series that have none of their own, in order: one hue and greys, since green and red carry meaning.
Tints follow where there are many."""
SAME_LOOKING = "\u200b"
"""Two groups may be called the same; Plotly would draw them as one."""


def colours(many: int) -> list[str]:
    return [COLOURS[number % len(COLOURS)] for number in range(many)]


@dataclass(slots=True)
class Series:
    """One line or colour: places on the axis, heights, and what is written and linked at each.

    shade: the number of its colour; measure: that of its measure, where series of several measures share colours.
    """

    name: str
    heading: Heading
    shade: int = 0
    measure: int = 0
    places: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    colours: list[str | None] = field(default_factory=list)

    def add(self, place: str, point: Point, colour: str | None = None) -> None:
        self.places.append(place)
        self.points.append(point)
        self.colours.append(colour)

    @property
    def heights(self) -> list[float | None]:
        """Plotly draws floats; the exact numbers are in the texts."""
        return [None if point.value is None else float(point.value) for point in self.points]

    @property
    def texts(self) -> list[str]:
        return [safe(point.text) for point in self.points]

    @property
    def links(self) -> list[str | None]:
        return [point.href for point in self.points]

    def hover(self, named: bool) -> list[str]:
        """What a pointer over each point says: `March · Won: ¥1,200`."""
        lead = f"{self.name}: " if named else ""
        pairs = zip(self.places, self.texts, strict=True)
        return [f"{place.rstrip(SAME_LOOKING)} · {lead}{text}" for place, text in pairs]


def places_of(table: ChartTable) -> dict[Any, str]:
    """What each value of the first dimension is called on the axis, in order, no two alike."""
    found: dict[Any, str] = {}
    taken: set[str] = set()
    for row in table.rows:
        if row[0].value in found:
            continue
        found[row[0].value] = name = apart(safe(row[0].text), taken)
        taken.add(name)
    return found


def apart(name: str, taken: Collection[str]) -> str:
    """The name, told apart from those that look the same."""
    while name in taken:
        name += SAME_LOOKING
    return name


def series_of(table: ChartTable) -> list[Series]:
    """The series of a table with one or two dimensions."""
    places = places_of(table) if table.dimensions else {}
    if table.dimensions == 2:
        return _by_second(table, places)
    found = [Series(safe(heading.label), heading, shade=at) for at, heading in enumerate(table.measures)]
    for row in table.rows:
        place, colour = (places[row[0].value], row[0].colour) if table.dimensions else ("", None)
        for each, point in zip(found, row[table.dimensions :], strict=True):
            each.add(place, point, colour)
    return found


def _by_second(table: ChartTable, places: dict[Any, str]) -> list[Series]:
    """Each measure, split by the second dimension; the colour is that of the value, whatever is measured."""
    found: dict[tuple[int, Any], Series] = {}
    shades: dict[Any, int] = {}
    for first, second, *points in table.rows:
        shade = shades.setdefault(second.value, len(shades))
        for at, (heading, point) in enumerate(zip(table.measures, points, strict=True)):
            name = safe(second.text) if len(points) == 1 else f"{safe(second.text)} · {safe(heading.label)}"
            series = found.setdefault((at, second.value), Series(name, heading, shade=shade, measure=at))
            series.add(places[first.value], point, second.colour)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], shades[key[1]]))]


def with_others(table: ChartTable) -> ChartTable:
    """The table with what is beyond the limit as a last place of its own."""
    return replace(table, rows=(*table.rows, *table.others))
