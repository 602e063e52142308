"""A list: one record a row, columns as chosen, totals below."""

from sartor.platform.views.base import Shape, ViewType


class List(ViewType):
    key = "list"
    label = {"en": "List", "zh": "列表"}
    icon = "list"
    template = "list.html"
    marks = ("colours", "actions", "group")
    example = {"density": "normal"}
    options_schema = {
        "type": "object",
        "properties": {
            "density": {
                "enum": ["compact", "normal", "roomy"],
                "default": "normal",
                "title": "Row height",
                "description": "How high the rows are until the reader chooses another height.",
            },
        },
        "additionalProperties": False,
    }

    def shapes(self, view, model):
        return [Shape(view.entity, (), view.sort)]
