"""Comparing rights: what one set of roles opens that another does not, so that nobody hands on what he lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sartor.platform.access.grants import Alternative, writable
from sartor.platform.access.reasons import about
from sartor.platform.access.roles import Rights
from sartor.platform.model import Entity, Field, FieldLevel, Operation
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


def lacking(mine: Rights, theirs: Rights) -> list[str]:
    """What `theirs` allows and `mine` does not, in words (`change “Amount” of Deals`); empty where it is nothing.

    Scopes are compared by their words: who may read his own records may give others the right to read theirs. Entities
    and fields that are new in the model of `theirs` are free: they hold nothing yet.
    """
    if mine.complete and not mine.read_only:
        return []
    if theirs.complete:
        return [_("do everything")]
    abilities = {name for role in theirs.roles for name in role.abilities}
    found = [_("do this (%(name)s)", name=name) for name in sorted(abilities) if not mine.ability(name)]
    for entity in theirs.model.entities.values():
        found += _in_entity(mine, theirs, entity)
    return list(dict.fromkeys(found))


def _in_entity(mine: Rights, theirs: Rights, entity: Entity) -> Iterator[str]:
    known = mine.model.entities.get(entity.name)
    if known is None:
        return
    for operation in Operation:
        own = mine.allowing(operation, entity.name)
        for each in theirs.allowing(operation, entity.name):
            covering = [one for one in own if one.reach(operation).contains(each.reach(operation))]
            if not covering:
                yield about(operation, entity)
            else:
                yield from _in_fields(covering, each, operation, known)
    if any(each.grant.discloses for each in theirs.alternatives(entity.name)) and not _discloses(mine, entity):
        yield _("read totals of %(entity)s", entity=pick(entity.plural))


def _in_fields(
    covering: Sequence[Alternative], given: Alternative, operation: Operation, entity: Entity
) -> Iterator[str]:
    for field in entity.fields.values():
        wanted = _level(given, operation, field)
        if wanted > max(_level(one, operation, field) for one in covering):
            yield about(operation, entity, field)


def _level(alternative: Alternative, operation: Operation, field: Field) -> FieldLevel:
    """How far a grant opens a field in as far as the operation uses it."""
    level = alternative.level(field)
    if operation in (Operation.CREATE, Operation.UPDATE):
        return level if level == FieldLevel.WRITE and writable(field) else FieldLevel.HIDDEN
    return min(level, FieldLevel.READ) if operation == Operation.READ else FieldLevel.HIDDEN


def _discloses(mine: Rights, entity: Entity) -> bool:
    return any(
        each.grant.discloses or (each.allows(Operation.READ) and each.reach(Operation.READ).is_everything)
        for each in mine.alternatives(entity.name)
    )
