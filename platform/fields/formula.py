"""A value computed from the record: stored where only the record itself decides it, else worked out when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.fields.choosing import wrong_option
from sartor.platform.fields.result import Computed
from sartor.platform.fields.schemas import closed
from sartor.platform.model import Entity, Field, Model
from sartor.platform.text import gettext as _
from sartor.platform.text import near


@dataclass(frozen=True, slots=True, eq=False)
class FormulaPlan:
    """result: the field as one of its result type. stored: whether the writer keeps the value in the record's row."""

    result: Field
    stored: bool


class Formula(Computed):
    key = "formula"
    label = {"en": "Formula", "zh": "公式"}
    icon = "math-function"
    example = "12.50"
    example_options = {"result": {"type": "decimal", "options": {"scale": 2}}}
    starter = {"result": {"type": "decimal"}}
    options_schema = closed(
        {
            "result": {
                **closed(
                    {
                        "type": {
                            "type": "string",
                            "title": "Type",
                            "description": "Field type of the result.",
                            "x-registry": "field type",
                        },
                        "options": {
                            "type": "object",
                            "title": "Settings",
                            "description": "Options of that type.",
                            "default": {},
                        },
                    },
                    "type",
                ),
                "title": "Result",
                "description": "What kind of value the formula gives.",
            }
        },
        "result",
    )

    def prepare(self, field: Field, model: Model) -> FormulaPlan:
        return FormulaPlan(self.result(field, model), is_stored(field, model))

    def result(self, field: Field, model: Model, depth: int = 0) -> Field:
        said = field.options["result"]
        key = said["type"]
        if self.family is None or key not in self.family:
            known = self.family.keys() if self.family else []
            raise wrong_option(field, "result/type", _("There is no field type %(key)s.", key=key), near(key, known))
        if self.family[key].computed:
            raise wrong_option(field, "result/type", _("%(key)s is computed itself and cannot be a result.", key=key))
        found = self.as_type(field, key, said.get("options", {}), model)
        if not found.type.columns(found):
            raise wrong_option(field, "result/type", _("A formula gives one value, and %(key)s has many.", key=key))
        return found


def is_stored(field: Field, model: Model, depth: int = 0) -> bool:
    """Whether only the record's own stored fields decide the value, and no clock and no reader.

    A line may read its parent as well: it is written through the parent, which computes its lines again.
    """
    formula: Any = field.formula
    if formula is None:
        return True
    if formula.volatile or depth > 20:
        return False
    return all(_own(path, model.entities[field.entity], model, depth) for path in formula.paths)


def _own(path: tuple[str, ...], entity: Entity, model: Model, depth: int) -> bool:
    line_of = entity.line_of
    if line_of and len(path) > 1 and path[0] in ("parent", line_of.lookup):
        return _own(path[1:], model.entities[line_of.parent], model, depth + 1)
    first = entity.fields.get(path[0])
    if first is None or (len(path) > 1 and first.type.targets(first)) or first.type.owns(first):
        return False
    return is_stored(first, model, depth + 1) if first.formula else True
