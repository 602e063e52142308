"""Filters by a field with choices, or by a record: `account.industry=it,energy` narrows customers, and whatever leads
to one; `deal.account=ID` the deals of a customer, and whatever else belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.access.grants import designed
from sartor.platform.access.rights import Access
from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.operators import chosen_condition, chosen_from, may_narrow, sought_in
from sartor.platform.model import Entity, Field, FieldLevel, Model, Operation
from sartor.platform.text import gettext as _

REACH = 2
"""Through how many lookups records are looked for that have the field."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of a field of an entity."""

    entity: str
    field: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.entity}.{self.field}"

    def __str__(self) -> str:
        return f"{self.name}={','.join(self.keys)}"


def read_choices(text: str | None) -> tuple[Chosen, ...]:
    """`account.industry=it,energy;deal.source=fair`. :raises Invalid: for a text of another form."""
    return tuple(_chosen(each) for each in (text or "").split(";") if each.strip())


def _chosen(text: str) -> Chosen:
    name, _equals, values = text.strip().partition("=")
    entity, _dot, field = name.partition(".")
    keys = tuple(each.strip() for each in values.split(",") if each.strip())
    if not (entity and field and keys):
        said = _("“%(text)s” does not say what is chosen of which field.", text=text.strip())
        raise Invalid(said, [Problem("choices", "form", said)])
    return Chosen(entity, field, keys)


def asked_field(model: Model, access: Access, name: str) -> Field:
    """The field of a filter. :raises Invalid: for one that the reader does not know, or that leaves no choice."""
    entity, _dot, field = name.partition(".")
    here = model.entities.get(entity)
    found = here.fields.get(field) if here else None
    if found is None or access.level(entity, field) == FieldLevel.HIDDEN or not _leaves_choice(access, found):
        said = _("Nothing can be filtered by “%(name)s”.", name=name)
        raise Invalid(said, [Problem("choices", "unknown", said)])
    return found


def _leaves_choice(access: Access, field: Field) -> bool:
    """Whether a reader finds something to choose of a field: records only where they are open to him."""
    target = sought_in(field)
    return may_narrow(field) and (target is None or access.may(Operation.READ, target))


def choice_condition(model: Model, access: Access, entity: Entity, chosen: Chosen) -> str | None:
    """What a filter asks of an entity; None where nothing that is open to the reader leads from it to the field.

    :raises Invalid: for a field or a value that there is not.
    """
    field = asked_field(model, access, chosen.name)
    found = _nearest(model, access, entity, field)
    if found is None:
        return None
    path, own = found
    return chosen_condition(own, path, chosen.keys)


def _nearest(model: Model, access: Access, entity: Entity, field: Field) -> tuple[str, Field] | None:
    """The shortest path to the field, or to one that says the same; the first one where several are."""
    waiting: list[tuple[Entity, tuple[str, ...]]] = [(entity, ())]
    seen = {entity.name}
    for _far in range(REACH + 1):
        for here, steps in waiting:
            own = _alike(model, here, field)
            if own and access.path_is_readable(designed(entity.name), (*steps, own.name)):
                return ".".join((*steps, own.name)), own
        waiting = [
            (model.entity(target), (*steps, step))
            for here, steps in waiting
            for step, target in _behind(here)
            if target not in seen and target in model.entities
        ]
        seen |= {here.name for here, _steps in waiting}
    return None


def _alike(model: Model, entity: Entity, field: Field) -> Field | None:
    """The field itself, or the one that says the same: with the same set of choices, or of records of that entity."""
    if entity.name == field.entity:
        return entity.fields[field.name]
    target = sought_in(field)
    if target is not None:
        return _pointing(entity, field, model.entity(target))
    shared = field.options.get("set")
    same = [each for each in entity.fields.values() if shared and each.options.get("set") == shared]
    return same[0] if len(same) == 1 and chosen_from(same[0], "en") else None


def _pointing(entity: Entity, field: Field, target: Entity) -> Field | None:
    """What records of an entity say of a record: their id where it is one of them, else their only lookup to it, or
    that of the same name. Who presents a deal is not who presents an order: people stand in their own field only."""
    if target.system:
        return None
    if entity.name == target.name:
        return entity.fields["id"]
    same = {name: each for name, each in entity.fields.items() if not each.system and sought_in(each) == target.name}
    return next(iter(same.values())) if len(same) == 1 else same.get(field.name)


def _behind(entity: Entity) -> Iterator[tuple[str, str]]:
    """Fields that point to records of one entity; who made a record says nothing of what it is about."""
    for field in entity.fields.values():
        targets = field.type.targets(field)
        if len(targets) == 1 and not field.system and not field.type.members(field):
            yield field.name, targets[0]
