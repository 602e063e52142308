"""Pipelines: stages, permitted moves, and what they ask and set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sartor.platform.definitions.compile.draft import Draft, Place, level_of
from sartor.platform.definitions.compile.effects import compile_values
from sartor.platform.definitions.compile.entities import compile_checks
from sartor.platform.definitions.documents import Document, in_order, of_kind
from sartor.platform.model import Outcome, Pipeline, Stage, Transition
from sartor.platform.text import gettext as _
from sartor.platform.text import near


def pipeline_shells(draft: Draft) -> dict[str, Pipeline]:
    """Pipelines with stages and outcomes, but no expression yet."""
    return {name: _shell(draft, name, document) for name, document in of_kind(draft.documents, "pipeline")}


def _shell(draft: Draft, name: str, document: Document) -> Pipeline:
    place = Place(f"pipeline/{name}", level=level_of(document))
    draft.levels[place.key] = place.level
    stages = {}
    for index, (stage, part) in enumerate(in_order(document["stages"]), start=1):
        stages[stage] = Stage(
            name=stage,
            label=part["label"],
            index=index,
            outcome=Outcome(part.get("outcome", "open")),
            probability=Decimal(part["probability"]) if "probability" in part else None,
            forecast_category=part.get("forecast_category"),
            dwell_limit=part.get("dwell_limit"),
            colour=part.get("colour"),
            guidance=part.get("guidance"),
        )
    first = document.get("first", next(iter(stages), ""))
    if first not in stages:
        draft.say(place.at("first"), "unknown", _("There is no stage %(name)s.", name=first), near(first, stages))
    return Pipeline(
        name=name,
        entity=document["entity"],
        field=document["field"],
        label=document["label"],
        stages=stages,
        transitions=(),
        first=first,
        level=place.level,
        adopts=document.get("adopts", True),
    )


def finish_pipeline(draft: Draft, pipeline: Pipeline, document: Document) -> Pipeline:
    """The pipeline with its guards and effects."""
    place = Place(f"pipeline/{pipeline.name}", level=pipeline.level)
    if not draft.named(place.at("entity"), "entity", pipeline.entity):
        return pipeline
    if draft.field_named(place.at("field"), pipeline.entity, pipeline.field):
        field = draft.model.entities[pipeline.entity].fields[pipeline.field]
        if pipeline.name not in field.type.pipelines(field):
            note = draft.say if draft.scope.sound(field.entity, field.name) else draft.follow
            note(place.at("field"), "stage", _("%(name)s does not follow this pipeline.", name=pipeline.field))
    roots = {"old": pipeline.entity}
    stages = {
        name: _finish_stage(draft, place.at("stages", name), pipeline, stage, document["stages"][name], roots)
        for name, stage in pipeline.stages.items()
    }
    moves = _transitions(draft, place, pipeline, document, roots)
    return replace(pipeline, stages=stages, transitions=moves)


def _finish_stage(
    draft: Draft, place: Place, pipeline: Pipeline, stage: Stage, part: Document, roots: Mapping[str, str]
) -> Stage:
    entity = pipeline.entity
    return replace(
        stage,
        to_enter=compile_checks(draft, place.at("to_enter"), part.get("to_enter", {}), entity, roots),
        to_leave=compile_checks(draft, place.at("to_leave"), part.get("to_leave", {}), entity, roots),
        on_enter=compile_values(draft, place.at("on_enter"), part.get("on_enter", {}), entity, roots),
        on_leave=compile_values(draft, place.at("on_leave"), part.get("on_leave", {}), entity, roots),
    )


def _transitions(
    draft: Draft, place: Place, pipeline: Pipeline, document: Document, roots: Mapping[str, str]
) -> tuple[Transition, ...]:
    if not document.get("transitions"):
        every = tuple(pipeline.stages)
        return (Transition("any", every, every),)
    found = []
    for name, part in in_order(document["transitions"]):
        here = place.at("transitions", name, level=part.get("level"))
        for end in ("from", "to"):
            _known_stages(draft, here.at(end), pipeline, part[end])
        for number, role in enumerate(part.get("roles", ())):
            draft.named(here.at("roles", number), "role", role)
        checks = compile_checks(draft, here.at("checks"), part.get("checks", {}), pipeline.entity, roots)
        ends = tuple(part["from"]), tuple(part["to"])
        roles = tuple(part.get("roles", ()))
        found.append(Transition(name, *ends, roles, part.get("note", False), checks, part.get("label")))
    return tuple(found)


def _known_stages(draft: Draft, place: Place, pipeline: Pipeline, names: list[str]) -> None:
    for number, name in enumerate(names):
        if name not in pipeline.stages:
            guess = near(name, pipeline.stages)
            draft.say(place.at(number), "unknown", _("There is no stage %(name)s.", name=name), guess)
