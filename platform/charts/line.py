"""Lines: how a number moves over time."""

from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import layout, series_of


class Line(ChartType):
    key = "line"
    label = {"en": "Lines", "zh": "折线图"}
    icon = "chart-line"
    example = {"filled": False}
    dimensions = (1, 2)
    measures = (1, 4)
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
        data = [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": each.name,
                "x": each.places,
                "y": each.heights,
                "text": each.texts,
                "customdata": each.links,
                "fill": "tozeroy" if options.get("filled") else "none",
                "hovertemplate": "%{x}: %{text}<extra></extra>",
            }
            for each in series_of(table)
        ]
        return {"data": data, "layout": layout(table, xaxis={"type": "category"})}
