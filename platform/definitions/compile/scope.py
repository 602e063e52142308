"""What names mean in expressions: the fields of a model, and the stays in stages as an entity of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.errors import FollowsFromOther, InvalidDefinition
from sartor.platform.expressions.scope import WordTable
from sartor.platform.expressions.types import BOOLEAN, INSTANT, TEXT, Type, decimal, record
from sartor.platform.model import Model
from sartor.platform.text import fold, in_all_languages, pick
from sartor.platform.text import gettext as _

STAYS = "@stages"
"""`deal@stages` is the list of stays of deals in stages, one for each time a stage was entered or skipped."""


def stays_of(entity: str) -> str:
    return entity + STAYS


class ModelScope:
    """Types by entity and name, each worked out once, when it is first asked for."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._types: dict[tuple[str, str], Type | None] = {}

    def field(self, entity: str, name: str) -> Type | None:
        key = (entity, name)
        if key not in self._types:
            self._types[key] = self._work_out(entity, name)
        return self._types[key]

    def sound(self, entity: str, name: str) -> Type | None:
        """The same; None also for a field that is wrong itself or leads nowhere, which is told there."""
        try:
            return self.field(entity, name)
        except InvalidDefinition:
            return None

    def knows(self, entity: str) -> bool:
        return entity.removesuffix(STAYS) in self.model.entities

    def names(self, entity: str) -> Iterable[str]:
        if entity.endswith(STAYS):
            return stay_types(entity.removesuffix(STAYS))
        found = self.model.entities.get(entity)
        return found.fields if found else ()

    def labels(self, entity: str) -> Mapping[str, str]:
        found = self.model.entities.get(entity)
        fields = found.fields.values() if found else ()
        return {fold(text): each.name for each in fields for text in in_all_languages(each.label)}

    def called(self, entity: str) -> str:
        found = self.model.entities.get(entity.removesuffix(STAYS))
        return pick(found.label) if found else entity

    def function_maps(self) -> Mapping[str, WordTable]:
        return {
            name: WordTable(words, (f"options/{each.name}",))
            for each in self.model.options.values()
            for name, words in each.maps.items()
        }

    def _work_out(self, entity: str, name: str) -> Type | None:
        if entity.endswith(STAYS):
            return stay_types(entity.removesuffix(STAYS)).get(name)
        found = self.model.entities.get(entity)
        if found is None:  # whatever leads there names an entity that is not there
            raise FollowsFromOther(_("There is no entity %(name)s.", name=entity))
        field = found.fields.get(name)
        return field.type.expression_type(field, self.model) if field else None


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
