"""Lines: how a number moves over time."""

from sartor.platform.charts.axes import layout, numbers_axis, places_axis, scale_key, scales_of
from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import series_of

DOTTED_TO = 60
"""Up to so many places each one has a dot to click."""


class Line(ChartType):
    key = "line"
    label = {"en": "Lines", "zh": "折线图"}
    icon = "chart-line"
    example = {"filled": False}
    dimensions = (1, 2)
    measures = (1, 4)
    series = True
    options_schema = {
        "type": "object",
        "properties": {
            "filled": {
                "type": "boolean",
                "default": False,
                "title": "Filled",
                "description": "The area below the line is filled.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        found = series_of(table)
        scales = scales_of(found)
        axes = {"xaxis": places_axis(table)}
        for number, heading in enumerate(scales[:2]):
            on = [each for each in found if scale_key(each.heading) == scale_key(heading)]
            second = {"overlaying": "y", "side": "right", "showgrid": False} if number else {}
            heights = [height for each in on for height in each.heights]
            axes[f"yaxis{'2' if number else ''}"] = numbers_axis(heading, heights, **second)
        filled = options.get("filled", False)
        return {"data": [self._trace(each, found, scales, filled) for each in found], "layout": layout(found, **axes)}

    def _trace(self, each, found, scales, filled):
        trace = {
            "type": "scatter",
            "mode": "lines+markers" if len(each.places) <= DOTTED_TO else "lines",
            "name": each.name,
            "x": each.places,
            "y": each.heights,
            "customdata": each.links,
            "hovertext": each.hover(len(found) > 1),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "fill": "tozeroy" if filled else "none",
            "connectgaps": False,
        }
        return trace if scale_key(each.heading) == scale_key(scales[0]) else trace | {"yaxis": "y2"}
