"""What a caller asks of the writer, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.errors import SartorError


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the record, its version now, and what happened to it.

    before: the values that changed, as they were; empty for a new record.
    """

    entity: str
    id: int
    version: int
    kind: str
    changed: frozenset[str] = frozenset()
    before: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """One of many writes: a new record, or (with `record`) a change of that one."""

    values: Mapping[str, Any]
    record: int | None = None
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def wish(self) -> Wish:
        return Wish(self.values, self.version, self.notes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many writes."""

    written: Written | None = None
    error: SartorError | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """One update as it was asked for. version: what the actor saw; None where the caller need not say.

    notes: reasons for moves, by stage field.
    """

    values: Mapping[str, Any]
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
