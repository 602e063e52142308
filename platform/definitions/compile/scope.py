"""What names mean in expressions: the fields of a model, and the stays in stages as an entity of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.expressions.types import BOOLEAN, INSTANT, TEXT, Type, decimal, record
from sartor.platform.model import Entity, Model

STAYS = "@stages"
"""`deal@stages` is the list of stays of deals in stages, one for each time a stage was entered or skipped."""


def stays_of(entity: str) -> str:
    return entity + STAYS


class ModelScope:
    """Types by entity and name, worked out once for each entity."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._types: dict[str, dict[str, Type]] = {}

    def field(self, entity: str, name: str) -> Type | None:
        return self._of(entity).get(name)

    def names(self, entity: str) -> Iterable[str]:
        return self._of(entity)

    def function_maps(self) -> Mapping[str, Mapping[str, str]]:
        return {name: table for each in self.model.options.values() for name, table in each.maps.items()}

    def _of(self, entity: str) -> dict[str, Type]:
        if entity not in self._types:
            self._types[entity] = self._work_out(entity)
        return self._types[entity]

    def _work_out(self, entity: str) -> dict[str, Type]:
        if entity.endswith(STAYS):
            return stay_types(entity.removesuffix(STAYS))
        found: Entity | None = self.model.entities.get(entity)
        if found is None:
            return {}
        return {name: field.type.expression_type(field, self.model) for name, field in found.fields.items()}


def stay_types(entity: str) -> dict[str, Type]:
    """Fields of a stay: the stage, when it was entered and left, whole days in it, and whether it went further."""
    return {
        "stage": TEXT,
        "entered_at": INSTANT,
        "left_at": INSTANT,
        "days": decimal(6),
        "passed": BOOLEAN,
        "skipped": BOOLEAN,
        "record": record(entity),
    }
