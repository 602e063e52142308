"""A number that every record gets by itself, such as `HT2026050001`. Unique; gaps are possible."""

from __future__ import annotations

from typing import Any

from sartor.platform.fields.choosing import wrong_option
from sartor.platform.fields.numbering import DATE_PATTERNS, PERIODS, Numbering
from sartor.platform.fields.one_line import MATCHING, SORT_KEY, OneLine
from sartor.platform.fields.schemas import NAME, ORDER, ORIGIN, closed, field_name
from sartor.platform.fields.wording import line
from sartor.platform.model import Field, Model
from sartor.platform.text import gettext as _

LONGEST = 100
PART = closed(
    {
        "order": ORDER,
        "kind": {"enum": ["text", "date", "counter"], "title": "Kind", "description": "What the part is made of."},
        "text": {
            "type": "string",
            "title": "Text",
            "description": "For the kind text: what stands there.",
            "minLength": 1,
            "maxLength": 12,
        },
        "pattern": {
            "enum": list(DATE_PATTERNS),
            "title": "Pattern",
            "description": "For the kind date: how much of it.",
            "default": "yyyyMM",
        },
        "of": field_name("Date from", "For the kind date: the date field that counts; else the day of creation."),
        "digits": {
            "type": "integer",
            "title": "Digits",
            "description": "For the kind counter: least number of digits; it grows when they are used up.",
            "minimum": 1,
            "maximum": 12,
            "default": 4,
        },
        "start": {
            "type": "integer",
            "title": "First number",
            "description": "For the kind counter.",
            "minimum": 0,
            "maximum": 10**9,
            "default": 1,
        },
        "step": {
            "type": "integer",
            "title": "Step",
            "description": "For the kind counter: what is added each time.",
            "minimum": 1,
            "maximum": 1000,
            "default": 1,
        },
        "reset": {
            "enum": list(PERIODS),
            "title": "Starts again",
            "description": "For the kind counter: when it begins anew.",
            "default": "never",
        },
        "origin": ORIGIN,
    },
    "kind",
)


class AutoNumber(OneLine):
    key = "auto_number"
    label = {"en": "Automatic number", "zh": "自动编号"}
    icon = "hash"
    group = "computed"
    widget = "readonly"
    operators = MATCHING
    computed = True
    unique = True
    example = "HT2026050001"
    example_options = {
        "parts": {
            "prefix": {"order": 1, "kind": "text", "text": "HT"},
            "month": {"order": 2, "kind": "date", "pattern": "yyyyMM"},
            "number": {"order": 3, "kind": "counter", "digits": 4, "reset": "month"},
        }
    }
    starter = {"parts": {"number": {"order": 10, "kind": "counter", "digits": 4}}}
    options_schema = closed(
        {
            "parts": {
                "type": "object",
                "title": "Parts",
                "description": "What the number is put together from; one part is a counter.",
                "propertyNames": NAME,
                "additionalProperties": {**PART, "description": "One part."},
                "minProperties": 1,
                "maxProperties": 6,
            },
            "sort_key": SORT_KEY,
        },
        "parts",
    )

    def prepare(self, field: Field, model: Model) -> Numbering:
        parts = sorted(field.options["parts"].items(), key=lambda part: (float(part[1].get("order", 1000)), part[0]))
        counters = [part for _name, part in parts if part["kind"] == "counter"]
        if len(counters) != 1:
            raise wrong_option(
                field, "parts", _("A number has exactly one counter, not %(count)s.", count=len(counters))
            )
        self._check_texts(field, parts)
        of = next((part["of"] for _name, part in parts if "of" in part), "created_at")
        counter = counters[0]
        return Numbering(
            parts=tuple((part["kind"], _said(part)) for _name, part in parts),
            of=of,
            start=counter.get("start", 1),
            step=counter.get("step", 1),
            reset=counter.get("reset", "never"),
        )

    def _check_texts(self, field: Field, parts: list[tuple[str, Any]]) -> None:
        for name, part in parts:
            if part["kind"] == "text" and "text" not in part:
                raise wrong_option(
                    field, f"parts/{name}/text", _("The text of the part %(name)s is missing.", name=name)
                )

    def longest(self, field: Field) -> int:
        return LONGEST

    def parse(self, field: Field, value: Any) -> str | None:
        return line(value, LONGEST)


def _said(part: dict[str, Any]) -> Any:
    said = {"text": part.get("text"), "date": part.get("pattern", "yyyyMM"), "counter": part.get("digits", 4)}
    return said[part["kind"]]
