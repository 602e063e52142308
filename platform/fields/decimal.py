"""An exact number with a fixed count of decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sartor.platform.expressions.types import Type
from sartor.platform.expressions.types import decimal as decimal_type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.digits import (
    GROUPING,
    from_json,
    from_text,
    is_grouped,
    plain,
    scaled,
    shown,
    within,
    written,
)
from sartor.platform.fields.integer import COMPARING
from sartor.platform.fields.refusal import Parsed
from sartor.platform.model import Field, Model


class DecimalNumber(FieldType):
    key = "decimal"
    label = {"en": "Number", "zh": "小数"}
    icon = "decimal"
    group = "number"
    widget = "number"
    operators = COMPARING
    aggregates = ("sum", "avg", "min", "max")
    align = "end"
    example = "12.50"
    options_schema = {
        "type": "object",
        "properties": {
            "scale": {
                "type": "integer",
                "title": "Decimals",
                "description": "Digits after the point.",
                "minimum": 0,
                "maximum": 6,
                "default": 2,
            },
            "minimum": {"type": "number", "title": "Smallest", "description": "Least number allowed."},
            "maximum": {"type": "number", "title": "Largest", "description": "Greatest number allowed."},
            "grouping": GROUPING,
        },
        "additionalProperties": False,
    }

    def scale(self, field: Field) -> int:
        return field.options.get("scale", 2)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.DECIMAL, scale=self.scale(field)),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return decimal_type(self.scale(field))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: within(from_json(value), self.scale(field), field.options))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

    def dump(self, field: Field, value: Decimal | None) -> str | None:
        return None if value is None else format(scaled(value, self.scale(field)), "f")

    def store(self, field: Field, value: Decimal | int | None) -> tuple[Decimal | None]:
        return (None if value is None else scaled(Decimal(value), self.scale(field)),)

    def load(self, field: Field, *columns: Any) -> Decimal | None:
        return None if columns[0] is None else Decimal(columns[0])

    def from_operand(self, field: Field, operand: Any) -> Decimal | None:
        return None if operand is None else scaled(Decimal(operand), self.scale(field))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        number = from_text(cell, "." if reading.exact else reading.decimal_mark)
        return None if number is None else plain(number)

    def write_text(self, field: Field, value: Decimal | None, purpose: str, language: str) -> Any:
        return value if purpose == "spreadsheet" or value is None else self.dump(field, value)

    def write_form(self, field: Field, value: Decimal | None, reading: Reading) -> str:
        return "" if value is None else written(value, reading.decimal_mark)

    def show(self, field: Field, value: Decimal | None, language: str) -> str:
        return "" if value is None else shown(value, self.scale(field), language, grouped=is_grouped(field))

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        limits = {"min": field.options.get("minimum"), "max": field.options.get("maximum")}
        step = plain(Decimal(1).scaleb(-self.scale(field)))
        return {"step": step, **{key: value for key, value in limits.items() if value is not None}}

    def literal(self, field: Field, value: Any) -> str:
        return plain(from_json(value))
