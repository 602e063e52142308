"""While one writes, what may come next is offered."""

from __future__ import annotations

import pytest
from deals import STAGES

from sartor.platform.expressions import choice, completions

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


@pytest.mark.parametrize(
    ("text", "offered"), [("", "new talk won lost"), ("赢", "won"), ("'lo", "lost"), ("'w' & '", "")]
)
def test_the_choices_come_first_where_one_of_them_is_wanted(model, text: str, offered: str) -> None:
    found = completions(text, len(text), model, "deal", expect=choice(STAGES))
    assert [each.text for each in found if each.kind == "value"] == [f"'{key}'" for key in offered.split()]


def test_fields_come_before_functions_and_say_where_they_go(model) -> None:
    found = completions("quantity > am or x", 13, model, "deal")
    assert [(each.text, each.kind, each.start) for each in found] == [("amount", "field", 11)]
