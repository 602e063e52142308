"""Many records at once: the same as one by one, only faster."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from worlds import World

from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records import bulk
from sartor.platform.records.bulk import write_many
from sartor.platform.records.memory.state import Loader
from sartor.platform.records.wish import Ask, Outcome
from sartor.platform.records.writer import Writer
from sartor.platform.storage.adding import Adding
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history


def write(world: World, entity: str, *asks: Ask) -> list[Outcome]:
    return world.database.run(lambda work: write_many(world.writer, world.system, entity, asks, work))


def made(outcomes: list[Outcome]) -> list[str]:
    return [encode_id(each.written.id) for each in outcomes if each.written]


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in outcome.error.problems] if outcome.error else []


def test_roll_ups_numbers_and_history_are_those_of_single_writes(world: World, account: str) -> None:
    asks = [Ask({"name": f"Deal {number}", "account": account, "amount": "10"}) for number in range(5)]
    deals = made(write(world, "deal", *asks))
    assert [world.read("deal", each, "number")["number"] for each in deals] == [f"D-000{n}" for n in range(1, 6)]
    assert world.read("account", account, "open_deals", "open_amount")["open_amount"]["amount"] == "50.00"
    with world.database.read() as connection:
        for table in (sys_history, sys_event):
            chosen = sa.select(sa.func.count()).where(table.c.entity == "deal")
            assert connection.execute(chosen).scalar() == 5


def test_a_refused_record_leaves_the_others(world: World, account: str) -> None:
    asks = [
        Ask({"name": "Good", "account": account}),
        Ask({"account": account}),
        Ask({"name": "Bad", "account": account, "amount": "-1"}),
        Ask({"name": "Lines", "account": account, "lines": [{"quantity": "2"}]}),
        Ask({"name": "Unknown", "account": account, "colour": "red"}),
        Ask({"name": "Good too", "account": account}),
    ]
    outcomes = write(world, "deal", *asks)
    assert [bool(each.written) for each in outcomes] == [True, False, False, False, False, True]
    assert codes(outcomes[1]) == [("name", "required")]
    assert codes(outcomes[2]) == [("amount", "positive")]
    assert codes(outcomes[3]) == [("lines.0.product", "required")]
    assert codes(outcomes[4]) == [("colour", "unknown")]
    assert world.read("account", account, "open_deals")["open_deals"] == 2


def test_of_two_with_one_key_the_first_is_kept(world: World) -> None:
    outcomes = write(world, "account", *(Ask({"name": f"A{n}", "tax_id": "91"}) for n in range(3)))
    assert [bool(each.written) for each in outcomes] == [True, False, False]
    assert codes(outcomes[1]) == [("tax_id", "unique")]


def test_a_key_that_another_record_has_is_refused(world: World) -> None:
    world.make("account", name="Old", tax_id="91")
    outcomes = write(world, "account", Ask({"name": "New", "tax_id": "91"}), Ask({"name": "Other", "tax_id": "92"}))
    assert [bool(each.written) for each in outcomes] == [False, True]


def test_records_are_changed_and_made_together(world: World, account: str) -> None:
    deal = world.make("deal", name="Old", account=account, amount="10")
    asks = [Ask({"amount": "30"}, decode_id(deal)), Ask({"name": "New", "account": account, "amount": "5"})]
    assert all(each.written for each in write(world, "deal", *asks))
    assert world.read("account", account, "open_amount")["open_amount"]["amount"] == "35.00"
    assert world.read("deal", deal, "version")["version"] == 2


def test_a_record_changed_twice_is_changed_in_order(world: World, account: str) -> None:
    deal = decode_id(world.make("deal", name="Old", account=account))
    write(world, "deal", Ask({"amount": "1"}, deal), Ask({"amount": "2", "name": "Newer"}, deal))
    found = world.read("deal", encode_id(deal), "amount", "name", "version")
    assert (found["amount"]["amount"], found["name"], found["version"]) == ("2.00", "Newer", 3)


def test_an_unknown_record_is_refused_alone(world: World, account: str) -> None:
    outcomes = write(world, "deal", Ask({"amount": "1"}, 12345), Ask({"name": "New", "account": account}))
    assert [bool(each.written) for each in outcomes] == [False, True]


@pytest.mark.parametrize("marked", [(None, None, None), (None, True, None), (True, True, True)])
def test_one_of_a_group_is_marked_as_when_they_come_one_by_one(world: World, marked: tuple[bool | None, ...]) -> None:
    rows = [
        {"name": f"C{n}", "email": f"c{n}@example.com"} | ({"is_primary": True} if mark else {})
        for n, mark in enumerate(marked)
    ]
    one, two = world.make("account", name="One"), world.make("account", name="Two")
    for row in rows:
        world.make("contact", account=one, **row)
    write(world, "contact", *(Ask(row | {"account": two}) for row in rows))
    assert primary(world, one) == primary(world, two) is not None


def primary(world: World, account: str) -> str | None:
    return world.read("account", account, "primary_contact.name")["primary_contact.name"]


def test_what_many_records_point_to_is_read_at_once(
    world: World, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    keep = Loader._keep

    def keeping(loader: Loader, entity: str, how: Any, found: Any, wanted: list[int]) -> None:
        asked.append(wanted)
        keep(loader, entity, how, found, wanted)

    monkeypatch.setattr(Loader, "_keep", keeping)
    accounts = [account, world.make("account", name="Other")]
    asked.clear()
    outcomes = write(world, "deal", *(Ask({"name": f"Deal {n}", "account": accounts[n % 2]}) for n in range(6)))
    assert len(made(outcomes)) == 6
    assert len(asked) < 6


Steps = list[tuple[str, int]]
BEGUN = ("begun", 1)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """What a batch in parts of two does, in order: `begun` one record, `sent` so many new rows."""
    noted: Steps = []
    begin, send = Writer.begin, Adding.send

    def beginning(writer: Writer, writing: Any, entity: str, ask: Ask) -> Any:
        noted.append(BEGUN)
        return begin(writer, writing, entity, ask)

    def sending(adding: Adding, work: Any, rows: Any) -> None:
        noted.append(("sent", len(rows)))
        send(adding, work, rows)

    monkeypatch.setattr(bulk, "PART", 2)
    monkeypatch.setattr(Writer, "begin", beginning)
    monkeypatch.setattr(Adding, "send", sending)
    return noted


def test_a_part_is_on_its_way_while_the_next_one_is_begun(world: World, account: str, steps: Steps) -> None:
    steps.clear()
    rows = [{"name": f"C{n}", "account": account, "email": f"c{n}@example.com"} for n in range(5)]
    assert len(made(write(world, "contact", *map(Ask, rows)))) == 5
    assert steps[:8] == [BEGUN, BEGUN, ("sent", 2), BEGUN, BEGUN, ("sent", 2), BEGUN, ("sent", 1)]


def test_where_a_key_may_be_taken_nothing_is_sent_before_it_is_looked_for(world: World, steps: Steps) -> None:
    write(world, "account", *(Ask({"name": f"A{n}", "tax_id": str(n)}) for n in range(3)))
    assert steps[:4] == [BEGUN] * 3 + [("sent", 3)]


def test_what_was_sent_early_and_is_refused_leaves_nothing(world: World, account: str, steps: Steps) -> None:
    steps.clear()
    rows = [{"name": f"C{n}", "account": account} | ({"mobile": "13800138000"} if n < 3 else {}) for n in range(5)]
    outcomes = write(world, "contact", *map(Ask, rows))
    assert steps[:8] == [BEGUN, BEGUN, ("sent", 2), BEGUN, BEGUN, ("sent", 2), BEGUN, ("sent", 1)]
    assert [codes(each) for each in outcomes] == [[], [], [], [("mobile", "reachable")], [("mobile", "reachable")]]
    assert world.names("contact", "name") == ["C0", "C1", "C2"]
