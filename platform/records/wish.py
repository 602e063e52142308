"""What a caller asks of the writer, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the record, its version now, and what happened to it."""

    entity: str
    id: int
    version: int
    kind: str
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """One update as it was asked for. version: what the actor saw; None where the caller need not say.

    notes: reasons for moves, by stage field.
    """

    values: Mapping[str, Any]
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
