"""One of several choices, kept by its stable key."""

from __future__ import annotations

from typing import Any

from sartor.platform.expressions.types import Type
from sartor.platform.expressions.types import choice as choice_type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.choosing import FIRST_CHOICES, OPTIONS_SCHEMA, Choices, choices_of, said_by
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model

EXAMPLE_CHOICES = {
    "hot": {"label": {"en": "Hot", "zh": "热"}, "order": 1, "colour": "red"},
    "warm": {"label": {"en": "Warm", "zh": "温"}, "order": 2, "colour": "orange"},
    "cold": {"label": {"en": "Cold", "zh": "冷"}, "order": 3, "retired": True},
}


class ChoiceType(FieldType):
    key = "choice"
    label = {"en": "Choice", "zh": "单选"}
    icon = "circle-dot"
    coloured = True
    group = "choice"
    widget = "select"
    operators = ("one_of", "none_of", "is", "is_not", "is_blank", "is_not_blank")
    example = "warm"
    example_options = {"choices": EXAMPLE_CHOICES}
    starter = {"choices": FIRST_CHOICES}
    options_schema = OPTIONS_SCHEMA

    def prepare(self, field: Field, model: Model) -> Choices:
        return choices_of(field, model)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.TEXT),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return choice_type((field.details or choices_of(field, model)).labels, sets=said_by(field))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: field.details.known(value) if value != "" else None)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "enum": list(field.details)}

    def ranks(self, field: Field) -> tuple[str, ...]:
        return tuple(field.details)

    def from_operand(self, field: Field, operand: str | None) -> str | None:
        return field.details.known(operand) if operand is not None else None

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        text = cell_text(cell)
        return field.details.meant(text) if text else None

    def write_text(self, field: Field, value: str | None, purpose: str, language: str) -> str | None:
        return self.show(field, value, language) if value and purpose == "spreadsheet" else value

    def show(self, field: Field, value: str | None, language: str) -> str:
        return field.details.label(value, language)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"options": field.details.offered(language)}

    def search_text(self, field: Field, value: str | None) -> str | None:
        return None
