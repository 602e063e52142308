"""What a draft changes in people's rights, said in sentences: nobody should gain one unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.model import FieldLevel, Grant, Model, Role
from sartor.platform.model.role import SCOPES, Operation
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.words.part_words import value_words
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick

LEVELS = {FieldLevel.HIDDEN: "hidden", FieldLevel.READ: "read", FieldLevel.WRITE: "write"}
WHOLE = frozenset({Operation.CREATE, Operation.IMPORT})
"""Operations that are permitted or not: the records that they are about are not there yet."""


@dataclass(frozen=True, slots=True)
class AccessChange:
    """A right that somebody gains or loses. role: by name; whoever has it is meant."""

    role: str
    text: str


def access_changes(before: Model, after: Model, lineage: Lineage) -> Iterator[AccessChange]:
    """One sentence for each right that a role gains or loses."""
    names = {name: lineage.others.get(f"role/{name}", f"role/{name}").partition("/")[2] for name in after.roles}
    for role in after.roles.values():
        former = before.roles.get(names[role.name])
        if former is None:
            yield AccessChange(role.name, _("The role %(role)s is new.", role=pick(role.label)))
        elif former is not role:
            for text in _of_role(former, role, before, after, lineage):
                yield AccessChange(role.name, text)
    for former in before.roles.values():
        if former.name not in names.values():
            text = _("The role %(role)s is gone; who had it loses its rights.", role=pick(former.label))
            yield AccessChange(former.name, text)


def _of_role(former: Role, role: Role, before: Model, after: Model, lineage: Lineage) -> Iterator[str]:
    name = pick(role.label)
    for gained in sorted(role.abilities - former.abilities):
        yield _("%(role)s may from now on: %(ability)s.", role=name, ability=value_words()[gained])
    for lost in sorted(former.abilities - role.abilities):
        yield _("%(role)s may no longer: %(ability)s.", role=name, ability=value_words()[lost])
    yield from _of_included(name, former, role, before, after, lineage)
    for entity, grant in role.grants.items():
        old = former.grants.get(lineage.entity(entity) or "")
        if old is None:
            yield _(
                "%(role)s gets rights in %(entity)s: %(operations)s.",
                role=name,
                entity=pick(after.entities[entity].label),
                operations=listed(_reach(each, grant) for each in Operation if each in grant.operations),
            )
        else:
            yield from _of_grant(name, old, grant, after, lineage)
    kept = {lineage.entity(entity) for entity in role.grants}
    for entity in former.grants:
        if entity not in kept and entity in before.entities:
            yield _("%(role)s loses all rights in %(entity)s.", role=name, entity=pick(before.entities[entity].label))


def _of_included(role: str, old: Role, new: Role, before: Model, after: Model, lineage: Lineage) -> Iterator[str]:
    """Whoever has a role has the rights of those that it includes."""
    had = {each: lineage.others.get(f"role/{each}", f"role/{each}").partition("/")[2] for each in new.includes}
    for each in new.includes:
        if had[each] not in old.includes and each in after.roles:
            yield _("%(role)s also has the rights of %(other)s.", role=role, other=pick(after.roles[each].label))
    for each in old.includes:
        if each not in had.values() and each in before.roles:
            other = pick(before.roles[each].label)
            yield _("%(role)s no longer has the rights of %(other)s.", role=role, other=other)


def _of_grant(role: str, old: Grant, grant: Grant, after: Model, lineage: Lineage) -> Iterator[str]:
    entity, words = pick(after.entities[grant.entity].label), value_words()
    for operation in sorted(grant.operations - old.operations):
        text = (
            _("%(role)s may %(operation)s %(entity)s.")
            if operation in WHOLE
            else _("%(role)s may %(operation)s %(entity)s: %(scope)s.")
        )
        yield text % {"role": role, "operation": words[operation], "entity": entity, "scope": _scope(operation, grant)}
    for operation in sorted(old.operations - grant.operations):
        yield _(
            "%(role)s may no longer %(operation)s %(entity)s.",
            role=role,
            operation=words[operation],
            entity=entity,
        )
    if old.scope != grant.scope:
        wider = _width(grant.scope) > _width(old.scope)
        text = (
            _("%(role)s sees more of %(entity)s: %(scope)s.")
            if wider
            else _("%(role)s sees less of %(entity)s: %(scope)s.")
        )
        yield text % {"role": role, "entity": entity, "scope": words.get(grant.scope, grant.scope)}
    elif _condition(old) != _condition(grant):
        yield _("The condition under which %(role)s sees %(entity)s is another one.", role=role, entity=entity)
    yield from _of_exceptions(role, entity, old, grant)
    if grant.discloses and not old.discloses:
        yield _("%(role)s sees totals over all of %(entity)s.", role=role, entity=entity)
    yield from _of_fields(role, old, grant, after, lineage)


def _of_exceptions(role: str, entity: str, old: Grant, grant: Grant) -> Iterator[str]:
    """Operations that reach other records than the rest, before or after."""
    words = value_words()
    for operation in sorted(old.operations & grant.operations & {*old.scopes, *grant.scopes}):
        was, now = (each.scopes.get(operation, each.scope) for each in (old, grant))
        if was != now:
            text = (
                _("%(role)s may %(operation)s more of %(entity)s: %(scope)s.")
                if _width(now) > _width(was)
                else _("%(role)s may %(operation)s less of %(entity)s: %(scope)s.")
            )
            said = {"operation": words[operation], "scope": words.get(now, now)}
            yield text % {"role": role, "entity": entity, **said}


def _of_fields(role: str, old: Grant, grant: Grant, after: Model, lineage: Lineage) -> Iterator[str]:
    for field in after.entities[grant.entity].fields.values():
        former = lineage.field(grant.entity, field.name)
        if former is None or field.system:
            continue
        was, now = old.level(former), grant.level(field.name)
        if was != now:
            yield _(
                "%(role)s: %(field)s of %(entity)s was %(was)s and is now %(now)s.",
                role=role,
                entity=pick(after.entities[grant.entity].label),
                field=pick(field.label),
                was=value_words()[LEVELS[was]],
                now=value_words()[LEVELS[now]],
            )


def _reach(operation: Operation, grant: Grant) -> str:
    """An operation with the records that it reaches."""
    word = value_words()[operation]
    if operation in WHOLE:
        return word
    return _("%(operation)s (%(scope)s)", operation=word, scope=_scope(operation, grant))


def _scope(operation: Operation, grant: Grant) -> str:
    scope = grant.scopes.get(operation, grant.scope)
    return value_words().get(scope, scope)


def _width(scope: str) -> int:
    return SCOPES.index(scope) if scope in SCOPES else -1


def _condition(grant: Grant) -> str | None:
    return grant.condition.text if grant.condition else None
