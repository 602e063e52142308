"""An e-mail address."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, FieldType, Reading
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.text import SORT_KEY, text_columns, text_values
from sartor.platform.fields.wording import brief, cell_text, line
from sartor.platform.model import Field, Model
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

LONGEST = 254


def address(value: Any) -> str | None:
    """The address with its domain in lower case; characters that many mail servers refuse are refused here."""
    text = line(value, LONGEST)
    if text is None:
        return None
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise Refused(
            _("%(value)s is not an e-mail address; write it like li.na@example.com.", value=brief(text)), "format"
        ) from None
    return found.normalized


class Email(FieldType):
    key = "email"
    label = {"en": "E-mail", "zh": "邮箱"}
    icon = "mail"
    group = "text"
    widget = "email"
    operators = ("contains", "is", "is_not", "starts_with", "ends_with", "is_blank", "is_not_blank")
    example = "li.na@example.com"
    options_schema = {"type": "object", "properties": {"sort_key": SORT_KEY}, "additionalProperties": False}

    def columns(self, field: Field) -> tuple[Column, ...]:
        return text_columns(field)

    def expression_type(self, field: Field, model: Model) -> Type:
        return TEXT

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(address)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "format": "email", "maxLength": LONGEST}

    def store(self, field: Field, value: str | None) -> tuple[str | None, ...]:
        return text_values(field, value, fold(value) if value else None)

    def from_operand(self, field: Field, operand: Any) -> str | None:
        return None if operand is None else address(operand)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return cell_text(cell)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"max": LONGEST}

    def search_text(self, field: Field, value: str | None) -> str | None:
        return value
