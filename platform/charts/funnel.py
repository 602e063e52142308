"""A funnel: how many are left at each stage."""

from decimal import Decimal

from sartor.platform.charts.axes import places_axis
from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import series_of
from sartor.platform.ui import format as formats


class Funnel(ChartType):
    key = "funnel"
    label = {"en": "Funnel", "zh": "漏斗图"}
    icon = "filter"
    example = {"conversion": True}
    dimensions = (1, 1)
    measures = (1, 6)
    options_schema = {
        "type": "object",
        "properties": {
            "conversion": {
                "type": "boolean",
                "default": True,
                "title": "Conversion",
                "description": "The share of the stage before is written beside each stage.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        first, *others = series_of(table)
        beside = [each.texts for each in others]
        if options.get("conversion", True):
            beside.append(conversions(first.heights))
        texts = [" · ".join(filter(None, parts)) for parts in zip(first.texts, *beside, strict=True)]
        funnel = {
            "type": "funnel",
            "name": first.name,
            "y": first.places,
            "x": first.heights,
            "text": texts,
            "customdata": first.links,
            "textinfo": "text",
            "hovertext": [f"{place} · {text}" for place, text in zip(first.places, texts, strict=True)],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "connector": {"fillcolor": "--paper-2", "line": {"width": 0}},
        }
        if any(first.colours):
            funnel["marker"] = {"color": [colour or "--plot-2" for colour in first.colours]}
        axes = {"yaxis": places_axis(table, autorange="reversed", showline=False), "xaxis": {"visible": False}}
        return {"data": [funnel], "layout": {"title": {"text": ""}, "showlegend": False, **axes}}


def conversions(heights: list[float | None]) -> list[str]:
    """The share of the stage before that came on; nothing beside the first."""
    pairs = zip(heights, heights[1:], strict=False)
    later = [
        formats.percent(Decimal(str(after or 0)) / Decimal(str(before)), 0) if before else "" for before, after in pairs
    ]
    return ["", *later][: len(heights)]
