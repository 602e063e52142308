"""One promise per test, kept by every registered chart type. A new chart is tested by existing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import jsonschema
import orjson
import plotly.graph_objects as go
import pytest

from sartor.platform.charts.axes import round_numbers
from sartor.platform.charts.base import ChartTable, ChartType, Heading, Point
from sartor.platform.charts.panels import picture
from sartor.platform.definitions.extensions import Extensions

CHARTS = list(Extensions.installed().charts)
MARKUP = "<b onclick=x>&amp; 'A' \"B\""
NAMES = ("Alpha", MARKUP, "上海华为技术有限公司长三角区域总部第二事业部", "Alpha", "")
"""A plain name, one with markup, a long one, the first one again, an empty one."""
NUMBERS = (Decimal("1234567.89"), Decimal("-3.5"), None, Decimal(0), Decimal("0.000000000001"))
FORMATS = ("money", "number", "percent", "days")
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)


def table(dimensions: int, measures: int, rows: int = len(NAMES)) -> ChartTable:
    """A table of this shape; without dimensions it has one row."""
    headings = [Heading(f"d{number}", f"Dimension {number} <i>", False) for number in range(dimensions)]
    headings += [Heading(f"m{n}", f"Measure {n} <i>", True, FORMATS[n % 4], "CNY") for n in range(measures)]
    keys = list(product(range(rows), *[range(2)] * (dimensions - 1))) if dimensions else [()]
    made = tuple((*(name(key, place) for place, key in enumerate(each)), *numbers(each, measures)) for each in keys)
    rest = made[0] if rows else ()
    return ChartTable("Title <script>", tuple(headings), made, 1, previous=made, previous_label="<i>", rest=rest)


def name(number: int, place: int) -> Point:
    return Point(f"key{number}", NAMES[number], colour="--stage-won" if place == 0 and number == 0 else None)


def numbers(key: tuple[int, ...], measures: int) -> list[Point]:
    found = [NUMBERS[(sum(key) + place) % len(NUMBERS)] for place in range(measures)]
    return [Point(value, str(value), "/list?filter=x", short=str(value)) for value in found]


def shapes(chart: ChartType) -> list[tuple[int, int]]:
    """The least, the most, and one of each in between."""
    return sorted({(d, m) for d in {*chart.dimensions} for m in {*chart.measures}})


def themed(value: Any) -> Any:
    """Names of colours as the page resolves them."""
    if isinstance(value, str) and value.startswith("--"):
        return "#3f4fc9"
    if isinstance(value, dict):
        return {key: themed(each) for key, each in value.items()}
    return [themed(each) for each in value] if isinstance(value, list) else value


def figures(chart: ChartType, **more: Any) -> list[dict[str, Any]]:
    found = [chart.figure(table(*shape), chart.example | more) for shape in shapes(chart)]
    return [each for each in found if each is not None]


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)] + list(value)
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


@every_chart
def test_it_is_labelled_in_both_languages(chart: ChartType) -> None:
    assert set(chart.label) == {"en", "zh"}
    assert chart.icon


@every_chart
def test_its_example_fits_its_own_schema(chart: ChartType) -> None:
    jsonschema.Draft202012Validator.check_schema(chart.options_schema)
    jsonschema.validate(chart.example, chart.options_schema)
    assert chart.options_schema["additionalProperties"] is False
    for option in chart.options_schema["properties"].values():
        assert option["description"].endswith(".")


@every_chart
def test_it_says_what_it_can_draw(chart: ChartType) -> None:
    for least, most in (chart.dimensions, chart.measures):
        assert 0 <= least <= most
    assert not chart.series or chart.dimensions[1] >= 2


@every_chart
def test_plotly_takes_its_figure(chart: ChartType) -> None:
    for figure in figures(chart):
        go.Figure(themed(figure))


@every_chart
def test_every_combination_of_options_is_a_figure(chart: ChartType) -> None:
    options = chart.options_schema["properties"]
    choices = [each.get("enum", [True, False]) for each in options.values()]
    for chosen in product(*choices):
        for figure in figures(chart, **dict(zip(options, chosen, strict=True))):
            go.Figure(themed(figure))


@every_chart
def test_its_figure_is_plain_data(chart: ChartType) -> None:
    for figure in figures(chart):
        assert orjson.loads(orjson.dumps(figure)) == figure
        assert set(figure) == {"data", "layout"}


@every_chart
def test_markup_in_names_stays_text(chart: ChartType) -> None:
    """Only Plotly's own `<extra>` may begin with a bracket."""
    for figure in figures(chart):
        for text in texts(figure):
            assert "<" not in text.replace("<extra></extra>", "")


@every_chart
def test_its_points_lead_to_their_records(chart: ChartType) -> None:
    for figure in figures(chart):
        for trace in figure["data"]:
            drawn = next(trace[name] for name in ("labels", "y", "x") if name in trace)
            assert len(trace["customdata"]) == len(drawn)
            assert set(trace["customdata"]) == {"/list?filter=x"}


@every_chart
def test_groups_of_the_same_name_stay_apart(chart: ChartType) -> None:
    for figure in figures(chart):
        for trace in figure["data"]:
            places = trace.get("labels") or [each for each in (trace["x"], trace["y"]) if isinstance(each[0], str)][0]
            assert len(set(places)) == len(places)


@every_chart
def test_several_currencies_never_share_a_scale(chart: ChartType) -> None:
    """Each amount is drawn once, with axes or a circle that only amounts of its currency use."""
    for dimensions, measures in shapes(chart):
        mixed = in_currencies(table(dimensions, measures))
        figure = picture(chart, mixed, chart.example)
        if figure is None or dimensions == 0:
            continue
        go.Figure(themed(figure))
        scales: dict[str, set[str]] = defaultdict(set)
        for place, coin in drawn_amounts(figure, mixed):
            scales[place].add(coin)
        assert all(len(coins) == 1 for coins in scales.values())
        assert set().union(*scales.values()) == {"CNY", "USD"}


def in_currencies(found: ChartTable) -> ChartTable:
    """Every second amount in dollars, and all of them different numbers of a whole amount."""
    rows = tuple(
        tuple(
            replace(point, value=Decimal(100 + 10 * number + place), currency="USD" if number % 2 else "CNY")
            if heading.format == "money"
            else point
            for place, (heading, point) in enumerate(zip(found.headings, row, strict=True))
        )
        for number, row in enumerate(found.rows)
    )
    return replace(found, rows=rows, previous=(), rest=())


def drawn_amounts(figure: dict[str, Any], found: ChartTable) -> Iterator[tuple[str, str]]:
    """For each amount of the table that is drawn: its scale, and its currency."""
    coins = {
        float(point.value): point.currency for row in found.rows for point in row if point.currency and point.value
    }
    for trace in figure["data"]:
        scale = str(trace.get("domain") or (trace["xaxis"], trace["yaxis"]))
        numbers = [each for key in ("x", "y", "values") for each in trace.get(key, ()) if isinstance(each, float)]
        yield from ((scale, coins[each]) for each in numbers if each in coins)


@every_chart
def test_an_empty_table_is_no_fault(chart: ChartType) -> None:
    least = max(1, chart.dimensions[0])
    if chart.dimensions[1]:
        figure = chart.figure(table(least, chart.measures[0], rows=0), {})
        assert figure is None or go.Figure(themed(figure)) is not None


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([0.0, 9.0], [0, 2.5, 5, 7.5, 10]),
        ([3_100_000.0], [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]),
        ([-5.0, 5.0], [-5, -2.5, 0, 2.5, 5]),
        ([4.0, 1.0], [0, 1, 2, 3, 4]),
        ([], [0]),
    ],
)
def test_axes_carry_a_few_round_numbers(heights: list[float], expected: list[float]) -> None:
    assert round_numbers(heights) == expected
