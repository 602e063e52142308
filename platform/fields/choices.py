"""Several of several choices, in the order of the choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sartor.platform.expressions.types import Type, list_of
from sartor.platform.expressions.types import choice as choice_type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Members, Reading
from sartor.platform.fields.choice import EXAMPLE_CHOICES
from sartor.platform.fields.choosing import FIRST_CHOICES, OPTIONS_SCHEMA, Choices, choices_of, said_by
from sartor.platform.fields.many import from_exact, listed, show_list, to_exact
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text, several
from sartor.platform.model import Field, Model


class ChoicesType(FieldType):
    key = "choices"
    label = {"en": "Choices", "zh": "多选"}
    icon = "checks"
    group = "choice"
    widget = "multiselect"
    operators = ("has_any", "has_all", "has_none", "is_blank", "is_not_blank")
    sortable = False
    example = ["hot", "warm"]
    example_options = {"choices": EXAMPLE_CHOICES}
    starter = {"choices": FIRST_CHOICES}
    options_schema = OPTIONS_SCHEMA

    def prepare(self, field: Field, model: Model) -> Choices:
        return choices_of(field, model)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return ()

    def members(self, field: Field) -> Members:
        return Members(ColumnKind.TEXT)

    def expression_type(self, field: Field, model: Model) -> Type:
        return list_of(choice_type((field.details or choices_of(field, model)).labels, sets=said_by(field)))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: self.in_order(field, listed(value)))

    def in_order(self, field: Field, keys: Sequence[Any]) -> tuple[str, ...]:
        known = {field.details.known(key) for key in keys}
        return tuple(key for key in field.details if key in known)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "enum": list(field.details)}}

    def dump(self, field: Field, value: Sequence[str] | None) -> list[str]:
        return list(value or ())

    def store(self, field: Field, value: Sequence[str] | None) -> tuple[str, ...]:
        return tuple(value or ())

    def from_operand(self, field: Field, operand: Sequence[str] | None) -> tuple[str, ...]:
        return self.in_order(field, operand or ())

    def read_text(self, field: Field, cell: Any, reading: Reading) -> list[str]:
        text = cell_text(cell)
        if text is None:
            return []
        return from_exact(text) if reading.exact else self.meant(field, text)

    def meant(self, field: Field, text: str) -> list[str]:
        """A label may hold what otherwise separates, so the whole text is tried first."""
        parts = [text] if field.details.called(text) else several([text])
        return [field.details.meant(part) for part in parts]

    def write_text(self, field: Field, value: Sequence[str] | None, purpose: str, language: str) -> str | None:
        if not value:
            return None
        labels = "; ".join(field.details.label(key, language) for key in value)
        return labels if purpose == "spreadsheet" else to_exact(value)

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> list[str]:
        return [field.details.meant(text) for text in get("") if text.strip()]

    def write_form(self, field: Field, value: Sequence[str] | None, reading: Reading) -> tuple[str, ...]:
        return tuple(value or ())

    def show(self, field: Field, value: Sequence[str] | None, language: str) -> str:
        return show_list([field.details.label(key, language) for key in value or ()], language)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"options": field.details.offered(language)}
