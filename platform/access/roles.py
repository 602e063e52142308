"""What a set of roles opens in one model: pure, shared by everyone who has these roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sartor.platform.access.grants import (
    WRITES,
    Alternative,
    alternatives,
    designed,
    everything,
    for_lines,
    with_included,
    writable,
)
from sartor.platform.access.levels import Levels
from sartor.platform.access.reasons import Reason, about, narrowed_reason, read_only_reason, reason
from sartor.platform.errors import NotFound
from sartor.platform.model import Field, FieldLevel, Model, Operation, Role
from sartor.platform.text import gettext as _

ADMINISTER = "administer"
ADMINISTRATOR = "administrator"
"""The one role that is no definition: all rights there are. So no publish can lock everybody out."""


class Rights:
    """roles: names; None means all rights there are. read_only: leaves reading and exporting, and no ability."""

    def __init__(self, model: Model, roles: Iterable[str] | None, *, read_only: bool = False) -> None:
        self.model = model
        self.read_only = read_only
        names = () if roles is None else tuple(roles)
        self.complete = roles is None or ADMINISTRATOR in names
        self.roles = with_included(names, model.roles)
        self.levels = Levels(self)
        self._alternatives: dict[str, tuple[Alternative, ...]] = {}
        self._allowing: dict[tuple[Operation, str], tuple[Alternative, ...]] = {}
        self._readable: dict[str, tuple[Field, ...]] = {}
        self._named: dict[str, frozenset[str]] = {}
        self._written: dict[tuple[str, Alternative], frozenset[str]] = {}

    def alternatives(self, entity: str) -> Sequence[Alternative]:
        """Every grant that these roles have for an entity; for lines, what the rights in their record open."""
        name = designed(entity)
        if name not in self._alternatives:
            self._alternatives[name] = tuple(self._work_out(name))
        return self._alternatives[name]

    def allowing(self, operation: Operation, entity: str) -> Sequence[Alternative]:
        key = (operation, entity)
        if key not in self._allowing:
            closed = self.read_only and operation in WRITES
            every = () if closed else self.alternatives(entity)
            self._allowing[key] = tuple(each for each in every if each.allows(operation))
        return self._allowing[key]

    def level(self, entity: str, field: str) -> FieldLevel:
        found = self.levels.level(entity, field)
        return min(found, FieldLevel.READ) if self.read_only else found

    def readable(self, entity: str) -> tuple[Field, ...]:
        if entity not in self._readable:
            fields = self.model.entity(entity).fields.values()
            self._readable[entity] = tuple(each for each in fields if self.level(entity, each.name) > FieldLevel.HIDDEN)
        return self._readable[entity]

    def written(self, entity: str, alternative: Alternative) -> frozenset[str]:
        """Names of the fields that one grant opens for writing."""
        if (entity, alternative) not in self._written:
            fields = self.model.entity(entity).fields.values()
            self._written[entity, alternative] = frozenset(
                field.name for field in fields if writable(field) and alternative.level(field) == FieldLevel.WRITE
            )
        return self._written[entity, alternative]

    def known(self, entity: str) -> frozenset[str]:
        """Names of the fields that can be read, or written in some record."""
        if entity not in self._named:
            names = {field.name for field in self.readable(entity)}
            for operation in (Operation.CREATE, Operation.UPDATE):
                names.update(*(self.written(entity, each) for each in self.allowing(operation, entity)))
            self._named[entity] = frozenset(names)
        return self._named[entity]

    def ability(self, name: str) -> bool:
        """Whether these roles have a right that belongs to no entity, such as `design`."""
        if self.read_only:
            return False
        return self.complete or any(name in role.abilities for role in self.roles)

    def reason(self, operation: Operation, entity: str, field: str | None = None) -> Reason:
        """Why these roles may or may not do it."""
        found = self.model.entity(entity)
        item = self.model.field(entity, field) if field else None
        what = about(operation, found, item)
        if self.complete and not self.read_only:
            return Reason(True, _("You may %(what)s.", what=what))
        openers = [role for role in self.model.roles.values() if self._opens(role, operation, entity, field)]
        if self.read_only and operation in WRITES:
            return read_only_reason(what)
        by = [role for role in self.roles if role in openers]
        if by and field and not self._holds(operation, entity, field):
            return narrowed_reason(what, by)
        return reason(what, by, openers)

    def reason_for_ability(self, name: str) -> Reason:
        by = [role for role in self.roles if name in role.abilities]
        openers = [role for role in self.model.roles.values() if name in role.abilities]
        what = _("do this (%(name)s)", name=name)
        return read_only_reason(what) if self.read_only else reason(what, by, openers)

    def _holds(self, operation: Operation, entity: str, field: str) -> bool:
        wanted = FieldLevel.WRITE if operation in WRITES else FieldLevel.READ
        return self.levels.level(entity, field) >= wanted

    def _opens(self, role: Role, operation: Operation, entity: str, field: str | None) -> bool:
        """Whether a role alone would do."""
        alone = Rights(self.model, [role.name])
        return bool(alone.allowing(operation, entity)) and (field is None or alone._holds(operation, entity, field))

    def _work_out(self, name: str) -> Iterable[Alternative]:
        entity = self.model.entities.get(name)
        if entity is None:
            raise NotFound(_("There is no entity %(name)s.", name=name))
        if entity.inert:
            return []
        if self.complete:
            return [everything(name)]
        if entity.line_of is None:
            return alternatives(entity, self.roles, self.ability(ADMINISTER))
        children = self.model.field(entity.line_of.parent, entity.line_of.field)
        return for_lines(entity, self.alternatives(entity.line_of.parent), children, self.model)
