"""A fact that holds or does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from sartor.platform.expressions.types import BOOLEAN, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.model import Field, Model
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

YES = {"yes", "y", "true", "t", "1", "on", "x", "是", "对", "有", "真", "√", "✓"}
NO = {"no", "n", "false", "f", "0", "off", "否", "不是", "无", "没有", "假", "×"}
WORDS = {"en": ("No", "Yes"), "zh": ("否", "是")}


def fact(value: Any) -> bool:
    """JSON true or false, nothing else."""
    if not isinstance(value, bool):
        raise Refused(_("%(value)s is neither true nor false.", value=brief(value)), "type")
    return value


class YesNo(FieldType):
    key = "yes_no"
    label = {"en": "Yes or no", "zh": "是否"}
    icon = "checkbox"
    group = "choice"
    widget = "checkbox"
    operators = ("is_true", "is_not_true", "is_false", "is_blank", "is_not_blank")
    choosing: ClassVar[Mapping[str, str]] = {"true": "is_true", "false": "is_not_true"}
    example = True
    options_schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.BOOLEAN),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return BOOLEAN

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(fact)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "boolean"}

    def read_text(self, field: Field, cell: Any, reading: Reading) -> bool | None:
        text = cell_text(cell)
        if text is None:
            return None
        word = fold(text)
        if word in YES or word in NO:
            return word in YES
        raise Refused(_("%(value)s is neither yes nor no.", value=brief(text)), "type")

    def write_text(self, field: Field, value: bool | None, purpose: str, language: str) -> str | None:
        if value is None:
            return None
        return self.show(field, value, language) if purpose == "spreadsheet" else str(value).lower()

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> bool | None:
        """A box that is not ticked sends nothing, so nothing is no."""
        said = [text for text in get("") if text.strip()]
        return self.read_text(field, said[-1], reading) if said else False

    def write_form(self, field: Field, value: bool | None, reading: Reading) -> str:
        return "true" if value else ""

    def show(self, field: Field, value: bool | None, language: str) -> str:
        return "" if value is None else WORDS.get(language, WORDS["en"])[value]

    def literal(self, field: Field, value: Any) -> str:
        return str(fact(value)).lower()
