"""Moves through a pipeline: which are permitted, what they ask, and the history of stays that they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.errors import Problem
from sartor.platform.model import Field, Model, Pipeline, Stage, Transition
from sartor.platform.model.pipeline import Outcome
from sartor.platform.records.judging.rules import broken_checks
from sartor.platform.records.memory.change import Change, Move
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.columns import instant_text, seconds_between
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, near, pick
from sartor.platform.work import Work


def _end_stay(dialect: str) -> sa.Update:
    """End the stay that is still open, and say how many seconds it took."""
    until = sa.bindparam("until", type_=sys_stay.c.left_at.type)
    mine = [sys_stay.c[name] == sa.bindparam(f"of_{name}") for name in ("entity", "record", "field")]
    seconds = seconds_between(sys_stay.c.at, until, dialect)
    dwell = sa.case((seconds > 0, seconds), else_=0)
    return sa.update(sys_stay).where(*mine, sys_stay.c.left_at.is_(None)).values(left_at=until, dwell=dwell)


END_STAY = Prepared(_end_stay)


def pipeline_of(item: Field, change: Change, model: Model) -> Pipeline:
    """The pipeline that the record follows."""
    names = item.type.pipelines(item)
    chooser = item.options.get("by")
    chosen = change.after.get(chooser) if chooser else None
    return model.pipelines[chosen if chosen is not None and chosen in names else names[0]]


def note_moves(change: Change, model: Model, notes: Mapping[str, str], now: datetime) -> None:
    """Give new records their first stage, and note every stage field that moves, with the time of it."""
    change.moves.clear()
    for item in change.plan.stages:
        pipeline = pipeline_of(item, change, model)
        before = change.before.get(item.name) if change.before else None
        source = key_of(item, before)
        target = key_of(item, change.after.get(item.name)) or source or pipeline.first
        if source == target:
            change.after.values[item.name] = before
            continue
        since = change.after.get("created_at") if change.before is None else now
        change.after.values[item.name] = item.type.entered(item, target, since or now)
        change.moves.append(Move(item.name, pipeline.name, source, target, notes.get(item.name)))


def key_of(item: Field, value: Any) -> str | None:
    return None if value is None else item.type.operand(item, value)


def entered(change: Change, model: Model) -> Iterator[tuple[Stage | None, Stage | None]]:
    """For each move the stage left and the stage entered."""
    for move in change.moves:
        stages = model.pipelines[move.pipeline].stages
        yield stages.get(move.source or ""), stages.get(move.target)


def judge_moves(change: Change, values: RecordValues, context: Context) -> list[Problem]:
    """What stands against the moves of a write."""
    return [problem for move in change.moves for problem in _judge(move, change, values, context)]


def _judge(move: Move, change: Change, values: RecordValues, context: Context) -> Iterator[Problem]:
    pipeline = context.model.pipelines[move.pipeline]
    target = pipeline.stages.get(move.target)
    if target is None:
        guess = near(move.target, pipeline.stages)
        said = _("There is no stage %(name)s in %(pipeline)s.", name=move.target, pipeline=pick(pipeline.label))
        yield Problem(move.field, "unknown", said, guess)
        return
    yield from broken_checks(target.to_enter, change, values)
    source = pipeline.stages.get(move.source or "")
    if source is None:
        return
    if target.outcome in (Outcome.OPEN, Outcome.WON) and target.index > source.index:
        yield from broken_checks(source.to_leave, change, values)
    yield from _judge_transition(move, pipeline, change, values, context)


def _judge_transition(
    move: Move, pipeline: Pipeline, change: Change, values: RecordValues, context: Context
) -> Iterator[Problem]:
    ways = pipeline.between(move.source or "", move.target)
    names = {
        "source": pick(pipeline.stages[move.source or ""].label),
        "target": pick(pipeline.stages[move.target].label),
    }
    if not ways:
        yield Problem(move.field, "transition", no_way(pipeline, move.source or "", move.target, context))
        return
    allowed = [way for way in ways if may_take(way, context)]
    if not allowed:
        roles = sorted({pick(context.model.roles[role].label) for way in ways for role in way.roles})
        said = _("Only %(roles)s may move it from %(source)s to %(target)s.", roles=listed(roles), **names)
        yield Problem(move.field, "transition_role", said)
        return
    verdicts = [list(_asked(way, move, change, values)) for way in allowed]
    yield from min(verdicts, key=len)


def no_way(pipeline: Pipeline, source: str, target: str, context: Context) -> str:
    """That no transition leads from one stage to another, and where the actor may go instead."""
    reached = {name: pipeline.between(source, name) for name in pipeline.reachable(source)}
    open_to = [name for name, ways in reached.items() if any(may_take(way, context) for way in ways)]
    instead = [pick(pipeline.stages[name].label) for name in open_to]
    names = {"source": pick(pipeline.stages[source].label), "target": pick(pipeline.stages[target].label)}
    if not instead:
        return _("It cannot go from %(source)s to %(target)s.", **names)
    return _("It cannot go from %(source)s to %(target)s, but to: %(stages)s.", stages=listed(instead), **names)


def may_take(way: Transition, context: Context) -> bool:
    """Whether the actor's roles permit a transition; the system and whoever designs may take any."""
    mine = {role.name for role in context.access.rights.roles}
    return not way.roles or context.access.rights.complete or bool(mine & set(way.roles))


def _asked(way: Transition, move: Move, change: Change, values: RecordValues) -> Iterator[Problem]:
    if way.note and not move.note:
        yield Problem(move.field, "note", _("This step needs a reason."))
    yield from broken_checks(way.checks, change, values)


def write_stays(changes: Iterable[Change], work: Work, database: Database, model: Model, actor: int | None) -> None:
    """End the stays that were left, note the stages that were passed over, and begin the new ones."""
    rows: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    for change in changes:
        for move in change.moves:
            made_at = change.after.get("created_at") if change.before is None else None
            at = instant_text(made_at or work.now)
            common: dict[str, Any] = {
                "entity": change.entity.table,
                "record": change.id,
                "field": change.entity.fields[move.field].stored_as,
                "pipeline": move.pipeline,
                "by": actor,
                "source": move.source,
                "at": at,
            }
            if move.source is not None:
                ended.append({f"of_{name}": common[name] for name in ("entity", "record", "field")} | {"until": at})
            for stage in passed_over(model.pipelines[move.pipeline], move):
                rows.append(common | {"stage": stage, "left_at": at, "dwell": 0, "skipped": True, "note": None})
            begun = {"stage": move.target, "left_at": None, "dwell": None, "skipped": False, "note": move.note}
            rows.append(common | begun)
    if ended:
        work.send(END_STAY(database.dialect), ended)
    if rows:
        ids = database.new_ids(len(rows))
        numbered = [{"id": number, **row} for number, row in zip(ids, rows, strict=True)]
        system_adding(sys_stay, database.dialect).send(work, numbered)


def passed_over(pipeline: Pipeline, move: Move) -> list[str]:
    """Open stages between the two, which count as passed; a new record that starts late passed none."""
    source = move.source
    return pipeline.passed(source, move.target) if source is not None and source in pipeline.stages else []
