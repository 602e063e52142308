"""A plan drawn up from what was set face to face: its steps with their times, what stands against it, what to note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Problem
from sartor.platform.expressions import Env
from sartor.platform.model import Entity
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Plan, PlanStep
from sartor.platform.publishing.steps.adopted import adopt_steps
from sartor.platform.publishing.steps.computed import compute_steps
from sartor.platform.publishing.steps.converted import convert_steps
from sartor.platform.publishing.steps.entities import entity_steps, left_behind, retired_things
from sartor.platform.publishing.steps.indexes import index_steps, passes
from sartor.platform.publishing.steps.indexing import Wanted
from sartor.platform.publishing.steps.named import named_steps
from sartor.platform.publishing.steps.others import labels_kept, option_steps, other_steps
from sartor.platform.publishing.steps.rekeyed import rekey_steps
from sartor.platform.publishing.steps.table_changes import too_wide
from sartor.platform.publishing.trials.colliding import in_the_way
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.values.pace import WRITE, Pace, pace_of
from sartor.platform.publishing.words.access_changes import access_changes
from sartor.platform.storage.catalogue import COUNTED, all_rows
from sartor.platform.text import listed, ngettext, pick

Indexes = list[tuple[Entity, Wanted, Wanted]]
"""Of an entity, what it has and what it shall have."""


def drawn_up(facing: Facing, wanted: Indexes, env: Env) -> Plan:
    """The plan of a design. wanted: the indexes that are to be others. env: what values are worked out with."""
    steps: list[PlanStep] = [
        *entity_steps(facing),
        *rekey_steps(facing),
        *named_steps(facing),
        *convert_steps(facing),
        *compute_steps(facing),
    ]
    steps += list(adopt_steps(facing, steps))
    for entity, before, after in wanted:
        steps += index_steps(facing, entity, before, after)
    steps += [*option_steps(facing), *other_steps(facing)]
    pace = pace_of(facing.connection)
    return Plan(
        base=facing.before.revision,
        design=facing.after,
        changed=sorted(facing.changed),
        steps=tuple(_timed(_counted(facing, step), pace) for step in steps),
        access=tuple(access_changes(facing.before.model, facing.after.model, facing.lineage)),
        obstacles=tuple(_obstacles(facing, wanted, steps, env)),
        notes=tuple(_notes(wanted, facing.after.documents)),
        retired=(*retired_things(facing), *left_behind(facing), *labels_kept(facing)),
    )


def _counted(facing: Facing, step: PlanStep) -> PlanStep:
    """With all of its records, where the catalogue says no more than that they are many."""
    if step.rows != COUNTED or (step.job is None and step.kind != "unique"):
        return step
    entity = facing.after.model.entities[step.subject.partition("#")[0].partition("/")[2]]
    return replace(step, rows=all_rows(facing.connection, entity.table))


def _timed(step: PlanStep, pace: Pace) -> PlanStep:
    """With its expected time."""
    kind = WRITE if isinstance(step.job, Conversion) else step.sort
    seconds = _seconds(step, pace)
    return replace(step, seconds=seconds, unsure=kind not in pace.known) if seconds else step


def _seconds(step: PlanStep, pace: Pace) -> int:
    """Of values that are prepared only the latest are left to be converted."""
    if not isinstance(step.job, Conversion):
        return pace.seconds(step.sort, step.rows * passes(step))
    return 0 if step.job.prepared else pace.converting(step.rows, step.job.trying)


def _obstacles(facing: Facing, wanted: Indexes, steps: list[PlanStep], env: Env) -> Iterator[Problem]:
    for entity in facing.after.model.entities.values():
        if facing.is_touched(entity):
            yield from too_wide(facing, entity)
    yield from in_the_way(facing, {entity.name: after for entity, _before, after in wanted}, steps, env)


def _notes(wanted: Indexes, documents: Documents) -> Iterator[str]:
    for entity, _before, after in wanted:
        if after.left_out:
            text = ngettext(
                "%(label)s has enough indexes; %(n)s page goes without: %(pages)s",
                "%(label)s has enough indexes; %(n)s pages go without: %(pages)s",
                len(after.left_out),
                label=pick(entity.label),
                pages=listed(pick(documents[key].get("label")) or key for key in after.left_out),
            )
            yield text
