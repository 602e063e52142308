"""A web address: http or https, nothing that a browser would execute."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sartor.platform.fields.one_line import MATCHING, OneLine
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, line
from sartor.platform.model import Field
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


class Url(OneLine):
    key = "url"
    label = {"en": "Web address", "zh": "网址"}
    icon = "link"
    widget = "url"
    operators = MATCHING
    example = "https://example.com/about?lang=zh"
    options_schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def longest(self, field: Field) -> int:
        return LONGEST

    def parse(self, field: Field, value: Any) -> str | None:
        return web_address(value)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {**super().json_schema(field), "format": "uri"}
