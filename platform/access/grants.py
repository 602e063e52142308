"""Grants as alternatives: what each role of a person, alone, opens of one entity.

Rights only ever add up. An *alternative* is one grant of one role; an operation is allowed on a record when some
alternative allows it there. Nothing is merged into one grant, because two roles may reach different records with
different fields: the one reads all customers by name, the other one's own in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sartor.platform.access.scopes import place_of
from sartor.platform.model import Entity, Field, FieldLevel, Grant, Model, Operation, Role
from sartor.platform.model.formula import Formula

WRITES = frozenset({Operation.CREATE, Operation.UPDATE, Operation.DELETE, Operation.IMPORT})
DIRECTORY = ("user", "department")
"""Entities whose records everybody knows by name, and only an administrator changes."""

LINE_WRITES = {
    Operation.CREATE: frozenset({Operation.CREATE}),
    Operation.UPDATE: frozenset({Operation.CREATE, Operation.UPDATE, Operation.DELETE}),
}
"""What a write of a record allows with its lines."""

ALWAYS_READ = ("id", "version")
WHOSE = ("owner", "department")


def designed(entity: str) -> str:
    """The entity itself, of a name such as `deal@stages`: the stays of deals in stages, open where the deal is."""
    return entity.partition("@")[0]


def writable(field: Field) -> bool:
    """Whether a person may write the field at all: it is no computed one, and none of the system's."""
    return not (field.system or field.type.computed)


@dataclass(frozen=True, slots=True)
class Reach:
    """The records of one operation of one alternative: a word of SCOPES (or `none`), and perhaps a condition."""

    word: str
    condition: Formula | None = None

    def contains(self, other: Reach) -> bool:
        """Whether every record of the other is surely in this one too."""
        return _word_contains(self.word, other.word) and (
            self.condition is None or (other.condition is not None and self.condition.text == other.condition.text)
        )

    @property
    def is_everything(self) -> bool:
        return self.word == "all" and self.condition is None

    @property
    def is_empty(self) -> bool:
        return self.word == "none"


def _word_contains(wide: str, narrow: str) -> bool:
    """Each word includes one's own records, so that no word ever takes away what `own` gives."""
    if wide in (narrow, "all") or narrow == "none":
        return True
    if narrow == "own":
        return wide != "none"
    return (wide, narrow) == ("department_below", "department")


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One role's grant for one entity. full: sensitive fields need not be named (the system, an administrator)."""

    role: str
    grant: Grant
    full: bool = False

    def allows(self, operation: Operation) -> bool:
        return operation in self.grant.operations and not self.reach(operation).is_empty

    def reach(self, operation: Operation) -> Reach:
        word = self.grant.scopes.get(operation, self.grant.scope)
        return Reach("all" if word == "expression" else word, self.grant.condition)

    def level(self, field: Field) -> FieldLevel:
        """How far the grant opens a field. What the system keeps of a record, and whose it is, is open unless named."""
        if field.inert:
            return FieldLevel.HIDDEN
        if field.name in ALWAYS_READ:
            return FieldLevel.READ
        named = self.grant.fields.get(field.name)
        if named is not None:
            return named
        if field.sensitive and not self.full:
            return FieldLevel.HIDDEN
        rest = self.grant.fields.get("*", FieldLevel.HIDDEN)
        return max(rest, FieldLevel.READ) if field.system or field.name in WHOSE else rest


def with_included(names: Iterable[str], roles: Mapping[str, Role]) -> list[Role]:
    """The roles and all that they include. A name that no longer exists gives nothing."""
    found: dict[str, Role] = {}
    waiting = list(names)
    while waiting:
        role = roles.get(waiting.pop(0))
        if role is not None and role.name not in found:
            found[role.name] = role
            waiting.extend(role.includes)
    return list(found.values())


def everything(entity: str) -> Alternative:
    """All operations on all records, every field."""
    grant = Grant(entity, frozenset(Operation), "all", {"*": FieldLevel.WRITE}, discloses=True)
    return Alternative("", grant, full=True)


def alternatives(entity: Entity, roles: Iterable[Role], administers: bool) -> Iterator[Alternative]:
    """What these roles open of an entity that stands for itself (not of lines)."""
    if entity.name in DIRECTORY:
        yield _by_name(entity)
        if administers:
            yield everything(entity.name)
    for role in roles:
        grant = role.grants.get(entity.name)
        if grant is not None:
            yield Alternative(role.name, _fitting(grant, entity))


def _by_name(entity: Entity) -> Alternative:
    """The directory: names of colleagues and departments are known to everyone who is signed in."""
    names = {"*": FieldLevel.HIDDEN, "name": FieldLevel.READ, entity.title: FieldLevel.READ}
    return Alternative("", Grant(entity.name, frozenset({Operation.READ}), "all", names))


def _fitting(grant: Grant, entity: Entity) -> Grant:
    """The grant without what its entity cannot have: writes in the directory, departments where there are none."""
    operations = grant.operations - WRITES if entity.name in DIRECTORY else grant.operations
    if place_of(entity).department is None:
        scope = _without_departments(grant.scope)
        scopes = {operation: _without_departments(word) for operation, word in grant.scopes.items()}
    else:
        scope, scopes = grant.scope, dict(grant.scopes)
    return Grant(grant.entity, operations, scope, grant.fields, grant.condition, scopes, grant.discloses)


def _without_departments(word: str) -> str:
    return "own" if word in ("department", "department_below") else word


def for_lines(entity: Entity, parents: Iterable[Alternative], children: Field, model: Model) -> Iterator[Alternative]:
    """What the rights in a record open of its lines: as far as the field that holds them, and as the role's own
    grant for the lines narrows it."""
    for each in parents:
        most = each.level(children)
        role = model.roles.get(each.role)
        own = role.grants.get(entity.name) if role else None
        levels = Alternative(each.role, own or Grant(entity.name, frozenset(), "all", {"*": most}), each.full)
        fields = {name: min(most, levels.level(field)) for name, field in entity.fields.items()}
        if most > FieldLevel.HIDDEN:
            yield Alternative(each.role, _line_grant(entity.name, each.grant, fields), each.full)


def _line_grant(name: str, parent: Grant, fields: Mapping[str, FieldLevel]) -> Grant:
    """Lines are written by whoever writes their record: making, changing and removing them is a change of it."""
    operations = parent.operations - WRITES
    scopes = {each: parent.scopes.get(each, parent.scope) for each in operations}
    for writing, changes in LINE_WRITES.items():
        if writing in parent.operations:
            operations |= changes
            scopes |= dict.fromkeys(changes, parent.scopes.get(writing, parent.scope))
    return Grant(name, operations, parent.scope, fields, parent.condition, scopes, parent.discloses)
