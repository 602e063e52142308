"""A share: a fraction inside (0.15), written and read as 15 or 15 % by people."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from sartor.platform.expressions.types import Type
from sartor.platform.expressions.types import decimal as decimal_type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.digits import PERCENT_SCALE, from_json, from_text, plain, scaled, within, written
from sartor.platform.fields.integer import COMPARING
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model

HUNDRED = Decimal(100)
PERCENT_SIGN = re.compile("\\s*[%\uff05]$")


def fraction(cell: Any, reading: Reading) -> Decimal | None:
    """What a cell says, as a fraction."""
    text = cell_text(cell)
    if text is None:
        return None
    if reading.exact:
        return from_text(text)
    number = from_text(PERCENT_SIGN.sub("", text) or text, reading.decimal_mark)
    return None if number is None else number / HUNDRED


class Percent(FieldType):
    key = "percent"
    label = {"en": "Percent", "zh": "百分比"}
    icon = "percentage"
    group = "number"
    widget = "percent"
    operators = COMPARING
    aggregates = ("avg", "min", "max")
    align = "end"
    example = "0.15"
    options_schema = {
        "type": "object",
        "properties": {
            "minimum": {
                "type": "number",
                "title": "Smallest",
                "description": "Least share allowed, as a fraction: 0.15 is 15 %.",
            },
            "maximum": {
                "type": "number",
                "title": "Largest",
                "description": "Greatest share allowed, as a fraction: 1 is 100 %.",
            },
        },
        "additionalProperties": False,
    }

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.DECIMAL, scale=PERCENT_SCALE),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return decimal_type(PERCENT_SCALE)

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: within(from_json(value), PERCENT_SCALE, field.options))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "description": "A fraction: 0.15 is 15 %."}

    def dump(self, field: Field, value: Decimal | None) -> str | None:
        return None if value is None else plain(scaled(value, PERCENT_SCALE))

    def dump_wire(self, field: Field) -> Any:
        return lambda text, *_: text if text is None or "." not in text else text.rstrip("0").rstrip(".")

    def store(self, field: Field, value: Decimal | int | None) -> tuple[Decimal | None]:
        return (None if value is None else scaled(Decimal(value), PERCENT_SCALE),)

    def load(self, field: Field, *columns: Any) -> Decimal | None:
        return None if columns[0] is None else Decimal(columns[0])

    def from_operand(self, field: Field, operand: Any) -> Decimal | None:
        return None if operand is None else scaled(Decimal(operand), PERCENT_SCALE)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        number = fraction(cell, reading)
        return None if number is None else plain(number)

    def write_text(self, field: Field, value: Decimal | None, purpose: str, language: str) -> Any:
        if value is None:
            return None
        return plain(value * HUNDRED) + "%" if purpose == "spreadsheet" else self.dump(field, value)

    def write_form(self, field: Field, value: Decimal | None, reading: Reading) -> str:
        return "" if value is None else written(value * HUNDRED, reading.decimal_mark)

    def show(self, field: Field, value: Decimal | None, language: str) -> str:
        return "" if value is None else plain(scaled(value * HUNDRED, 2)) + "\u00a0%"

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"step": "0.01"}

    def literal(self, field: Field, value: Any) -> str:
        return plain(from_json(value))
