"""Measures of amounts: several currencies come to no number, one comes with its name."""

from __future__ import annotations

from copy import deepcopy

import crm
import pytest
from worlds import World, open_world

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import aggregate, check
from sartor.platform.query.question import Group, Question, Sum

MIXED = {
    "sum(amount)": (None, "XXX"),
    "avg(amount)": (None, "XXX"),
    "min(amount)": (None, "XXX"),
    "max(amount)": (None, "XXX"),
    "median(amount)": (None, "XXX"),
    "sum(amount) / count()": (None, "XXX"),
    "sum(amount * 2) + sum(amount)": (None, "XXX"),
    "sum(base(amount)) - sum(amount)": (None, "XXX"),
    "sum(amount) / sum(amount)": (None, "XXX"),
    "sum(if(amount.currency = 'USD', amount, 0))": ("10.000", "USD"),
    "sum(if(amount > 5, 1, 0))": (2, None),
    "avg(amount / amount)": ("1.000000000000", None),
    "count(amount)": (2, None),
    "distinct(amount)": (2, None),
    "distinct(if(amount > 5, amount, null))": (2, None),
    "distinct(case(amount > 50, 1, amount > 5, amount ?? 0, weighted))": (2, None),
    "distinct(amount ?? 0)": (2, None),
    "distinct(amount * 1)": (1, None),
}


def asked(world: World, text: str, *groups: str) -> list[tuple]:
    measures = tuple(aggregate(each, ModelScope(world.model), "deal") for each in (text, "count()"))
    return world.reader.sum(world.system, Sum("deal", measures, tuple(Group((each,)) for each in groups), coins=True))


@pytest.fixture
def deals(world: World, account: str) -> None:
    for name, currency in (("A", "USD"), ("B", "CNY")):
        world.make("deal", name=name, account=account, amount={"amount": "10", "currency": currency})


def test_several_currencies_come_to_no_number(world: World, deals: None) -> None:
    for text, expected in MIXED.items():
        ((value, _count, currency, none),) = asked(world, text)
        assert (text, (value, currency), none) == (text, expected, None)


def test_each_group_has_its_own_currency(world: World, deals: None) -> None:
    found = asked(world, "sum(amount)", "name")
    assert [(row[0], row[1], row[3]) for row in found] == [("A", "10.000", "USD"), ("B", "10.000", "CNY")]
    assert asked(world, "sum(base(amount))")[0][2] == "CNY"


def test_an_amount_worked_out_at_reading_has_its_currency_in_conditions_and_measures(database_url: str) -> None:
    documents = deepcopy(crm.documents())
    twice = {"type": "formula", "label": "Twice", "order": 200, "formula": "if(account.name is blank, 0, amount * 2)"}
    documents["entity/deal"]["fields"]["twice"] = twice | {"options": {"result": {"type": "money"}}}
    world = open_world(database_url, documents)
    account = world.make("account", name="A")
    for currency in ("USD", "CNY", "CNY"):
        world.make("deal", name=currency, account=account, amount={"amount": "10", "currency": currency})
    asked_for = check("twice.currency = 'USD'", ModelScope(world.model), "deal")
    page = world.reader.page(world.system, Question("deal", (("twice",), ("twice", "currency")), where=(asked_for,)))
    assert [(row["twice"], row["twice.currency"]) for row in page.rows] == [
        ({"amount": "20.00", "currency": "USD"}, "USD")
    ]
    assert asked(world, "distinct(twice)")[0][0] == 2
    world.database.close()
