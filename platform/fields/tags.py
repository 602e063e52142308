"""Free keywords. `VIP` and `vip` are one tag; the first spelling stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sartor.platform.expressions.types import TEXT, Type, list_of
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Members, Reading
from sartor.platform.fields.many import from_exact, listed, show_list, to_exact
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.schemas import closed
from sartor.platform.fields.wording import cell_text, line, several
from sartor.platform.model import Field, Model
from sartor.platform.text import fold

LONGEST = 40


def distinct(values: Sequence[Any]) -> tuple[str, ...]:
    """The tags without blanks and repetitions."""
    found: dict[str, str] = {}
    for value in values:
        tag = line(value, LONGEST)
        if tag:
            found.setdefault(fold(tag), tag)
    return tuple(found.values())


class Tags(FieldType):
    key = "tags"
    label = {"en": "Tags", "zh": "标签"}
    icon = "tags"
    group = "choice"
    widget = "tags"
    operators = ("has_any", "has_all", "has_none", "is_blank", "is_not_blank")
    sortable = False
    example = ["VIP", "展会"]
    options_schema = closed({})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return ()

    def members(self, field: Field) -> Members:
        return Members(ColumnKind.TEXT, folded=True)

    def expression_type(self, field: Field, model: Model) -> Type:
        return list_of(TEXT)

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: distinct(listed(value)))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": LONGEST}}

    def dump(self, field: Field, value: Sequence[str] | None) -> list[str]:
        return list(value or ())

    def store(self, field: Field, value: Sequence[str] | None) -> tuple[str, ...]:
        return tuple(value or ())

    def from_operand(self, field: Field, operand: Sequence[str] | None) -> tuple[str, ...]:
        return distinct(operand or ())

    def read_text(self, field: Field, cell: Any, reading: Reading) -> list[str]:
        text = cell_text(cell)
        if text is None:
            return []
        return from_exact(text) if reading.exact else several([text])

    def write_text(self, field: Field, value: Sequence[str] | None, purpose: str, language: str) -> str | None:
        if not value:
            return None
        return "; ".join(value) if purpose == "spreadsheet" else to_exact(value)

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> list[str]:
        return [text for text in get("") if text.strip()]

    def write_form(self, field: Field, value: Sequence[str] | None, reading: Reading) -> tuple[str, ...]:
        return tuple(value or ())

    def show(self, field: Field, value: Sequence[str] | None, language: str) -> str:
        return show_list(list(value or ()), language)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"create": True}

    def search_text(self, field: Field, value: Sequence[str] | None) -> str | None:
        return " ".join(value) if value else None
