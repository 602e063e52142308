"""How records begin to take part in a write: made or changed as was sent, worked out but not judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sartor.platform.errors import Invalid, NotFound, Problem
from sartor.platform.fields.children import Lines
from sartor.platform.model import FieldLevel, Operation
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.state import State
from sartor.platform.records.taking.closed import admits, require_scope, require_writable
from sartor.platform.records.taking.merging import refuse_lost_updates
from sartor.platform.records.taking.parse import parse
from sartor.platform.records.taking.pointers import expect_targets, require_targets
from sartor.platform.records.wish import Wish
from sartor.platform.records.writing import Writing
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


def begin_create(
    writing: Writing,
    entity: str,
    sent: Mapping[str, Any],
    record_id: int | None = None,
    *,
    at_once: bool = False,
) -> Change:
    """A new record and its lines, worked out but not judged. at_once: what it points to is looked up now."""
    plan = writing.plan(entity)
    values = parse(plan, sent, writing.context.access)
    lines = {item.name: values.pop(item.name) for item in plan.lines if item.name in values}
    require_writable(plan, [*values, *lines], writing.context, Operation.CREATE, None, writing.loader)
    (require_targets if at_once else expect_targets)(plan, values, writing)
    change = _new(writing, entity, values, record_id)
    if lines:
        _begin_lines(writing, change, lines)
    return change


def _new(writing: Writing, entity: str, values: Mapping[str, Any], record_id: int | None) -> Change:
    now, actor, plan = writing.work.now, writing.context.actor.id, writing.plan(entity)
    number = record_id if record_id is not None else writing.tools.database.new_id()
    stamps = {"created_at": now, "created_by": actor, "updated_at": now, "updated_by": actor, "deleted_at": None}
    known = {**stamps, "id": number, "version": 1, **values, **plan.uncounted}
    if writing.context.purpose == "migrate" and "updated_at" not in values:
        known["updated_at"] = known["created_at"]
    change = Change("create", plan, None, State(plan.entity, number, known, new=True), frozenset(values))
    writing.begin(change)
    writing.filling.fill(change)
    return change


def begin_update(writing: Writing, entity: str, record_id: int, wish: Wish) -> Change:
    """A changed record and its lines, worked out but not judged."""
    change = take(writing, entity, record_id, Operation.UPDATE)
    plan = change.plan
    values = parse(plan, wish.values, writing.context.access)
    lines = {item.name: values.pop(item.name) for item in plan.lines if item.name in values}
    operation = Operation.UPDATE
    require_writable(plan, [*values, *lines], writing.context, operation, change.before, writing.loader)
    require_targets(plan, values, writing)
    for name in values:
        writing.loader.value(change.saw, plan.entity.fields[name])
    refuse_lost_updates(change, values, wish.version, writing.work)
    writing.filling.notes.update(wish.notes)
    change.give(values)
    writing.filling.fill(change)
    if lines:
        _begin_lines(writing, change, lines)
    if lines or change.changed() or _is_blind(writing, entity, values):
        _stamp(writing, change)
    return change


def _is_blind(writing: Writing, entity: str, names: Iterable[str]) -> bool:
    """Whether somebody writes what he may not read: that counts as a change, or the version would tell whether it
    was one."""
    level = writing.context.access.level
    return any(level(entity, name) < FieldLevel.READ for name in names)


def take(writing: Writing, entity: str, record_id: int, operation: Operation, *, deleted: bool = False) -> Change:
    """The record, locked, if the actor may do this with it. deleted: it is looked for in the recycle bin.

    :raises NotFound: where there is none that is open to the actor. :raises Forbidden: for what he may not do.
    """
    context = writing.context
    context.access.require(operation, entity)
    state = writing.loader.take(entity, record_id)
    scope = context.access.scope(Operation.READ, entity)
    here = state is not None and (state.get("deleted_at") is not None) == deleted
    if state is None or not here or not admits(scope, state, writing.loader, context):
        label = pick(context.model.entity(entity).label)
        raise NotFound(_("There is no %(entity)s with this address, or it is not open to you.", entity=label))
    kind = "restore" if deleted else {Operation.DELETE: "delete"}.get(operation, "update")
    change = Change(kind, writing.plan(entity), state, state.copy(), saved=dict(state.values))
    require_scope(change, context, operation, writing.loader)
    return writing.begin(change)


def _stamp(writing: Writing, change: Change) -> None:
    values = change.after.values
    values["version"] = change.saw.version + 1
    if not (writing.context.purpose == "migrate" and "updated_at" in change.given):
        values["updated_at"] = writing.work.now
        values["updated_by"] = writing.context.actor.id


# ---- lines


def _begin_lines(writing: Writing, parent: Change, sent: Mapping[str, Lines | None]) -> None:
    for name, lines in sent.items():
        item = parent.entity.fields[name]
        entity, lookup = item.type.owns(item)
        for place, (kind, number, values) in enumerate(_pieces(lines or Lines())):
            try:
                _begin_line(writing, parent, entity, lookup, (kind, number, values))
            except Invalid as error:
                raise Invalid(error.message, [_inside(f"{name}.{place}", each) for each in error.problems]) from None


def _begin_line(
    writing: Writing,
    parent: Change,
    entity: str,
    lookup: str,
    piece: tuple[str, int | None, Mapping[str, Any]],
) -> None:
    kind, number, sent = piece
    plan = writing.plan(entity)
    if kind == "add":
        values = parse(plan, sent, writing.context.access)
        require_writable(plan, values, writing.context, Operation.CREATE, None, writing.loader)
        require_targets(plan, values, writing)
        _new(writing, entity, values | {lookup: parent.id}, None)
        return
    state = None if number is None else writing.loader.state(entity, number)
    if state is None or state.get(lookup) != parent.id or state.get("deleted_at") is not None:
        raise Invalid(_("This line does not belong to the record."), [Problem("", "line", _("No such line."))])
    change = writing.begin(Change("update", plan, state, state.copy(), saved=dict(state.values)))
    if kind == "remove":
        change.kind = "delete"
        change.after.values["deleted_at"] = writing.work.now
    else:
        values = parse(plan, sent, writing.context.access)
        require_writable(plan, values, writing.context, Operation.UPDATE, parent.before, writing.loader)
        require_targets(plan, values, writing)
        change.give(values)
        writing.filling.fill(change)
    _stamp(writing, change)


def _pieces(lines: Lines) -> Iterable[tuple[str, int | None, Mapping[str, Any]]]:
    for values in lines.add:
        yield "add", None, values
    for number, values in lines.update.items():
        yield "update", number, values
    for number in lines.remove:
        yield "remove", number, {}


def _inside(place: str, problem: Problem) -> Problem:
    field = f"{place}.{problem.field}" if problem.field else place
    return Problem(field, problem.code, problem.message, problem.near)
