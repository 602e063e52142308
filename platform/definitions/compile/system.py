"""Fields that every entity has without asking."""

from __future__ import annotations

from typing import Any

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.model import Field

SYSTEM: dict[str, dict[str, Any]] = {
    "id": {"type": "identifier", "label": {"en": "ID", "zh": "编号"}},
    "version": {"type": "version", "label": {"en": "Version", "zh": "版本"}},
    "created_at": {"type": "created_at", "label": {"en": "Created at", "zh": "创建时间"}},
    "created_by": {"type": "created_by", "label": {"en": "Created by", "zh": "创建人"}},
    "updated_at": {"type": "updated_at", "label": {"en": "Updated at", "zh": "更新时间"}},
    "updated_by": {"type": "updated_by", "label": {"en": "Updated by", "zh": "更新人"}},
    "deleted_at": {"type": "deleted_at", "label": {"en": "Deleted at", "zh": "删除时间"}},
}

OWNED = {
    "owner": {"type": "user", "label": {"en": "Owner", "zh": "负责人"}, "default": "me()"},
    "department": {"type": "department", "label": {"en": "Department", "zh": "部门"}, "copy": "owner.department"},
}

FIRST = -1000
"""System fields stand before the designed ones; nobody sees them unless a view names them."""


def system_fields(entity: str, extensions: Extensions) -> dict[str, Field]:
    """The system fields of an entity, as compiled fields."""
    return {
        name: Field(
            name=name,
            entity=entity,
            type=extensions.fields[each["type"]],
            label=each["label"],
            stored_as=name,
            read_only=True,
            system=True,
            history=False,
        )
        for name, each in SYSTEM.items()
    }


def owner_fields(designed: dict[str, Any]) -> dict[str, Any]:
    """Documents of owner and department, unless the entity designs them itself."""
    return {name: each for name, each in OWNED.items() if name not in designed}
