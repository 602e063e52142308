"""Lines: how a number moves over time."""

from sartor.platform.charts.axes import layout, numbers_axis, places_axis, scale_key, scales_of
from sartor.platform.charts.base import ChartType, safe
from sartor.platform.charts.series import Series, places_of, series_of

DOTTED_TO = 60
"""Up to so many places each one has a dot to click."""

DRAWN = (
    ("--plot-2", "solid"), ("--ink-3", "solid"), ("--plot-4", "dash"),
    ("--ink-2", "dot"), ("--plot-2", "dashdot"), ("--ink-3", "dash"),
)  # fmt: skip
"""Colours and strokes of lines, in order. Pale colours fill bars well, but a thin line needs one that stands out."""

DASHES = ("longdash", "dot", "longdashdot")
"""Of the second measure and those behind it, where colours say what the lines are split by."""


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
        found, before = series_of(table), self._before(table)
        scales = scales_of(found)
        axes = {"xaxis": places_axis(table)}
        for number, heading in enumerate(scales[:2]):
            on = [each for each in [*found, *before] if scale_key(each.heading) == scale_key(heading)]
            second = {"overlaying": "y", "side": "right", "showgrid": False} if number else {}
            heights = [height for each in on for height in each.heights]
            axes[f"yaxis{'2' if number else ''}"] = numbers_axis(heading, heights, **second)
        filled = options.get("filled", False)
        data = [self._trace(each, len(found) + len(before), scales) for each in [*found, *before]]
        for trace, each in zip(data, found, strict=False):
            colour, dash = DRAWN[each.shade % len(DRAWN)]
            dash = DASHES[(each.measure - 1) % len(DASHES)] if each.measure else dash
            trace |= {"fill": "tozeroy" if filled else "none", "line": {"color": colour, "dash": dash}}
        for trace in data[len(found) :]:
            trace |= {"mode": "lines", "line": {"dash": "dot", "width": 1.5, "color": "--line-3"}}
        return {"data": data, "layout": layout(len(data), **axes)}

    def _before(self, table):
        """The compared period as a series of its own, behind a single one."""
        if not table.previous or table.dimensions != 1 or len(table.measures) != 1:
            return []
        before = Series(safe(table.previous_label or ""), table.measures[0])
        places = places_of(table)
        for row, other in zip(table.rows, table.previous, strict=True):
            before.add(places[row[0].value], other[1])
        return [before]

    def _trace(self, each, many, scales):
        trace = {
            "type": "scatter",
            "mode": "lines+markers" if len(each.places) <= DOTTED_TO else "lines",
            "name": each.name,
            "x": each.places,
            "y": each.heights,
            "customdata": each.links,
            "hovertext": each.hover(many > 1),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "connectgaps": False,
        }
        return trace if scale_key(each.heading) == scale_key(scales[0]) else trace | {"yaxis": "y2"}
