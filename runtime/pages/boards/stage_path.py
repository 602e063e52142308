"""The stages of a record as a path: where it stands, how long it stayed, where it may go, what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sartor.platform.model import Check, Entity, Field, Outcome, Pipeline, Stage, Transition
from sartor.platform.records.judging.stages import may_take, no_way
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.format import percent
from sartor.platform.ui.pages.parts import Pill
from sartor.platform.ui.pages.record import Guard, NextStep, StagePath
from sartor.platform.ui.pages.record import Stage as Step
from sartor.platform.ui.tones import dot_of_stage
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.widgets import is_closed

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands in one pipeline. may_move: the reader may write the stage of it."""

    field: Field
    pipeline: Pipeline
    stage: Stage
    may_move: bool


def standing(desk: Desk, entity: Entity, row: Mapping[str, Any], may_move: bool) -> Standing | None:
    """The first stage field that the reader may see, with a value."""
    for field in desk.access.readable(entity.name):
        names = field.type.pipelines(field)
        if not names or not row.get(field.name):
            continue
        chosen = str(row.get(field.options.get("by") or ""))
        pipeline = desk.model.pipelines[chosen if chosen in names else names[0]]
        stage = pipeline.stages.get(row[field.name])
        if stage is not None:
            return Standing(field, pipeline, stage, may_move and not is_closed(desk, field))
    return None


def ways(desk: Desk, at: Standing, target: Stage) -> tuple[list[Transition], str | None]:
    """The transitions that the reader may take to a stage; why there is none."""
    found = at.pipeline.between(at.stage.name, target.name)
    if not found:
        return [], no_way(at.pipeline, at.stage.name, target.name, desk.context)
    allowed = [way for way in found if may_take(way, desk.context)]
    if allowed:
        return allowed, None
    roles = sorted({pick(desk.model.roles[role].label) for way in found for role in way.roles})
    names = {"source": pick(at.stage.label), "target": pick(target.label)}
    return [], _("Only %(roles)s may move it from %(source)s to %(target)s.", roles=listed(roles), **names)


def stage_path(
    desk: Desk, entity: Entity, at: Standing, row: Mapping[str, Any], stays: list[dict[str, Any]]
) -> StagePath:
    spent = days_spent(desk, at, stays)
    entered = {each["stage"] for each in stays if each["field"] == at.field.name}
    base = addresses.record(desk.app.name, entity.name, row["id"], "move")
    steps = tuple(_step(desk, at, stage, (base, spent, entered)) for stage in at.pipeline.stages.values())
    return StagePath(pick(at.field.label), steps, desk.csrf, str(row["version"]))


def days_spent(desk: Desk, at: Standing, stays: list[dict[str, Any]]) -> dict[str, int]:
    """Days in each stage, the present one until now."""
    found: dict[str, int] = {}
    for stay in stays:
        if stay["field"] != at.field.name or stay["skipped"]:
            continue
        seconds = stay["seconds"]
        if seconds is None:
            seconds = max(0, int((desk.now - datetime.fromisoformat(stay["at"])).total_seconds()))
        found[stay["stage"]] = found.get(stay["stage"], 0) + int(seconds)
    return {stage: seconds // DAY for stage, seconds in found.items()}


def _step(desk: Desk, at: Standing, stage: Stage, known: tuple[str, Mapping[str, int], set[str]]) -> Step:
    """known: where moves are sent, days in each stage, the stages that were entered."""
    base, spent, entered = known
    end = stage.outcome is not Outcome.OPEN
    state = _state(at, stage, entered)
    beside = _beside(stage, state, spent)
    dot = dot_of_stage(at.pipeline, stage) if end else None
    made = Step(text=pick(stage.label), state=state, beside=beside, dot=dot)
    if state == "now" or not at.may_move:
        return made
    allowed, reason = ways(desk, at, stage)
    if not allowed:
        return replace(made, reason=reason)
    url = f"{base}/{stage.name}"
    if all(way.note for way in allowed) or (end and stage.outcome is not Outcome.WON):
        return replace(made, dialog_url=url)
    return replace(made, url=url)


def _state(at: Standing, stage: Stage, entered: set[str]) -> str:
    if stage.name == at.stage.name:
        return "now"
    if stage.outcome is not Outcome.OPEN:
        return "next"
    before = at.stage.outcome is Outcome.OPEN and stage.index < at.stage.index
    return "done" if before or (at.stage.outcome is not Outcome.OPEN and stage.name in entered) else "next"


def _beside(stage: Stage, state: str, spent: Mapping[str, int]) -> str | None:
    if state in ("done", "now") and stage.name in spent:
        return _("%(n)s d", n=spent[stage.name])
    if state == "next" and stage.outcome is Outcome.OPEN and stage.probability is not None:
        return percent(stage.probability)
    return None


def dwell_pill(desk: Desk, at: Standing, stays: list[dict[str, Any]]) -> Pill | None:
    """A record that stays longer than is usual says so."""
    own = [each["at"] for each in stays if each["field"] == at.field.name and each["seconds"] is None]
    days = overstayed(at.stage, own[-1] if own else None, desk.now)
    if days is None:
        return None
    text = _("%(n)s days in this stage, usually at most %(limit)s", n=days, limit=at.stage.dwell_limit)
    return Pill(text, "warn", "clock-exclamation")


def overstayed(stage: Stage, since: str | None, now: datetime) -> int | None:
    """Days of a stay that is longer than is usual; stays in the same stage before it do not count."""
    if stage.dwell_limit is None or stage.outcome is not Outcome.OPEN or not since:
        return None
    days = (now - datetime.fromisoformat(since)).days
    return days if days > stage.dwell_limit else None


# ---- the next step


def next_stage(desk: Desk, at: Standing) -> Stage | None:
    """The stage that comes next for the reader: further on, or won."""
    if at.stage.outcome is not Outcome.OPEN:
        return None
    for stage in at.pipeline.stages.values():
        further = stage.outcome is Outcome.WON or (stage.outcome is Outcome.OPEN and stage.index > at.stage.index)
        if further and ways(desk, at, stage)[0]:
            return stage
    return None


def guards_of(desk: Desk, at: Standing, target: Stage) -> list[Check]:
    """What is judged on the way to a stage."""
    checks = [*target.to_enter]
    if target.outcome in (Outcome.OPEN, Outcome.WON) and target.index > at.stage.index:
        checks += at.stage.to_leave
    allowed, _reason = ways(desk, at, target)
    return checks + (list(min(allowed, key=lambda way: len(way.checks)).checks) if allowed else [])


def next_step(desk: Desk, at: Standing, open_problems: set[str]) -> NextStep | None:
    """open_problems: messages of what still stands against the move."""
    stage = next_stage(desk, at)
    if stage is None:
        return None
    guards = tuple(
        Guard(pick(check.message), pick(check.message) not in open_problems) for check in guards_of(desk, at, stage)
    )
    text = pick(at.stage.guidance)
    if not guards and not text:
        return None
    title = _("To reach %(stage)s", stage=pick(stage.label))
    return NextStep(title=_("Next step"), text=text, guards_title=title, guards=guards)
