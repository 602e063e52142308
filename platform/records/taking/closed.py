"""Who may write which fields of which record. Refusal, never silent dropping."""

from __future__ import annotations

from collections.abc import Collection

from sartor.platform.access.context import Context
from sartor.platform.access.scopes import EVERYTHING, Scope
from sartor.platform.errors import Forbidden, Problem
from sartor.platform.model import Operation
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.plan import EntityPlan
from sartor.platform.records.memory.state import Loader, State
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


def admits(scope: Scope, state: State, loader: Loader, context: Context) -> bool:
    """Whether a record in this state lies within a scope; lines are judged by the record that they belong to."""
    line_of = state.entity.line_of
    if line_of is not None:
        parent = loader.state(line_of.parent, state.get(line_of.lookup) or 0)
        if parent is None:
            return False
        state = parent
    if scope is EVERYTHING:
        return True
    place, values = loader.place(state.entity), state.values
    owner = values.get(place.owner)
    department = values.get(place.department) if place.department else None
    return scope.admits(
        owner, department, lambda formula: bool(RecordValues(state, loader, context.env()).evaluate(formula))
    )


def require_writable(
    plan: EntityPlan,
    names: Collection[str],
    context: Context,
    operation: Operation,
    state: State | None,
    loader: Loader,
) -> None:
    """:raises Forbidden: naming every sent field that the actor may not write in this record."""
    judge = None if state is None else lambda scope: admits(scope, state, loader, context)
    writable = context.access.writable(operation, plan.entity.name, judge)
    if writable.issuperset(names) and plan.typed.issuperset(names):
        return
    migrating = context.purpose == "migrate"
    problems = []
    for name in sorted(names):
        item = plan.entity.fields[name]
        if migrating and not item.type.owns(item):
            continue
        if item.type.computed or (item.read_only and not migrating):
            said = _("%(field)s is not typed by people.", field=pick(item.label))
        elif name not in writable:
            said = _("You may not change %(field)s.", field=pick(item.label))
        else:
            continue
        problems.append(Problem(name, "read_only", said))
    if problems:
        raise Forbidden(_("Nothing was saved."), problems)


def require_scope(change: Change, context: Context, operation: Operation, loader: Loader) -> None:
    """:raises Forbidden: when the record, as the operation judges it, is not within the actor's reach."""
    state = change.before if change.before is not None else change.after
    scope = context.access.scope(operation, change.entity.name)
    if not admits(scope, state, loader, context):
        raise Forbidden(context.access.unreached(operation, change.entity.name).message)
