"""Lists that may stand below a record: other records that point to it, told to palettes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.model import Model
from sartor.platform.text import pick


def related_lists(model: Model, entity: str) -> Iterator[Mapping[str, Any]]:
    """Lookups of other entities to this one."""
    for other in model.entities.values():
        for field in other.fields.values():
            if entity in field.type.targets(field) and not field.system and not other.system:
                columns = [name for name in (other.title, *list(other.fields)[:3]) if name in other.fields]
                label = {language: pick(other.plural, language) for language in ("en", "zh")}
                yield {
                    "entity": other.name,
                    "lookup": field.name,
                    "label": label,
                    "by": pick(field.label),
                    "icon": other.icon,
                    "columns": list(dict.fromkeys(columns)),
                }
