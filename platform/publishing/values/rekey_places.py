"""Where the keys of choices and stages are: in columns, beside records, in their stays; of what is in use and of what
comes back into use."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing, Returning
from sartor.platform.publishing.values.rekey import Places
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.system.stays import sys_stay


def places(facing: Facing, field: Field, owner: str) -> Iterator[Places]:
    """Of a field that goes on in its columns."""
    if not owner.startswith("pipeline/"):
        yield from _held(facing, field)
        return
    former, pipeline = facing.former_field(field), facing.lineage.others.get(owner, owner).partition("/")[2]
    entity = facing.after.model.entities[field.entity]
    yield from _in_stays(entity, field, pipeline)
    if former is not None and pipeline in former.details.pipelines:
        column = facing.before.tables.column(former)
        by = former.details.by and facing.before.model.entities[former.entity].fields[former.details.by]
        chosen = facing.before.tables.column(by) if by else None
        only = _following(chosen, former.details.pipelines, pipeline)
        yield Places(facing.before.tables.of(former.entity), column, only)


def places_back(facing: Facing, back: Returning, owner: str) -> Iterator[Places]:
    """Of a field that comes back. owner: what says its keys, as it was called then."""
    if not owner.startswith("pipeline/"):
        yield from _held(facing, back.now)
        return
    entity, pipeline = facing.after.model.entities[back.now.entity], owner.partition("/")[2]
    yield from _in_stays(entity, back.now, pipeline)
    if back.now.stored_as in facing.there(entity.table).columns:
        names = [_published(facing, back, each) for each in back.old.details.pipelines]
        only = _following(_choice(facing, back), names, _published(facing, back, pipeline))
        yield Places(facing.after.tables.of(entity), facing.after.tables.column(back.now), only)


def stays_of(entity: Entity, field: Field) -> sa.ColumnElement[bool]:
    return sa.and_(sys_stay.c.entity == entity.table, sys_stay.c.field == field.stored_as)


def _held(facing: Facing, field: Field) -> Iterator[Places]:
    """In the column of a field or beside the record."""
    entity = facing.after.model.entities[field.entity]
    if field.type.members(field):
        side = facing.after.tables.members(field)
        if side.name in facing.facts:
            yield Places(side, side.c.value, beside=side.c.record)
    elif (is_stored(field) or not field.type.computed) and field.stored_as in facing.there(entity.table).columns:
        yield Places(facing.after.tables.of(entity), facing.after.tables.column(field))


def _in_stays(entity: Entity, field: Field, pipeline: str) -> Iterator[Places]:
    """Stays in a pipeline; and those that came from one in it, though they may be in another themselves."""
    here = stays_of(entity, field)
    left = sys_stay.alias("left_stay")
    same = [left.c[name] == sys_stay.c[name] for name in ("entity", "record", "field")]
    came = (left.c.left_at == sys_stay.c.at) & (left.c.id != sys_stay.c.id) & ~left.c.skipped
    found = sa.select(left.c.pipeline).where(*same, came).order_by(left.c.id.desc()).limit(1).correlate(sys_stay)
    before = sa.func.coalesce(found.scalar_subquery(), sys_stay.c.pipeline)
    yield Places(sys_stay, sys_stay.c.source, (here, before == pipeline))
    yield Places(sys_stay, sys_stay.c.stage, (here, sys_stay.c.pipeline == pipeline))


def _following(
    chosen: sa.ColumnElement[str] | None, pipelines: list[str] | tuple[str, ...], pipeline: str
) -> tuple[sa.ColumnElement[bool], ...]:
    """Of several pipelines that a field has, the records that follow this one: the first, where none is chosen."""
    if chosen is None:
        return ()
    first, *others = pipelines
    return (chosen.is_(None) | chosen.not_in(others) if pipeline == first else chosen == pipeline,)


def _choice(facing: Facing, back: Returning) -> sa.ColumnElement[str] | None:
    """The column that chooses the pipeline of a stage that comes back."""
    if back.old.details.by is None:
        return None
    column = back.then.model.entities[back.old.entity].fields[back.old.details.by].stored_as
    table = facing.after.model.entities[back.now.entity].table
    return sa.column(column, sa.Text()) if column in facing.there(table).columns else None


def _published(facing: Facing, back: Returning, pipeline: str) -> str:
    """What that column calls a pipeline: as it was called then, or where the column has been in use, as it is
    published."""
    former = facing.former(facing.after.model.entities[back.now.entity])
    by = back.then.model.entities[back.old.entity].fields[back.old.details.by or back.old.name].stored_as
    if former is None or all(each.stored_as != by for each in former.fields.values()):
        return pipeline
    now = back.called_now(f"pipeline/{pipeline}")
    return facing.lineage.others.get(now, now).partition("/")[2]
