"""Field types: one file each, found by `field_types`. See base.py for the contract."""

from __future__ import annotations

from sartor.platform.fields.base import FieldType
from sartor.platform.registry import Registry


class FieldTypes(Registry[FieldType]):
    """The field types of a workspace. Each knows the others: a formula is made of the type of its result."""

    def register(self, cls: type[FieldType]) -> type[FieldType]:
        super().register(cls)
        self[cls.key].family = self
        return cls


def field_types() -> FieldTypes:
    """A registry with every type of this package; plugins may still join until it is sealed."""
    types = FieldTypes("field type", FieldType)
    types.discover(__name__)
    return types
