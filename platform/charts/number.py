"""One number, with what it was before."""

from sartor.platform.charts.base import ChartType


class Number(ChartType):
    key = "number"
    label = {"en": "Number", "zh": "数值"}
    icon = "square-number-1"
    example = {"good": "up"}
    dimensions = (0, 0)
    measures = (1, 1)
    options_schema = {
        "type": "object",
        "properties": {
            "good": {
                "enum": ["up", "down"],
                "default": "up",
                "title": "Good is",
                "description": "Whether a rise or a fall of this number is good news.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        return None
