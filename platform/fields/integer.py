"""A whole number of up to 15 digits, so that every reader of JSON keeps it exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from sartor.platform.expressions.types import INTEGER, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.digits import GROUPING, from_text, is_grouped, scaled, shown, within, written
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.wording import brief
from sartor.platform.model import Field, Model
from sartor.platform.text import gettext as _

LARGEST = 10**15 - 1
COMPARING = (
    "is", "is_not", "at_least", "at_most", "more_than", "less_than", "between", "not_between", "one_of", "none_of",
    "is_blank", "is_not_blank",
)  # fmt: skip


def whole(value: Any, options: Mapping[str, Any]) -> int:
    """A JSON integer within the limits of the field."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(_("%(value)s is not a whole number.", value=brief(value)), "type")
    if abs(value) > LARGEST:
        raise Refused(_("%(value)s has too many digits; at most 15 are allowed.", value=brief(value)), "digits")
    return int(within(Decimal(value), 0, options))


def whole_from_text(cell: Any, reading: Reading) -> int | None:
    number = from_text(cell, reading.decimal_mark)
    if number is None:
        return None
    if number != int(number):
        raise Refused(_("%(value)s is not a whole number.", value=brief(str(cell))), "type")
    return int(number)


class Integer(FieldType):
    key = "integer"
    label = {"en": "Whole number", "zh": "整数"}
    icon = "number-123"
    group = "number"
    widget = "number"
    operators = COMPARING
    aggregates: ClassVar[Sequence[str]] = ("sum", "avg", "min", "max")
    align = "end"
    example = 42
    options_schema = {
        "type": "object",
        "properties": {
            "minimum": {"type": "integer", "title": "Smallest", "description": "Least number allowed."},
            "maximum": {"type": "integer", "title": "Largest", "description": "Greatest number allowed."},
            "grouping": GROUPING,
        },
        "additionalProperties": False,
    }

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.INTEGER),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return INTEGER

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: whole(value, field.options))

    def json_schema(self, field: Field) -> dict[str, Any]:
        limits = {key: field.options[key] for key in ("minimum", "maximum") if key in field.options}
        return {"type": "integer", **limits}

    def store(self, field: Field, value: int | Decimal | None) -> tuple[int | None]:
        return (None if value is None else int(scaled(Decimal(value), 0)),)

    def from_operand(self, field: Field, operand: Any) -> int | None:
        return None if operand is None else int(scaled(Decimal(operand), 0))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> int | None:
        return whole_from_text(cell, reading)

    def write_text(self, field: Field, value: int | None, purpose: str, language: str) -> Any:
        return value if purpose == "spreadsheet" or value is None else str(value)

    def write_form(self, field: Field, value: int | None, reading: Reading) -> str:
        return "" if value is None else written(Decimal(value), reading.decimal_mark)

    def show(self, field: Field, value: int | None, language: str) -> str:
        return "" if value is None else shown(value, 0, language, grouped=is_grouped(field))

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        limits = {"min": field.options.get("minimum"), "max": field.options.get("maximum")}
        return {"step": "1", **{key: value for key, value in limits.items() if value is not None}}

    def literal(self, field: Field, value: Any) -> str:
        return str(whole(value, {}))
