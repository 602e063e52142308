"""Steps for records from before their pipeline: without a stage they would stand on no board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.steps.entities import subject_of
from sartor.platform.publishing.steps.indexes import BIG
from sartor.platform.publishing.store import Revision
from sartor.platform.publishing.values.adoption import Adoption, follows
from sartor.platform.text import ngettext, pick


def adopt_steps(facing: Facing, before: Sequence[PlanStep]) -> Iterator[PlanStep]:
    """One for each pipeline that is new to its records, or was changed. before: steps whose values come first."""
    for entity in facing.after.model.entities.values():
        for field in entity.fields.values() if facing.rows(entity) and not entity.inert else ():
            for name in () if field.inert else field.type.pipelines(field):
                rows = _waiting(facing, entity, field, name, before) if _concerns(facing, field, name) else 0
                if rows:
                    yield _step(facing, field, name, rows)


def _concerns(facing: Facing, field: Field, pipeline: str) -> bool:
    """Whether it takes in who has no stage, and something about it is new."""
    former = facing.former_field(field)
    is_new = former is None or former.inert or former.stored_as != field.stored_as
    return facing.after.model.pipelines[pipeline].adopts and (is_new or f"pipeline/{pipeline}" in facing.changed)


def _step(facing: Facing, field: Field, pipeline: str, rows: int) -> PlanStep:
    follows = facing.after.model.pipelines[pipeline]
    text = ngettext(
        "%(label)s: %(n)s record without a stage comes into “%(stage)s”",
        "%(label)s: %(n)s records without a stage come into “%(stage)s”",
        rows,
        label=pick(follows.label),
        stage=pick(follows.stages[follows.first].label),
    )
    grade = Grade.SLOW if rows > BIG else Grade.SAFE
    job = Adoption(field.entity, field.name, pipeline)
    return PlanStep("adopt", f"pipeline/{pipeline}", text, grade, rows, job=job)


def _waiting(facing: Facing, entity: Entity, field: Field, pipeline: str, before: Sequence[PlanStep]) -> int:
    """How many records will have no stage when everything else is done."""
    table, there = facing.after.tables.of(entity), facing.there(entity.table).columns
    alive = [table.c.deleted_at.is_(None), _followers(facing, field, pipeline)]
    former = facing.former_field(field)
    unconverted = 0
    if field.stored_as in there:
        alive.append(facing.after.tables.column(field).is_(None))
    elif former is not None and former.stored_as in there:
        alive.append(sa.column(facing.before.tables.column(former).name).is_(None))
        counts = (step.counts for step in before if step.subject == subject_of(field) and step.counts)
        unconverted = sum(each.failed for each in counts)
    counted = sa.select(sa.func.count()).select_from(table).where(*alive)
    return int(facing.connection.execute(counted).scalar_one()) + unconverted


def _followers(facing: Facing, field: Field, pipeline: str) -> sa.ColumnElement[bool]:
    """Which records follow the pipeline; where nothing says so yet, all follow the first one."""
    first, *others = field.type.pipelines(field)
    entity = facing.after.model.entities[field.entity]
    if others and entity.fields[field.options["by"]].stored_as not in facing.there(entity.table).columns:
        return sa.true() if pipeline == first else sa.false()
    return follows(field, pipeline, facing.after.tables)


def kept_after_all(facing: Facing, since: Iterable[Revision]) -> Iterator[str]:
    """What going back does not take away: stages and choices that later publications gave, as far as they go on."""
    for revision in since:
        for step in revision.summary:
            key = step["subject"].partition("#")[0]
            if step["kind"] in ("adopt", "take_over") and step["rows"] and key in facing.after.documents:
                yield _kept(key, step["rows"], revision.number)


def _kept(key: str, rows: int, number: int) -> str:
    if key.startswith("pipeline/"):
        return ngettext(
            "%(n)s record that revision %(number)s put into a stage stays there",
            "%(n)s records that revision %(number)s put into a stage stay there",
            rows,
            number=number,
        )
    return ngettext(
        "%(n)s record keeps the choice that revision %(number)s gave it",
        "%(n)s records keep the choice that revision %(number)s gave them",
        rows,
        number=number,
    )
