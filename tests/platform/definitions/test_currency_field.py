"""The field that says what a record's amounts are in."""

from __future__ import annotations

from typing import Any

import crm
import pytest
from worlds import COMPILER

CODES = {"choices": {code: {"label": code, "order": 1} for code in ("CNY", "USD")}}
MOODS = {"choices": {"hot": {"label": "Hot", "order": 1}}}
FIELDS: dict[str, Any] = {
    "name": {"type": "text", "label": "Name", "order": 1},
    "price": {"type": "money", "label": "Price", "order": 2},
    "currency": {"type": "choice", "label": "Currency", "order": 3, "options": CODES},
    "mood": {"type": "choice", "label": "Mood", "order": 4, "options": MOODS},
    "worked_out": {
        "type": "formula", "label": "Worked out", "order": 5, "formula": "if(name = 'x', 'CNY', 'USD')",
        "options": {"result": {"type": "text"}},
    },
}  # fmt: skip


def told(name: str) -> list[tuple[str, str]]:
    entity = {"label": "Thing", "title": "name", "fields": FIELDS, "currency_field": name}
    return [(each.field, each.message) for each in COMPILER.check(crm.documents(**{"entity/thing": entity}))]


@pytest.mark.parametrize("name", ["currency", "worked_out"])
def test_what_holds_codes_of_currencies_is_taken(name: str) -> None:
    assert told(name) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("name", "Name holds no currency."),
        ("price", "Price holds no currency."),
        ("mood", "Mood offers “hot”, which is no currency, such as CNY or USD."),
        ("curency", "Thing has no field curency."),
    ],
)
def test_what_would_make_amounts_of_no_currency_is_refused(name: str, said: str) -> None:
    [(place, message)] = told(name)
    assert place == "/currency_field"
    assert message.startswith(said)


def test_its_designer_offers_fields_with_choices_alone() -> None:
    assert COMPILER.kinds.schema("entity")["properties"]["currency_field"]["x-fits"] == ["choice"]
