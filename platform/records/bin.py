"""The recycle bin: records go there with their lines, and come back with them. What is still needed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from sartor.platform.errors import Conflict, Problem
from sartor.platform.model import Field
from sartor.platform.records.memory.change import Change
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick

if TYPE_CHECKING:
    from sartor.platform.records.writing import Writing


def delete_record(change: Change, writing: Writing) -> None:
    """Mark the record and its lines as deleted.

    :raises Conflict: while live records that need it point to it.
    """
    _refuse_while_needed(change, writing)
    for state in writing.lines_of(change.after):
        plan = writing.plan(state.entity.name)
        line = Change("delete", plan, state, state.copy(), follows=True, saved=dict(state.values))
        writing.begin(line).after.values["deleted_at"] = writing.work.now
    _mark(change, writing, deleted=True)


def restore_record(change: Change, writing: Writing) -> None:
    """Take the mark away, from the record and from the lines that were deleted in the same moment."""
    assert change.before is not None
    moment = change.before.get("deleted_at")
    for item in change.plan.lines:
        entity, lookup = item.type.owns(item)
        for number in _deleted_lines(writing, entity, lookup, change.id):
            state = writing.loader.state(entity, number)
            if state is not None and state.get("deleted_at") == moment:
                plan = writing.plan(entity)
                line = Change("restore", plan, state, state.copy(), follows=True, saved=dict(state.values))
                writing.begin(line).after.values["deleted_at"] = None
    _mark(change, writing, deleted=False)


def _mark(change: Change, writing: Writing, *, deleted: bool) -> None:
    values = change.after.values
    values["deleted_at"] = writing.work.now if deleted else None
    values["version"] = change.after.version + 1
    values["updated_at"] = writing.work.now
    values["updated_by"] = writing.context.actor.id


def _deleted_lines(writing: Writing, entity: str, lookup: str, parent: int) -> list[int]:
    table = writing.tools.tables.of(entity)
    pointer = writing.tools.tables.column(writing.context.model.entities[entity].fields[lookup])
    chosen = sa.select(table.c.id).where(pointer == parent, table.c.deleted_at.is_not(None))
    ids = [row[0] for row in writing.work.connection.execute(chosen)]
    writing.loader.load(entity, ids)
    return ids


def _refuse_while_needed(change: Change, writing: Writing) -> None:
    problems = []
    for item in writing.context.model.lookups_to(change.entity.name):
        if _is_own_line(item, change, writing) or item.type.on_delete(item) != "refuse":
            continue
        count = _count_pointing(item, change, writing)
        if count:
            label = pick(writing.context.model.entities[item.entity].plural)
            said = ngettext(
                "%(n)s record in %(label)s needs it.", "%(n)s records in %(label)s need it.", count, label=label
            )
            problems.append(Problem(item.entity, "needed", said))
    if problems:
        raise Conflict(_("It cannot be deleted while other records need it."), problems)


def _is_own_line(item: Field, change: Change, writing: Writing) -> bool:
    line_of = writing.context.model.entities[item.entity].line_of
    return line_of is not None and line_of.parent == change.entity.name and line_of.lookup == item.name


def _count_pointing(item: Field, change: Change, writing: Writing) -> int:
    if item.type.members(item) is not None:
        return 0
    tables = writing.tools.tables
    table = tables.of(item.entity)
    specs = item.type.columns(item)
    conditions = [table.c[item.stored_as + specs[0].suffix] == change.id, table.c.deleted_at.is_(None)]
    if len(specs) > 1:
        conditions.append(
            table.c[item.stored_as + specs[1].suffix] == item.type.stored_target(item, change.entity.name)
        )
    return writing.work.connection.execute(
        sa.select(sa.func.count()).select_from(table).where(*conditions)
    ).scalar_one()
