"""What a reader cannot see changes no number, no group, no word of any report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from numbers_of_crm import address
from worlds import World

from sartor.platform.access.context import Context
from sartor.platform.reporting.reporter import Reporter


@pytest.fixture(scope="module")
def rep(world: World) -> Context:
    """A representative with a customer and two deals."""
    person = world.person(5, "rep")
    account = world.make("account", person, name="Mine", industry="it", founded_on="2026-03-01")
    for stage, day in (("won", "2026-04-02"), ("qualify", "2026-05-03")):
        key = world.make("deal", person, name=stage, account=account, amount="40", close_on=day)
        if stage != "qualify":
            world.change("deal", key, person, stage=stage)
    return person


def answers(world: World, reader: Context) -> dict[str, Any]:
    """Every report and dashboard of the small CRM, but for the moment of asking."""
    reporter = Reporter(world, address)
    found: dict[str, Any] = {
        name: replace(reporter.run(reader, name), as_of=reader.now()) for name in world.model.reports
    }
    for grouped in ("owner", "account", "account.industry", "close_on:week", "stage.outcome"):
        found[grouped] = replace(reporter.metric(reader, "deals", group=grouped), as_of=reader.now())
    return found


def test_the_work_of_others_changes_nothing(world: World, rep: Context) -> None:
    before = answers(world, rep)
    for number in range(3):
        other = world.person(6 + number, "rep")
        account = world.make("account", other, name=f"Hidden {number}", industry="retail", founded_on="2026-01-05")
        key = world.make("deal", other, name="Hidden", account=account, amount="9999", close_on="2026-01-09")
        world.change("deal", key, other, stage=("won", "proposal", "won")[number])
    assert answers(world, rep) == before


def test_values_of_hidden_fields_change_nothing(world: World, rep: Context) -> None:
    before = answers(world, rep)
    world.make("product", name="GTX", cost="123", list_price="500")
    assert answers(world, rep) == before
