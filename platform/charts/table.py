"""The numbers themselves, in rows and columns."""

from sartor.platform.charts.base import ChartType


class Table(ChartType):
    key = "table"
    label = {"en": "Table", "zh": "表格"}
    icon = "table"
    example = {"totals": True}
    dimensions = (0, 3)
    measures = (1, 12)
    crossed = True
    options_schema = {
        "type": "object",
        "properties": {
            "totals": {
                "type": "boolean",
                "default": False,
                "title": "Totals",
                "description": "A last row with the totals, and a last column where a dimension stands side by side.",
            },
            "subtotals": {
                "type": "boolean",
                "default": False,
                "title": "Subtotals",
                "description": "A row with the sums of each group of the first dimension, below it.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        return None
