"""What a record may point to: records that exist, are not deleted, and that the actor can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Field, Operation, Reference
from sartor.platform.records.closed import admits
from sartor.platform.records.plan import EntityPlan
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

if TYPE_CHECKING:
    from sartor.platform.records.writing import Writing


def require_targets(plan: EntityPlan, values: Mapping[str, Any], writing: Writing) -> None:
    """Look up all the records that the given values point to, one statement for each entity.

    :raises Invalid: naming the fields that point to nothing the actor could choose.
    """
    pointers = list(_pointers(plan, values))
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


def _pointers(plan: EntityPlan, values: Mapping[str, Any]) -> Iterable[tuple[Field, str, int]]:
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
