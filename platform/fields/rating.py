"""A number of stars, from 1 up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sartor.platform.expressions.types import INTEGER, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.digits import scaled
from sartor.platform.fields.integer import COMPARING, whole, whole_from_text
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model

STAR = "★"


class Rating(FieldType):
    key = "rating"
    label = {"en": "Rating", "zh": "评分"}
    icon = "star"
    group = "number"
    widget = "rating"
    operators = COMPARING
    aggregates = ("avg", "min", "max")
    example = 4
    options_schema = {
        "type": "object",
        "properties": {
            "max": {
                "type": "integer",
                "title": "Stars",
                "description": "The best rating.",
                "minimum": 2,
                "maximum": 10,
                "default": 5,
            }
        },
        "additionalProperties": False,
    }

    def best(self, field: Field) -> int:
        return field.options.get("max", 5)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.INTEGER),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return INTEGER

    def schema_field(self, field: Field) -> Parsed:
        limits = {"minimum": 1, "maximum": self.best(field)}
        return Parsed(lambda value: whole(value, limits))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": self.best(field)}

    def store(self, field: Field, value: int | Decimal | None) -> tuple[int | None]:
        return (None if value is None else int(scaled(Decimal(value), 0)),)

    def from_operand(self, field: Field, operand: Any) -> int | None:
        limits = {"minimum": 1, "maximum": self.best(field)}
        return None if operand is None else whole(int(scaled(Decimal(operand), 0)), limits)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> int | None:
        text = cell_text(cell)
        return len(text) if text and not text.strip(STAR) else whole_from_text(text, reading)

    def write_text(self, field: Field, value: int | None, purpose: str, language: str) -> Any:
        return value if purpose == "spreadsheet" or value is None else str(value)

    def show(self, field: Field, value: int | None, language: str) -> str:
        return "" if value is None else f"{value}/{self.best(field)}"

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"max": self.best(field)}

    def literal(self, field: Field, value: Any) -> str:
        return str(whole(value, {}))
