"""A board: one lane for each stage of a pipeline, one card for each record, moved by dragging or by keys."""

from sartor.platform.errors import Problem
from sartor.platform.text import gettext as _
from sartor.platform.views.base import Shape, ViewType


class Board(ViewType):
    key = "board"
    label = {"en": "Board", "zh": "看板"}
    icon = "layout-kanban"
    template = "board.html"
    canvas = "lanes"
    marks = ("colours",)
    example = {"pipeline": "deal", "totals": ["amount"], "page": 25}
    options_schema = {
        "type": "object",
        "properties": {
            "pipeline": {
                "type": "string",
                "title": "Pipeline",
                "description": "Whose stages are the lanes; needed where the entity has several pipelines.",
                "x-widget": "definition:pipeline",
                "x-fits": "entity",
            },
            "totals": {
                "type": "array",
                "items": {"type": "string", "x-widget": "field"},
                "maxItems": 3,
                "title": "Totals",
                "description": "Amounts summed up at the head of each lane.",
            },
            "page": {
                "type": "integer",
                "minimum": 5,
                "maximum": 100,
                "default": 25,
                "title": "Cards at once",
                "description": "Cards loaded into a lane before somebody asks for more.",
            },
        },
        "additionalProperties": False,
    }

    def pipelines(self, view, model):
        """The pipelines whose stages may be the lanes of this board."""
        wanted = view.options.get("pipeline")
        return [each for each in model.pipelines.values() if each.entity == view.entity and wanted in (None, each.name)]

    def shapes(self, view, model):
        stages = {each.field for each in self.pipelines(view, model)}
        return [Shape(view.entity, (stage,), view.sort) for stage in sorted(stages)]

    def check(self, view, model):
        if not self.pipelines(view, model):
            return [Problem("/type", "no_pipeline", _("A board needs a pipeline of its entity, and there is none."))]
        entity = model.entities[view.entity]
        return [
            Problem(f"/options/totals/{place}", "no_sum", _("%(name)s cannot be summed up.", name=name))
            for place, name in enumerate(view.options.get("totals", ()))
            if name not in entity.fields or "sum" not in entity.fields[name].face.type.aggregates
        ]
