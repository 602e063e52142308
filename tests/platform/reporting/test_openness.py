"""Numbers are over what the reader may see; what is closed says who could open it."""

from __future__ import annotations

from collections.abc import Callable

import crm
import pytest
from numbers_of_crm import address
from worlds import COMPILER, World

from sartor.platform.access.actor import Actor
from sartor.platform.access.rights import Access
from sartor.platform.access.roles import Rights
from sartor.platform.reporting.answers import ReportAnswer
from sartor.platform.reporting.openness import Openness
from sartor.platform.reporting.reporter import Reporter

Answer = Callable[..., ReportAnswer]


@pytest.fixture(scope="module")
def people(world: World) -> dict[int, object]:
    return {number: world.person(number, "rep") for number in (5, 6)}


def test_a_reader_counts_own_records_only(world: World, run: Answer, people: dict) -> None:
    for number, person in people.items():
        account = world.make("account", person, name=f"Of {number}")
        for _deal in range(number):
            world.make("deal", person, name="Deal", account=account)
    assert [run("deals", person).table.rows[0][0].value for person in people.values()] == [5, 6]
    assert run("deals").table.rows[0][0].value == 11
    reporter = Reporter(world, address)
    for _round in range(2):
        cards = [reporter.dashboard(each, "home").cards[0] for each in people.values()]
        assert [card.report.table.rows[0][0].value for card in cards] == [5, 6]


def test_a_closed_input_says_who_may_open_it(run: Answer, people: dict) -> None:
    found = run("costs", people[5])
    assert found.table is None
    assert "Cost" in found.closed[0].reason
    assert "Manager" in found.closed[0].reason


def test_open_columns_stand_beside_closed_ones(run: Answer, people: dict) -> None:
    found = run("mixed", people[5])
    assert [heading.name for heading in found.table.headings] == ["deals"]
    assert [each.label for each in found.closed] == ["Costs"]


def test_cards_that_ask_the_same_are_asked_once(world: World) -> None:
    found = Reporter(world, address).dashboard(world.system, "home")
    assert [card.name for card in found.cards] == ["deals", "again", "stage", "costs", "list"]
    assert found.questions == 3
    assert found.cards[0].report.table == found.cards[1].report.table


def test_an_owner_filter_narrows(world: World, run: Answer) -> None:
    manager = world.person(9, "manager")
    account = world.make("account", manager, name="Mine")
    world.make("deal", manager, name="Deal", account=account)
    world.make("deal", name="Somebody else's", account=account)
    assert run("deals", manager).table.rows[0][0].value > 1
    found = run("deals", manager, owner="me").table.rows[0][0]
    assert (found.value, found.href) == (1, "deal?owner = me()")


def test_counting_stays_tells_of_stages() -> None:
    documents = crm.documents()
    hidden = {"operations": ["read"], "scope": "all", "fields": {"name": "read"}}
    documents["role/blind"] = {"label": "Blind", "grants": {"deal": hidden}}
    model = COMPILER.compile(documents, 1)
    blind, seller = (Openness(model, Access(Rights(model, [name]), Actor(1, "x"))) for name in ("blind", "seller"))
    assert "Stage" in str(blind.closed("deal@stages", ()))
    assert seller.closed("deal@stages", ()) is None
    assert blind.closed("deal", ()) is None
