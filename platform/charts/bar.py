"""Bars: one for each group, side by side or stacked."""

from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import layout, series_of


class Bar(ChartType):
    key = "bar"
    label = {"en": "Bars", "zh": "柱状图"}
    icon = "chart-bar"
    example = {"stacked": True, "horizontal": False}
    dimensions = (1, 2)
    measures = (1, 4)
    options_schema = {
        "type": "object",
        "properties": {
            "stacked": {
                "type": "boolean",
                "default": False,
                "title": "Stacked",
                "description": "Series on top of one another rather than side by side.",
            },
            "horizontal": {
                "type": "boolean",
                "default": False,
                "title": "Lying",
                "description": "Bars from left to right, which suits long names.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        lying = options.get("horizontal", False)
        data = []
        for each in series_of(table):
            along, across = ("y", "x") if lying else ("x", "y")
            data.append(
                {
                    "type": "bar",
                    "name": each.name,
                    "orientation": "h" if lying else "v",
                    along: each.places,
                    across: each.heights,
                    "text": each.texts,
                    "customdata": each.links,
                    "hovertemplate": "%{" + along + "}: %{text}<extra></extra>",
                }
            )
        mode = "stack" if options.get("stacked") else "group"
        category = {"type": "category", "autorange": "reversed"} if lying else {"type": "category"}
        return {"data": data, "layout": layout(table, barmode=mode, **{"yaxis" if lying else "xaxis": category})}
