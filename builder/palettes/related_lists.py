"""Lists that may stand below a record: other records that point to it, told to palettes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.model import Entity, Field, Model
from sartor.platform.text import pick

OWNED = ("owner", "department")
"""What every entity may have without anybody having designed it."""
SHOWN = 4
SHOWN_OF_LINES = 6


def related_lists(model: Model, entity: str) -> Iterator[Mapping[str, Any]]:
    """Lookups of other entities to this one."""
    for other in model.entities.values():
        for field in other.fields.values():
            if entity in field.type.targets(field) and not field.system and not other.system:
                label = {language: pick(other.plural, language) for language in ("en", "zh")}
                yield {
                    "entity": other.name,
                    "lookup": field.name,
                    "label": label,
                    "by": pick(field.label),
                    "icon": other.icon,
                    "columns": _columns(other, field),
                }


def _columns(entity: Entity, back: Field) -> list[str]:
    """What such a list begins with: the title and the first fields of one value, without the way back to the record."""
    own = [
        name
        for name, field in entity.fields.items()
        if not field.system
        and name not in (back.name, *OWNED)
        and field.type.columns(field)
        and not field.type.members(field)
    ]
    title = [entity.title] if entity.title in own else []
    return list(dict.fromkeys((*title, *own)))[: SHOWN_OF_LINES if entity.line_of else SHOWN]
