"""A pie: shares of a whole. Groups beyond the limit are one slice, so that the whole is whole."""

from typing import Any

from sartor.platform.charts.base import ChartType, safe
from sartor.platform.charts.series import apart, colours, series_of


class Pie(ChartType):
    key = "pie"
    label = {"en": "Pie", "zh": "饼图"}
    icon = "chart-pie"
    example = {"hole": True}
    dimensions = (1, 1)
    measures = (1, 1)
    options_schema = {
        "type": "object",
        "properties": {
            "hole": {
                "type": "boolean",
                "default": True,
                "title": "Ring",
                "description": "A ring rather than a full circle.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        (only,) = series_of(table)
        if table.rest and table.rest[1].value is not None:
            only.add(apart(safe(table.rest[0].text), only.places), table.rest[1])
        pie: dict[str, Any] = {
            "type": "pie",
            "labels": only.places,
            "values": only.heights,
            "customdata": only.links,
            "hole": 0.55 if options.get("hole", True) else 0,
            "sort": False,
            "direction": "clockwise",
            "texttemplate": "%{percent:.0%}",
            "textposition": "inside",
            "insidetextorientation": "horizontal",
            "hovertext": only.hover(False),
            "hovertemplate": "%{hovertext} (%{percent})<extra></extra>",
        }
        palette = zip(only.colours, colours(len(only.places)), strict=True)
        pie["marker"] = {"colors": [own or other for own, other in palette], "line": {"color": "--paper", "width": 1}}
        legend = {"orientation": "v", "x": 1.02, "xanchor": "left", "y": 0.5, "yanchor": "middle"}
        small = {"minsize": 10, "mode": "hide"}
        return {
            "data": [pie],
            "layout": {"title": {"text": ""}, "showlegend": True, "legend": legend, "uniformtext": small},
        }
