"""A single line of text."""

from __future__ import annotations

from typing import Any

from sartor.platform.fields.one_line import MATCHING, SORT_KEY, OneLine
from sartor.platform.fields.wording import line
from sartor.platform.model import Field


class Text(OneLine):
    key = "text"
    label = {"en": "Text", "zh": "单行文本"}
    icon = "letter-case"
    widget = "text"
    operators = MATCHING
    example = "上海华为 Ltd"
    options_schema = {
        "type": "object",
        "properties": {
            "max_length": {
                "type": "integer",
                "title": "Longest text",
                "description": "Most characters that the text may have.",
                "minimum": 1,
                "maximum": 1000,
                "default": 255,
            },
            "sort_key": SORT_KEY,
        },
        "additionalProperties": False,
    }

    def longest(self, field: Field) -> int:
        return field.options.get("max_length", 255)

    def parse(self, field: Field, value: Any) -> str | None:
        return line(value, self.longest(field))
