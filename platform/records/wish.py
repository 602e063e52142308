"""What a caller asks of the writer, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.records.memory.change import Change
from sartor.platform.unchanging import unchanging


@unchanging()
class Written:
    """What a write did: the record, its version now, and what happened to it."""

    entity: str
    id: int
    version: int
    kind: str
    change: Change = field(repr=False, compare=False)

    @property
    def changed(self) -> frozenset[str]:
        return self.change.changed()

    @property
    def before(self) -> Mapping[str, Any]:
        """The values that changed, as they were; empty for a new record."""
        saw = self.change.before
        return {name: saw.get(name) for name in self.changed} if saw else {}


@unchanging()
class Ask:
    """One of many writes: a new record, or (with `record`) a change of that one."""

    values: Mapping[str, Any]
    record: int | None = None
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def wish(self) -> Wish:
        return Wish(self.values, self.version, self.notes)


@unchanging()
class Outcome:
    """What became of one of many writes."""

    written: Written | None = None
    error: SartorError | None = None


@unchanging()
class Wish:
    """One update as it was asked for. version: what the actor saw; None where the caller need not say.

    notes: reasons for moves, by stage field.
    """

    values: Mapping[str, Any]
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
