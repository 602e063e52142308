"""An e-mail address."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email

from sartor.platform.fields.one_line import MATCHING, SORT_KEY, OneLine
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, line
from sartor.platform.model import Field
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


class Email(OneLine):
    key = "email"
    label = {"en": "E-mail", "zh": "邮箱"}
    icon = "mail"
    widget = "email"
    operators = MATCHING
    example = "li.na@example.com"
    options_schema = {"type": "object", "properties": {"sort_key": SORT_KEY}, "additionalProperties": False}

    def longest(self, field: Field) -> int:
        return LONGEST

    def parse(self, field: Field, value: Any) -> str | None:
        return address(value)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {**super().json_schema(field), "format": "email"}
