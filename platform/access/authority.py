"""The rights and accesses that are in use in one workspace, kept from request to request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from sartor.platform.access.actor import Actor
from sartor.platform.access.rights import Access
from sartor.platform.access.roles import Rights
from sartor.platform.model import Model

ACTORS = 4096
"""How many people's access is kept at a time; the rest is made again when they come back."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one model. Holding the model keeps its id from being given to another one."""

    model: Model
    rights: dict[tuple, Rights] = field(default_factory=dict)
    accesses: OrderedDict[Actor, Access] = field(default_factory=OrderedDict)


class Authority:
    """The rights and accesses that are in use, by model. Belongs to a workspace; safe between threads."""

    def __init__(self, models: int = 4) -> None:
        self._models = models
        self._known: OrderedDict[int, Held] = OrderedDict()
        self._lock = Lock()

    def rights(self, model: Model, roles: Iterable[str] | None, *, read_only: bool = False) -> Rights:
        key = (None if roles is None else tuple(sorted(roles)), read_only)
        with self._lock:
            known = self._held(model).rights
            if key not in known:
                known[key] = Rights(model, roles, read_only=read_only)
            return known[key]

    def access(self, model: Model, actor: Actor) -> Access:
        """The access of an actor; the same object for equal actors, so that what it worked out is kept."""
        with self._lock:
            known = self._held(model).accesses
            if actor in known:
                known.move_to_end(actor)
                return known[actor]
        rights = self.rights(model, None if actor.is_system else actor.roles, read_only=actor.read_only)
        with self._lock:
            found = known.setdefault(actor, Access(rights, actor))
            while len(known) > ACTORS:
                known.popitem(last=False)
            return found

    def _held(self, model: Model) -> Held:
        held = self._known.setdefault(id(model), Held(model))
        self._known.move_to_end(id(model))
        while len(self._known) > self._models:
            self._known.popitem(last=False)
        return held
