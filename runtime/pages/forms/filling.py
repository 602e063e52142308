"""Where the inputs of a form get their values from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.model import Entity
from sartor.platform.records.preview import Preview, Seen
from sartor.runtime.pages.forms.typed import Typed


@dataclass
class Filling:
    """row: the record as JSON with titles; empty for a new one. lines: its lines by field.

    preview: what the writer would make of it. typed: what was sent and refused. problems: message by place.
    given: values that the address brought.
    """

    entity: Entity
    row: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    preview: Preview | None = None
    typed: Typed | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def new(self) -> bool:
        return not self.row

    def seen(self, name: str) -> Seen | None:
        return self.preview.fields.get(name) if self.preview else None
