"""From a table to series: one for each measure, or one for each value of the second dimension."""

from __future__ import annotations

from dataclasses import dataclass, field

from sartor.platform.charts.base import ChartTable, Point, safe


@dataclass(slots=True)
class Series:
    """One line or colour: places on the axis, heights, and what is written and linked at each."""

    name: str
    places: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def add(self, place: str, point: Point) -> None:
        self.places.append(place)
        self.points.append(point)

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


def series_of(table: ChartTable) -> list[Series]:
    """The series of a table with one or two dimensions."""
    if table.dimensions == 2:
        return _by_second(table)
    measures = table.headings[table.dimensions :]
    found = [Series(safe(heading.label)) for heading in measures]
    for row in table.rows:
        place = safe(row[0].text) if table.dimensions else ""
        for each, point in zip(found, row[table.dimensions :], strict=True):
            each.add(place, point)
    return found


def _by_second(table: ChartTable) -> list[Series]:
    found: dict[str, Series] = {}
    for first, second, point, *_more in table.rows:
        name = safe(second.text)
        found.setdefault(name, Series(name)).add(safe(first.text), point)
    return list(found.values())


def layout(table: ChartTable, **more: object) -> dict[str, object]:
    """What all figures share; colours and fonts are the page's own."""
    return {"title": {"text": ""}, "showlegend": len(series_of(table)) > 1, **more}
