"""A pie: shares of a whole."""

from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import series_of


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
        pie = {
            "type": "pie",
            "labels": only.places,
            "values": only.heights,
            "text": only.texts,
            "customdata": only.links,
            "hole": 0.55 if options.get("hole", True) else 0,
            "sort": False,
            "textinfo": "percent",
            "hovertemplate": "%{label}: %{text}<extra></extra>",
        }
        return {"data": [pie], "layout": {"title": {"text": ""}, "showlegend": True}}
