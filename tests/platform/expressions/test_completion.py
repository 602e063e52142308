"""While one writes, what may come next is offered."""

from __future__ import annotations

import pytest

from sartor.platform.expressions import completions

OFFERS = [
    ("am", ["amount"]),
    ("account.", ["id", "name", "owner", "province", "region"]),
    ("account.owner.ma", ["manager"]),
    ("stage.", ["outcome", "probability"]),
    ("old.na", ["name"]),
    ("stage = 'won' a", ["and"]),
    ("name is ", ["blank", "not"]),
    ("rmb", ["rmbupper("]),
    ("region_", ["region_of("]),
    ("1 + nonsense.", []),
    (") x", []),
]


@pytest.mark.parametrize(("text", "offered"), OFFERS)
def test_what_fits_is_offered(model, text: str, offered: list[str]) -> None:
    found = completions(text, len(text), model, "deal", roots={"old": "deal"})
    assert [each.text for each in found] == offered


def test_fields_come_before_functions_and_say_where_they_go(model) -> None:
    found = completions("quantity > am or x", 13, model, "deal")
    assert [(each.text, each.kind, each.start) for each in found] == [("amount", "field", 11)]
