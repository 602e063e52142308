"""What a set of roles opens in one model: pure, shared by everyone who has these roles, kept by `Authority`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from sartor.platform.access.grants import (
    WRITES,
    Alternative,
    alternatives,
    designed,
    everything,
    for_lines,
    with_included,
)
from sartor.platform.access.levels import Levels
from sartor.platform.access.reasons import Reason, about, reason
from sartor.platform.errors import NotFound
from sartor.platform.model import FieldLevel, Model, Operation, Role
from sartor.platform.text import gettext as _

ADMINISTER = "administer"


class Rights:
    """roles: names; None means all rights there are. read_only: leaves reading and exporting, and no ability."""

    def __init__(self, model: Model, roles: Iterable[str] | None, *, read_only: bool = False) -> None:
        self.model = model
        self.read_only = read_only
        self.complete = roles is None
        self.roles = with_included(roles or (), model.roles)
        self.levels = Levels(self)
        self._alternatives: dict[str, tuple[Alternative, ...]] = {}

    def alternatives(self, entity: str) -> Sequence[Alternative]:
        """Every grant that these roles have for an entity; for lines, what the rights in their record open."""
        name = designed(entity)
        if name not in self._alternatives:
            self._alternatives[name] = tuple(self._work_out(name))
        return self._alternatives[name]

    def allowing(self, operation: Operation, entity: str) -> list[Alternative]:
        if self.read_only and operation in WRITES:
            return []
        return [each for each in self.alternatives(entity) if each.allows(operation)]

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
        by = [role for role in self.roles if self._opens([role], operation, entity, field)]
        if by and field and not self._holds(operation, entity, field):
            by = []
        openers = [role for role in self.model.roles.values() if self._opens([role], operation, entity, field)]
        return reason(what, [] if self.read_only and operation in WRITES else by, openers, read_only=self.read_only)

    def reason_for_ability(self, name: str) -> Reason:
        by = [role for role in self.roles if name in role.abilities]
        openers = [role for role in self.model.roles.values() if name in role.abilities]
        what = _("do this (%(name)s)", name=name)
        return reason(what, [] if self.read_only else by, openers, read_only=self.read_only)

    def _holds(self, operation: Operation, entity: str, field: str) -> bool:
        wanted = FieldLevel.WRITE if operation in WRITES else FieldLevel.READ
        return self.levels.level(entity, field) >= wanted

    def _opens(self, roles: Sequence[Role], operation: Operation, entity: str, field: str | None) -> bool:
        alone = Rights(self.model, [role.name for role in roles])
        return bool(alone.allowing(operation, entity)) and (field is None or alone._holds(operation, entity, field))

    def _work_out(self, name: str) -> Iterable[Alternative]:
        entity = self.model.entities.get(name)
        if entity is None:
            raise NotFound(_("There is no entity %(name)s.", name=name))
        if self.complete:
            return [everything(name)]
        if entity.line_of is None:
            return alternatives(entity, self.model, self.roles, self.ability(ADMINISTER))
        children = self.model.field(entity.line_of.parent, entity.line_of.field)
        return for_lines(entity, self.alternatives(entity.line_of.parent), children, self.model)


class Authority:
    """The rights that are in use, by model and roles. Belongs to a workspace; safe between threads."""

    def __init__(self, models: int = 4) -> None:
        self._models = models
        self._known: OrderedDict[int, tuple[Model, dict[tuple, Rights]]] = OrderedDict()
        self._lock = Lock()

    def rights(self, model: Model, roles: Iterable[str] | None, *, read_only: bool = False) -> Rights:
        key = (None if roles is None else tuple(sorted(roles)), read_only)
        with self._lock:
            __, known = self._known.setdefault(id(model), (model, {}))
            self._known.move_to_end(id(model))
            while len(self._known) > self._models:
                self._known.popitem(last=False)
            if key not in known:
                known[key] = Rights(model, roles, read_only=read_only)
            return known[key]
