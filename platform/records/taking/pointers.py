"""What a record may point to: records that exist, are not deleted, and that the actor can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sartor.platform.access.scopes import EVERYTHING
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Field, Operation, Reference
from sartor.platform.records.memory.plan import EntityPlan
from sartor.platform.records.taking.closed import admits
from sartor.platform.storage.statement import list_value
from sartor.platform.storage.together import Raced
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.work import Guard

if TYPE_CHECKING:
    from sartor.platform.records.writing import Writing


Pointer = tuple[Field, str, int]
"""A field, and the record that it points to."""


def require_targets(plan: EntityPlan, values: Mapping[str, Any], writing: Writing) -> None:
    """Look up all the records that the given values point to, one statement for each entity.

    :raises Invalid: naming the fields that point to nothing the actor could choose.
    """
    confirm(list(_pointers(plan, values)), writing)


def expect_targets(plan: EntityPlan, values: Mapping[str, Any], writing: Writing) -> None:
    """The same for a new record, without a look where a late work can be trusted to judge it with the INSERT itself.

    Should one of the records not be there, the work is done again, and the second time they are looked up.
    """
    apart: list[Pointer] = []
    expected: dict[str, set[int]] = defaultdict(set)
    for pointer in _pointers(plan, values):
        if _is_judged_later(pointer[1], writing):
            expected[pointer[1]].add(pointer[2])
            writing.expected.append(pointer)
        else:
            apart.append(pointer)
    for entity, ids in expected.items():
        writing.work.guard(_all_there(entity, ids, writing))
    if apart:
        confirm(apart, writing)


def confirm_targets(writing: Writing) -> None:
    """:raises Invalid: what `expect_targets` left for later, where the write ends before it is judged."""
    confirm(writing.expected, writing)


def _is_judged_later(entity: str, writing: Writing) -> bool:
    """Whether every record of it that is not deleted may be chosen, so that the database can tell by itself."""
    context = writing.context
    return (
        writing.work.is_late
        and context.purpose != "migrate"
        and context.model.entities[entity].line_of is None
        and context.access.scope(Operation.READ, entity) == EVERYTHING
    )


def _all_there(entity: str, ids: set[int], writing: Writing) -> Guard:
    counting = writing.tools.live_count(entity)
    values = {"ids": list_value(sorted(ids), writing.tools.tables.dialect)}
    return Guard(None, lambda _dialect: counting, len(ids), Raced, values)


def confirm(pointers: Sequence[Pointer], writing: Writing) -> None:
    """:raises Invalid: naming the fields that point to nothing the actor could choose."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for _item, entity, number in pointers:
        wanted[entity].add(number)
    for entity, ids in wanted.items():
        writing.loader.load(entity, ids)
    problems = [
        Problem(item.name, "unknown", _("%(field)s: there is no such record.", field=pick(item.label)))
        for item, entity, number in pointers
        if not _choosable(entity, number, writing)
    ]
    if problems:
        raise Invalid(_("The record was not saved."), problems)


def _pointers(plan: EntityPlan, values: Mapping[str, Any]) -> Iterable[Pointer]:
    for name, value in values.items():
        if value is None or name not in plan.targets:
            continue
        item, targets = plan.entity.fields[name], plan.targets[name]
        if isinstance(value, Reference):
            yield item, value.entity, value.id
        elif isinstance(value, int):
            yield item, targets[0], value
        else:
            yield from ((item, targets[0], number) for number in item.type.store(item, value))


def _choosable(entity: str, number: int, writing: Writing) -> bool:
    context = writing.context
    state = writing.loader.state(entity, number)
    if state is None or (state.get("deleted_at") is not None and context.purpose != "migrate"):
        return False
    return admits(context.access.scope(Operation.READ, entity), state, writing.loader, context)
