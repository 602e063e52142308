"""Text of several lines."""

from __future__ import annotations

from typing import Any

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text, lines
from sartor.platform.model import Field, Model
from sartor.platform.text import fold


class LongText(FieldType):
    key = "long_text"
    label = {"en": "Long text", "zh": "多行文本"}
    icon = "align-left"
    group = "text"
    widget = "textarea"
    operators = ("contains", "not_contains", "starts_with", "ends_with", "is_blank", "is_not_blank")
    sortable = False
    example = "Asked for 3 chairs.\n下周回电"
    options_schema = {
        "type": "object",
        "properties": {
            "max_length": {
                "type": "integer",
                "title": "Longest text",
                "description": "Most characters that the text may have.",
                "minimum": 1,
                "maximum": 100000,
                "default": 20000,
            },
            "rows": {
                "type": "integer",
                "title": "Height",
                "description": "Lines that the box on a form shows.",
                "minimum": 2,
                "maximum": 30,
                "default": 4,
            },
        },
        "additionalProperties": False,
    }

    def longest(self, field: Field) -> int:
        return field.options.get("max_length", 20000)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.TEXT), Column("__fold", ColumnKind.TEXT, shadow=True))

    def expression_type(self, field: Field, model: Model) -> Type:
        return TEXT

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: lines(value, self.longest(field)))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest(field)}

    def store(self, field: Field, value: str | None) -> tuple[str | None, ...]:
        return (value, fold(value)) if value else (None, None)

    def from_operand(self, field: Field, operand: Any) -> str | None:
        return None if operand is None else lines(operand, self.longest(field))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return cell_text(cell)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"max": self.longest(field), "rows": field.options.get("rows", 4)}

    def search_text(self, field: Field, value: str | None) -> str | None:
        return value
