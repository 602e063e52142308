"""Colours of stages and choices as classes: open stages are one hue that grows deeper, won is green, lost is grey."""

from __future__ import annotations

from sartor.platform.model import Field, Model, Outcome, Pipeline, Stage

SHADES = 4
ENDS = {Outcome.WON: "stage-won", Outcome.LOST: "stage-lost", Outcome.INVALID: "stage-lost"}


def dot_of_stage(pipeline: Pipeline, stage: Stage) -> str:
    if stage.outcome in ENDS:
        return ENDS[stage.outcome]
    count = sum(1 for each in pipeline.stages.values() if each.outcome is Outcome.OPEN)
    shade = stage.index if count <= SHADES else 1 + round((stage.index - 1) * (SHADES - 1) / (count - 1))
    return f"stage-{max(1, min(SHADES, shade))}"


def dots_of(field: Field, model: Model, language: str) -> dict[str, str]:
    """The class of each key of a choice or stage that has a colour."""
    found: dict[str, str] = {}
    for name in field.type.pipelines(field):
        pipeline = model.pipelines[name]
        found |= {key: dot_of_stage(pipeline, stage) for key, stage in pipeline.stages.items()}
    if found:
        return found
    offered = field.type.widget_options(field, language).get("options", ())
    return {each["value"]: f"tint-{each['colour']}" for each in offered if each.get("colour")}
