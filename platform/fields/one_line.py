"""What fields have in common whose value is one line of text: two or three columns, and one way to read it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Model
from sartor.platform.text import fold, sort_key

SORT_KEY = {
    "type": "boolean",
    "title": "Keep a sort key",
    "description": "Store the form by which texts are ordered (pinyin for Chinese); switched on for titles by itself.",
    "default": False,
}
MATCHING = (
    "contains", "not_contains", "is", "is_not", "starts_with", "ends_with", "one_of", "none_of", "is_blank",
    "is_not_blank",
)  # fmt: skip
"""What filters offer about a line of text, the most likely first."""


def text_columns(field: Field) -> tuple[Column, ...]:
    """The text, the form in which it is compared, and where the field wants it the form by which it is ordered."""
    folded = (Column("", ColumnKind.TEXT), Column("__fold", ColumnKind.TEXT, shadow=True))
    return (*folded, Column("__sort", ColumnKind.TEXT, shadow=True)) if field.options.get("sort_key") else folded


def text_values(field: Field, text: str | None, folded: str | None) -> tuple[str | None, ...]:
    """What stands in `text_columns`."""
    if field.options.get("sort_key"):
        return text, folded, sort_key(text) if text else None
    return text, folded


class OneLine(FieldType):
    """A type says how long the line may be, and what of it is a value."""

    group = "text"

    @abstractmethod
    def longest(self, field: Field) -> int: ...

    @abstractmethod
    def parse(self, field: Field, value: Any) -> str | None: ...

    def fold(self, field: Field, text: str) -> str:
        return fold(text)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return text_columns(field)

    def expression_type(self, field: Field, model: Model) -> Type:
        return TEXT

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: self.parse(field, value))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest(field)}

    def store(self, field: Field, value: str | None) -> tuple[str | None, ...]:
        text = value or None
        return text_values(field, text, self.fold(field, text) if text else None)

    def from_operand(self, field: Field, operand: Any) -> str | None:
        return None if operand is None else self.parse(field, operand)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return cell_text(cell)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"max": self.longest(field)}

    def search_text(self, field: Field, value: str | None) -> str | None:
        return value
