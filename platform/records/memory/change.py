"""One record's part in a write: its state before and after, what was given, and how much of it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.model import Entity
from sartor.platform.records.memory.plan import EntityPlan
from sartor.platform.records.memory.state import State


@dataclass(slots=True, eq=False)
class Move:
    """A stage field that changes: where from (None for a new record), where to, and the reason given."""

    field: str
    pipeline: str
    source: str | None
    target: str
    note: str | None = None


@dataclass(slots=True, eq=False)
class Change:
    """kind: create, update, delete, restore. given: fields that the actor sent; altered: those of them that were sent
    otherwise than they were, whatever effects make of them.

    follows: the record only follows from another one's write (a roll-up moved, an effect reached it): its version
    and the time of its last change stay as they are, and nobody's rights in it are asked for.
    """

    kind: str
    plan: EntityPlan
    before: State | None
    after: State
    given: frozenset[str] = frozenset()
    altered: frozenset[str] = frozenset()
    follows: bool = False
    moves: list[Move] = field(default_factory=list)
    is_sent: bool = False
    saved: dict[str, Any] = field(default_factory=dict)
    """Values that are in the table by now; what differs from them is still to be written."""

    @property
    def entity(self) -> Entity:
        return self.plan.entity

    @property
    def saw(self) -> State:
        """The state before, of a record that was there."""
        assert self.before is not None
        return self.before

    @property
    def id(self) -> int:
        return self.after.id

    def changed(self) -> frozenset[str]:
        """Fields whose value differs from before; for a new record, those that have a value."""
        after = self.after.values
        if self.before is None:
            return frozenset([name for name, value in after.items() if value is not None and value != ()])
        old = self.before.values
        return frozenset(
            [name for name, value in after.items() if (value != old[name] if name in old else value is not None)]
        )

    def give(self, values: Mapping[str, Any]) -> None:
        """What the actor sent, before anything follows from it."""
        self.given = frozenset(values)
        self.after.values.update(values)
        self.altered = frozenset([name for name in values if self.has_changed(name)])

    def has_changed(self, name: str) -> bool:
        before = self.before.values.get(name) if self.before else None
        return (self.after.values.get(name) or None) != (before or None)

    def unsaved(self) -> Mapping[str, Any]:
        """Field values that are not in the table yet."""
        saved, values = self.saved, self.after.values
        if not saved:
            return values
        return {name: value for name, value in values.items() if name not in saved or saved[name] != value}
