"""A funnel: how many are left at each stage."""

from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import series_of


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
        first = series_of(table)[0]
        funnel = {
            "type": "funnel",
            "name": first.name,
            "y": first.places,
            "x": first.heights,
            "text": first.texts,
            "customdata": first.links,
            "textinfo": "text+percent previous" if options.get("conversion", True) else "text",
            "hovertemplate": "%{y}: %{text}<extra></extra>",
        }
        return {"data": [funnel], "layout": {"title": {"text": ""}, "yaxis": {"type": "category"}}}
