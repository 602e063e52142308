"""The stage that a record has reached in a pipeline, and since when.

JSON is the key of the stage. Who may move where is the pipeline's business; the writer fills in `entered_at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sartor.platform.errors import InvalidDefinition
from sartor.platform.expressions.types import INSTANT, INTEGER, Type, decimal
from sartor.platform.expressions.types import choice as choice_type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.choosing import Choice, Choices, wrong_option
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.schemas import NAME, closed, field_name
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model, Outcome, Pipeline, Stage
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.unchanging import unchanging

OUTCOMES = {
    "open": {"en": "Open", "zh": "进行中"},
    "won": {"en": "Won", "zh": "赢单"},
    "lost": {"en": "Lost", "zh": "输单"},
    "invalid": {"en": "Invalid", "zh": "无效"},
}
FORECASTS = {
    "pipeline": {"en": "Pipeline", "zh": "管道"},
    "best_case": {"en": "Best case", "zh": "乐观"},
    "commit": {"en": "Commit", "zh": "承诺"},
    "closed": {"en": "Closed", "zh": "已成交"},
    "omitted": {"en": "Omitted", "zh": "不计入"},
}
ATTRIBUTES = {
    "outcome": choice_type(OUTCOMES),
    "probability": decimal(6),
    "forecast_category": choice_type(FORECASTS),
    "index": INTEGER,
    "dwell_limit": INTEGER,
    "entered_at": INSTANT,
}


@unchanging()
class Staged:
    """A stage, and when the record entered it (None until the writer has said so)."""

    key: str
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """What a stage field knows of its pipelines: their names, all stages by key, and which pipeline has which.

    Guards and effects are in the pipelines themselves, `model.pipelines[name]`.
    """

    pipelines: tuple[str, ...]
    by: str | None
    stages: Mapping[str, Stage]
    of: Mapping[str, tuple[str, ...]]
    choices: Choices

    def pipeline(self, chosen: str | None) -> str | None:
        """The pipeline that a record follows, given the value of the field `by`."""
        return self.pipelines[0] if self.by is None else chosen


def facts(stage: Stage) -> dict[str, Any]:
    """What expressions may ask of a stage. Only open stages are counted."""
    is_open = stage.outcome is Outcome.OPEN
    return {
        "outcome": stage.outcome.value,
        "probability": stage.probability,
        "forecast_category": stage.forecast_category,
        "index": stage.index if is_open else None,
        "dwell_limit": stage.dwell_limit,
    }


class StageType(FieldType):
    key = "stage"
    label = {"en": "Stage", "zh": "阶段"}
    icon = "progress"
    coloured = True
    group = "choice"
    widget = "select"
    operators = ("one_of", "none_of", "is", "is_not", "is_blank", "is_not_blank")
    example = "qualify"
    example_options = {"pipelines": ["deal"]}
    options_schema = closed(
        {
            "pipelines": {
                "type": "array",
                "title": "Pipelines",
                "description": "The pipelines that a record may follow; it starts in the first stage of its own.",
                "items": {**NAME, "pattern": r"^[a-z][a-z0-9_.]{0,79}$"},
                "minItems": 1,
                "uniqueItems": True,
                "x-widget": "definition:pipeline",
                "x-fits": "entity",
            },
            "by": field_name("Chosen by", "With several pipelines: the choice field whose keys are their names."),
        },
        "pipelines",
    )

    def pipelines(self, field: Field) -> tuple[str, ...]:
        return tuple(field.options["pipelines"])

    def prepare(self, field: Field, model: Model) -> Stages:
        names = self.pipelines(field)
        for name in names:
            if name not in model.pipelines:
                text = _("There is no pipeline %(name)s.", name=name)
                raise wrong_option(field, "pipelines", text, near(name, model.pipelines))
            if (whose := model.pipelines[name].entity) != field.entity:
                text = _("The pipeline %(name)s is for %(entity)s.", name=name, entity=whose)
                mine = [each.name for each in model.pipelines.values() if each.entity == field.entity]
                raise wrong_option(field, "pipelines", text, near(name, mine))
        if len(names) > 1 and field.options.get("by") not in model.entities[field.entity].fields:
            raise wrong_option(field, "by", _("With several pipelines, a choice field must say which one is followed."))
        return put_together(field, [model.pipelines[name] for name in names])

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.TEXT), Column("__at", ColumnKind.INSTANT))

    def expression_type(self, field: Field, model: Model) -> Type:
        said = tuple(f"pipeline/{name}" for name in self.pipelines(field))
        return choice_type(self._stages(field, model).choices.labels, ATTRIBUTES, said)

    def _stages(self, field: Field, model: Model) -> Stages:
        return field.details or self.prepare(field, model)

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        return "__at" if name == "entered_at" else None

    def attribute_values(self, field: Field, name: str) -> dict[str, Any]:
        return {key: facts(stage).get(name) for key, stage in field.details.stages.items()}

    def operand(self, field: Field, value: Staged | None) -> str | None:
        return value.key if value else None

    def attribute(self, field: Field, value: Staged | None, name: str) -> Any:
        if value is None or name == "entered_at":
            return value and value.entered_at
        return self.attribute_values(field, name).get(value.key)

    def ranks(self, field: Field) -> tuple[str, ...]:
        return tuple(field.details.choices)

    def from_operand(self, field: Field, operand: str | None) -> Staged | None:
        return Staged(field.details.choices.known(operand)) if operand else None

    def entered(self, field: Field, key: str, at: datetime) -> Staged:
        """The stage with this key as a record has it that entered it then."""
        return Staged(field.details.choices.known(key), at)

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: Staged(field.details.choices.known(value)))

    def unjudged(self, field: Field, said: Any) -> Staged:
        return Staged(said)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "enum": list(field.details.stages)}

    def dump(self, field: Field, value: Staged | None) -> str | None:
        return value.key if value else None

    def store(self, field: Field, value: Staged | None) -> tuple[Any, ...]:
        return (value.key, value.entered_at) if value else (None, None)

    def load(self, field: Field, *columns: Any) -> Staged | None:
        if columns[0] is None:
            return None
        entered = columns[1] if len(columns) > 1 else None
        return Staged(columns[0], datetime.fromisoformat(entered) if entered else None)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        text = cell_text(cell)
        return field.details.choices.meant(text) if text else None

    def write_text(self, field: Field, value: Staged | None, purpose: str, language: str) -> str | None:
        if value is None:
            return None
        return self.show(field, value, language) if purpose == "spreadsheet" else value.key

    def write_form(self, field: Field, value: Staged | None, reading: Reading) -> str:
        return value.key if value else ""

    def show(self, field: Field, value: Staged | None, language: str) -> str:
        return field.details.choices.label(value.key, language) if value else ""

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"options": field.details.choices.offered(language)}


def put_together(field: Field, pipelines: list[Pipeline]) -> Stages:
    """The stages of all pipelines. A key that several have must mean the same in each, or a filter could not."""
    stages: dict[str, Stage] = {}
    for pipeline in pipelines:
        for key, stage in pipeline.stages.items():
            if key in stages and facts(stages[key]) != facts(stage):
                raise _ambiguous(field, key, pipeline)
            stages.setdefault(key, stage)
    return Stages(
        pipelines=tuple(each.name for each in pipelines),
        by=field.options.get("by") if len(pipelines) > 1 else None,
        stages=stages,
        of={each.name: tuple(each.stages) for each in pipelines},
        choices=Choices(_choice(number, stage) for number, stage in enumerate(stages.values())),
    )


def _choice(number: int, stage: Stage) -> Choice:
    return Choice(stage.name, stage.label, Decimal(number), stage.colour)


def _ambiguous(field: Field, key: str, pipeline: Pipeline) -> InvalidDefinition:
    text = _(
        "The stage %(key)s of %(pipeline)s has another outcome, chance, place or limit than the stage of that name "
        "in another pipeline of the field.",
        key=key,
        pipeline=pipeline.name,
    )
    return wrong_option(field, "pipelines", text)
