"""Amounts of reports: each in its own currency, those of several ones said to be so and never added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from worlds import World

from sartor.platform.access.context import Context
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import aggregate
from sartor.platform.model import Measure, Money, Several
from sartor.platform.model.ids import decode_id
from sartor.platform.reporting.amounts import added, divided


@pytest.fixture
def mixed(world: World) -> Iterator[None]:
    """One account with deals of two currencies, one with dollars alone."""
    accounts = {name: world.make("account", name=name) for name in ("Both", "Dollars")}
    made = [
        world.make(
            "deal", name="D", account=accounts[name], close_on="2026-05-02", amount={"amount": "10", "currency": code}
        )
        for name, code in (("Both", "USD"), ("Both", "CNY"), ("Dollars", "USD"))
    ]
    yield
    for entity, keys in (("deal", made), ("account", accounts.values())):
        for key in keys:
            world.writer.delete(world.system, entity, decode_id(key))


def test_a_report_says_several_currencies_and_names_the_one(mixed: None, run) -> None:
    table = run("by_account").table
    cells = {row[0].text: (row[1].value, row[1].text) for row in table.rows}
    assert cells == {"Dollars": (Decimal(10), "$10"), "Both": (None, "several currencies")}
    assert (table.totals[1].value, table.totals[1].text) == (None, "several currencies")


@pytest.fixture
def ranked(world: World, run) -> Iterator[Callable[[Context | None], tuple[list[str], str]]]:
    """Three accounts of unlike amounts in two currencies, and how a report ranks them, the greatest first."""
    made = []
    for name, amount, code in (("Yuan", "60", "CNY"), ("Few", "9", "USD"), ("Many", "10", "USD"), ("Fen", "20", "CNY")):
        account = world.make("account", name=name)
        money = {"amount": amount, "currency": code}
        made += [("deal", world.make("deal", name="D", account=account, close_on="2026-05-02", amount=money))]
        made += [("account", account)]
    report = replace(world.model.reports["by_account"], limit=10)

    def names(context: Context | None = None) -> tuple[list[str], str]:
        found = run(report, context)
        return [row[0].text for row in found.table.rows], " ".join(found.notes)

    yield names
    for entity, key in made:
        world.writer.delete(world.system, entity, decode_id(key))


def test_amounts_in_several_currencies_rank_by_their_worth_where_rates_are_known(world: World, ranked) -> None:
    context = replace(world.system, rates=lambda code, day: Decimal(7) if code == "USD" else None)
    names, note = ranked(context)
    assert names == ["Many", "Few", "Yuan", "Fen"]
    assert "Ranked by what the amounts are worth in CNY today." in note


def test_without_a_rate_each_currency_ranks_by_itself(ranked) -> None:
    names, note = ranked()
    assert names == ["Yuan", "Fen", "Many", "Few"]
    assert "Each currency is ranked by itself" in note


def test_groups_of_different_currencies_are_drawn_apart(world: World, run) -> None:
    made = []
    for industry, code in (("it", "CNY"), ("retail", "USD")):
        account = world.make("account", name=code, industry=industry)
        amount = {"amount": "7", "currency": code}
        deal = world.make("deal", name="D", account=account, close_on="2026-05-02", amount=amount)
        made += [("deal", deal), ("account", account)]
    found = run("by_industry")
    for entity, key in made:
        world.writer.delete(world.system, entity, decode_id(key))
    drawn = {each["yaxis"]: [place for place, high in zip(each["x"], each["y"], strict=True) if high]
             for each in found.figure["data"]}  # fmt: skip
    assert drawn == {"y": ["IT"], "y3": ["Retail"]}
    assert [each["text"] for each in found.figure["layout"]["annotations"]] == ["CNY", "USD"]
    assert found.notes[0] == "Each currency is drawn by itself, on a scale of its own: CNY, USD."


def test_amounts_of_a_measure_that_says_nothing_of_money_have_their_currency(mixed: None, world: World, run) -> None:
    report = world.model.reports["by_account"]
    measure = aggregate("sum(amount)", ModelScope(world.model), "deal")
    bare = replace(report, measures=(Measure("sum", None, measure, None, None),), sort=(), name="bare")
    found = run(bare)
    assert [row[1].text for row in found.table.rows if row[0].text == "Dollars"] == ["$10"]
    assert (found.table.headings[1].format, found.table.headings[1].currency) == ("money", "USD")


def test_neither_bars_nor_differences_are_made_of_several_currencies(mixed: None, run) -> None:
    bars = run("by_industry").figure["data"][0]
    assert {*bars.get("x", ()), *bars.get("y", ())} & {0.0, 10.0, 20.0, 30.0} == set()
    assert run("net").table.rows[0][0].text == "several currencies"


def test_amounts_of_one_currency_are_worked_out() -> None:
    dollars, yuan = Money(Decimal(10), "USD"), Money(Decimal(4), "CNY")
    assert added(Decimal(0), dollars) == dollars
    assert (added(dollars, yuan), divided(dollars, yuan), added(Several(), yuan)) == (Several(),) * 3
    assert (divided(dollars, dollars), divided(dollars, 4)) == (1, Money(Decimal("2.5"), "USD"))
