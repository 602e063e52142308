"""Access: the one answer to *may this person do that*, for operations, records, fields and abilities.

Which state of a record a scope judges: reading, updating, deleting and exporting the state *before*, creating the
state *after*. Whoever may write `owner` may therefore give a record away, and a condition such as
`stage = 'draft'` lets a draft be sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sartor.platform.access.actor import Actor
from sartor.platform.access.combined import all_of, any_of
from sartor.platform.access.grants import Alternative, Reach, designed
from sartor.platform.access.levels import Path
from sartor.platform.access.reasons import Reason, about, unreached_reason
from sartor.platform.access.roles import Rights
from sartor.platform.access.scopes import (
    EVERYTHING,
    NOBODY,
    Condition,
    Departments,
    Owner,
    Owners,
    Scope,
    Through,
)
from sartor.platform.errors import Forbidden
from sartor.platform.model import Field, FieldLevel, Operation
from sartor.platform.model.role import SCOPES

SEEN_FIRST = frozenset({Operation.UPDATE, Operation.DELETE, Operation.EXPORT})
"""Operations that reach no record which cannot be read."""


class Access:
    """`Rights` in the hands of one actor. Scopes of people with the same rights have the same shape."""

    def __init__(self, rights: Rights, actor: Actor) -> None:
        self.rights = rights
        self.actor = actor
        self._scopes: dict[tuple[Operation, str], Scope] = {}
        self._open: dict[tuple[Operation, str], frozenset[str]] = {}
        self._opening: dict[tuple[Operation, str], Sequence[tuple[Scope, frozenset[str]]]] = {}
        self._values: dict[str, Mapping[str, Any]] = {}

    # ---- operations and abilities

    def may(self, operation: Operation, entity: str) -> bool:
        """Whether it is allowed on any record at all."""
        return bool(self.rights.allowing(operation, entity))

    def require(self, operation: Operation, entity: str) -> None:
        """:raises Forbidden: saying which roles may."""
        if not self.may(operation, entity):
            raise Forbidden(self.explain(operation, entity).message)

    def ability(self, name: str) -> bool:
        """Whether the actor has a right that belongs to no entity: design, administer, migrate, share."""
        return self.rights.ability(name)

    def require_ability(self, name: str) -> None:
        """:raises Forbidden: saying which roles have it."""
        if not self.ability(name):
            raise Forbidden(self.rights.reason_for_ability(name).message)

    def reaches_what_is_read(self, operation: Operation, entity: str) -> bool:
        """Whether the operation surely reaches every record that the actor can read."""
        entity = designed(entity)
        wide = _widest(self.rights.allowing(operation, entity), operation)
        read = _widest(self.rights.allowing(Operation.READ, entity), Operation.READ)
        return all(any(each.contains(reach) for each in wide) for reach in read)

    def explain(self, operation: Operation, entity: str, field: str | None = None) -> Reason:
        """Why it is allowed or not, and which roles allow it."""
        return self.rights.reason(operation, entity, field)

    def unreached(self, operation: Operation, entity: str) -> Reason:
        """Why a record that can be seen is out of reach for an operation that is allowed on others."""
        if not self.may(operation, entity):
            return self.explain(operation, entity)
        words = [each.reach(operation).word for each in self.rights.allowing(operation, entity)]
        return unreached_reason(about(operation, self.rights.model.entity(entity)), words)

    # ---- fields

    def level(self, entity: str, field: str) -> FieldLevel:
        """READ: on every record that the actor can see. WRITE: also writable, on some record at least."""
        return self.rights.level(entity, field)

    def readable(self, entity: str) -> tuple[Field, ...]:
        """The fields of an entity that exist for the actor, in the order of the model."""
        return self.rights.readable(entity)

    def known(self, entity: str) -> frozenset[str]:
        """Names of the fields that the actor may read or write; any other is as unknown as one that is not there."""
        return self.rights.known(entity)

    def path_is_readable(self, entity: str, path: Path) -> bool:
        """Whether every step of a path through lookups is open."""
        return self.rights.levels.path_is_readable(entity, path)

    def writable(
        self, operation: Operation, entity: str, admits: Callable[[Scope], bool] | None = None
    ) -> frozenset[str]:
        """The fields that may be written in one record, exactly: those of every grant whose scope admits it.

        operation: CREATE (or IMPORT) or UPDATE. admits: judges the record's state; left out: any record.
        """
        if admits is None:
            return self._open_anywhere(operation, entity)
        opened = [names for scope, names in self._openers(operation, entity) if admits(scope)]
        return opened[0] if len(opened) == 1 else frozenset().union(*opened)

    def _open_anywhere(self, operation: Operation, entity: str) -> frozenset[str]:
        key = (operation, entity)
        if key not in self._open:
            self._open[key] = frozenset().union(*(names for _scope, names in self._openers(operation, entity)))
        return self._open[key]

    def _openers(self, operation: Operation, entity: str) -> Sequence[tuple[Scope, frozenset[str]]]:
        """Of each grant that allows it, where, and which fields it opens there."""
        key = (operation, entity)
        if key not in self._opening:
            self._opening[key] = tuple(
                (self._placed(entity, self._scope_of(each.reach(operation))), self.rights.written(entity, each))
                for each in self.rights.allowing(operation, entity)
            )
        return self._opening[key]

    # ---- records

    def scope(self, operation: Operation, entity: str) -> Scope:
        """The records that an operation reaches. The stays of a record in stages are reached with it."""
        entity = designed(entity)
        key = (operation, entity)
        if key not in self._scopes:
            found = self._union(operation, entity)
            if operation in SEEN_FIRST and found != NOBODY:
                found = self._seen(found, operation, entity)
            self._scopes[key] = self._placed(entity, found)
        return self._scopes[key]

    def values(self, dialect: str) -> Mapping[str, Any]:
        """Every parameter that any scope of this actor may have, ready for the driver."""
        if dialect not in self._values:
            words = [self._word(word) for word in SCOPES]
            self._values[dialect] = {name: value for each in words for name, value in each.values(dialect).items()}
        return self._values[dialect]

    def _union(self, operation: Operation, entity: str) -> Scope:
        return any_of(self._scope_of(each) for each in _widest(self.rights.allowing(operation, entity), operation))

    def _seen(self, scope: Scope, operation: Operation, entity: str) -> Scope:
        """Cut to what can be read; left alone where it surely lies within."""
        readers = [each.reach(Operation.READ) for each in self.rights.allowing(Operation.READ, entity)]
        reaches = _widest(self.rights.allowing(operation, entity), operation)
        if all(any(wide.contains(each) for wide in readers) for each in reaches):
            return scope
        return all_of([scope, self._union(Operation.READ, entity)])

    def _placed(self, entity: str, scope: Scope) -> Scope:
        """For lines the scope is that of the record above them, as far up as there are lines of lines."""
        line_of = self.rights.model.entity(entity).line_of
        if line_of is None or scope in (NOBODY, EVERYTHING):
            return scope
        return Through(line_of.lookup, self._placed(line_of.parent, scope))

    def _scope_of(self, reach: Reach) -> Scope:
        word = self._word(reach.word)
        return word if reach.condition is None else all_of([word, Condition(reach.condition)])

    def _word(self, word: str) -> Scope:
        actor = self.actor
        if word == "all":
            return EVERYTHING
        if word == "none" or actor.id is None:
            return NOBODY
        own = Owner(actor.id)
        match word:
            case "own":
                return own
            case "reports":
                return Owners("reports", (actor.id, *actor.reports))
            case "department":
                return any_of([own, Departments(word, (actor.department,) if actor.department else ())])
            case _:
                return any_of([own, Departments("department_below", actor.departments)])


def _widest(alternatives: Sequence[Alternative], operation: Operation) -> list[Reach]:
    """The reaches without those that lie within another one."""
    kept: list[Reach] = []
    for reach in (each.reach(operation) for each in alternatives):
        if not any(other.contains(reach) for other in kept):
            kept = [other for other in kept if not reach.contains(other)] + [reach]
    return kept
