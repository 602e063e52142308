"""A web address: http or https, nothing that a browser would execute."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, FieldType, Reading
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.text import text_columns, text_values
from sartor.platform.fields.wording import brief, cell_text, line
from sartor.platform.model import Field, Model
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

LONGEST = 2000
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE | re.ASCII)
HOST = re.compile(r"\w([\w-]*\w)?(\.\w([\w-]*\w)?)+\.?")


def web_address(value: Any) -> str | None:
    """The address as written, with `https://` before it where nothing was said."""
    text = line(value, LONGEST)
    if text is None:
        return None
    whole = text if SCHEME.match(text) else f"https://{text}"
    if not _is_web(whole):
        raise Refused(
            _("%(value)s is not a web address; write it like https://example.com.", value=brief(text)), "format"
        )
    return whole


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    fits = parts.scheme in ("http", "https") and parts.username is None and port != 0
    return bool(fits and HOST.fullmatch(host) and not re.search(r"[\s<>\"\\^`{|}]", text))


class Url(FieldType):
    key = "url"
    label = {"en": "Web address", "zh": "网址"}
    icon = "link"
    group = "text"
    widget = "url"
    operators = ("contains", "is", "starts_with", "is_blank", "is_not_blank")
    example = "https://example.com/about?lang=zh"
    options_schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def columns(self, field: Field) -> tuple[Column, ...]:
        return text_columns(field)

    def expression_type(self, field: Field, model: Model) -> Type:
        return TEXT

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(web_address)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "maxLength": LONGEST}

    def store(self, field: Field, value: str | None) -> tuple[str | None, ...]:
        return text_values(field, value, fold(value) if value else None)

    def from_operand(self, field: Field, operand: Any) -> str | None:
        return None if operand is None else web_address(operand)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return cell_text(cell)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"max": LONGEST}

    def search_text(self, field: Field, value: str | None) -> str | None:
        return value
