"""The id of a record: 64 bits inside, 13 characters outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sartor.platform.expressions.types import Type, record
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.pointing import ID_SCHEMA, id_from_json
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.schemas import closed
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model
from sartor.platform.model.ids import encode_id


def wire_id(number: int | None) -> str | None:
    return None if number is None else encode_id(number)


class Identifier(FieldType):
    key = "identifier"
    label = {"en": "ID", "zh": "编号"}
    icon = "key"
    group = "computed"
    widget = "readonly"
    operators = ("is", "is_not", "one_of", "none_of")
    computed = True
    system = True
    example = "00E5V2JQ00003"
    options_schema = closed({})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.ID),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return record(field.entity)

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(id_from_json)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return ID_SCHEMA

    def dump(self, field: Field, value: int | None) -> str | None:
        return wire_id(value)

    def dump_wire(self, field: Field) -> Callable[..., Any]:
        return wire_id

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return cell_text(cell)

    def write_text(self, field: Field, value: int | None, purpose: str, language: str) -> str | None:
        return wire_id(value)

    def write_form(self, field: Field, value: int | None, reading: Reading) -> str:
        return wire_id(value) or ""

    def show(self, field: Field, value: int | None, language: str) -> str:
        return wire_id(value) or ""

    def literal(self, field: Field, value: Any) -> str:
        return f"'{encode_id(id_from_json(value))}'"
