"""Roll-ups: whatever is written, and however, they say what one would count by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import tallies
from hypothesis import example, given, settings
from hypothesis import strategies as st
from worlds import World, open_world

from sartor.platform.errors import Invalid
from sartor.platform.model.ids import decode_id
from sartor.platform.records.bulk import write_many
from sartor.platform.records.wish import Ask, Wish

EXAMPLES = max(4, int(os.environ.get("SARTOR_EXAMPLES", "50")) // 5)
ROLLUPS = list(tallies.by_hand([]))


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    made = open_world(module_database_url, tallies.documents())
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def begun(world: World) -> Callable[[], Family]:
    """Begins a new family; hypothesis prints its arguments, and a world is long."""
    return lambda: Family(world)


def money() -> st.SearchStrategy[dict[str, str]]:
    euros = st.integers(-999, 999).map(lambda cents: f"{cents / 100:.2f}").filter(lambda text: text != "-0.00")
    in_euros = euros.map(lambda text: {"amount": text, "currency": "EUR"})
    in_yen = st.integers(0, 99).map(lambda number: {"amount": str(number), "currency": "JPY"})
    return st.one_of(in_euros, in_euros, in_yen)


VALUES = {
    "amount": st.none() | money(),
    "quantity": st.none() | st.integers(-500, 500).map(lambda units: f"{units / 100:.2f}"),
    "stars": st.none() | st.integers(-3, 5),
    "on": st.none() | st.sampled_from(["2026-01-31", "2026-02-01", "2025-12-31"]),
    "word": st.none() | st.sampled_from(["red", "RED", "蓝"]),
    "kept": st.booleans(),
}
PARENT = st.sampled_from([0, 1, None])
CHILD = st.fixed_dictionaries({**VALUES, "parent": PARENT})
CHANGE = st.fixed_dictionaries({}, optional={**VALUES, "parent": PARENT})
DEED = st.one_of(
    st.tuples(st.just("create"), CHILD),
    st.tuples(st.just("many"), st.lists(CHILD, min_size=2, max_size=4)),
    st.tuples(st.just("update"), CHANGE),
    st.tuples(st.just("delete"), st.none()),
    st.tuples(st.just("restore"), st.none()),
)
AMOUNTS = {**dict.fromkeys(VALUES), "kept": True, "parent": 0}


class Family:
    """Two parents, and their children as they ought to be."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.parents = [world.make("parent", name=name) for name in ("A", "B")]
        self.children: list[dict[str, Any]] = []

    def sent(self, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("parent") is None:
            return values
        return {**values, "parent": self.parents[values["parent"]]}

    def note(self, number: int, values: dict[str, Any]) -> None:
        self.children.append({**values, "id": number, "created": len(self.children), "deleted": False})

    def do(self, what: str, given: Any, which: int) -> None:
        world, context = self.world, self.world.system
        if what == "create":
            self.note(world.writer.create(context, "child", self.sent(given)).id, given)
        elif what == "many":
            asks = [Ask(self.sent(each)) for each in given]
            done = world.database.run(lambda work: write_many(world.writer, context, "child", asks, work))
            for each, outcome in zip(given, done, strict=True):
                self.note(outcome.written.id, each)
        else:
            self.change(what, given, which)

    def change(self, what: str, given: Any, which: int) -> None:
        chosen = [each for each in self.children if each["deleted"] == (what == "restore")]
        if not chosen:
            return
        child = chosen[which % len(chosen)]
        if what == "update":
            self.world.writer.update(self.world.system, "child", child["id"], Wish(self.sent(given)))
            child.update(given)
        else:
            getattr(self.world.writer, what)(self.world.system, "child", child["id"])
            child["deleted"] = what == "delete"

    def living(self, parent: int) -> list[dict[str, Any]]:
        return [each for each in self.children if each["parent"] == parent and not each["deleted"]]


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(DEED, st.integers(0, 9)), min_size=2, max_size=7))
@example([(("many", [{**AMOUNTS, "amount": {"amount": a, "currency": "EUR"}} for a in ("0.01", "0.02")]), 0)])
def test_after_any_writes_they_are_what_one_counts_by_hand(
    begun: Callable[[], Family], deeds: list[tuple[tuple[str, Any], int]]
) -> None:
    family = begun()
    for (what, values), which in deeds:
        family.do(what, values, which)
    for number, parent in enumerate(family.parents):
        found = family.world.read("parent", parent, *ROLLUPS)
        assert {name: found[name] for name in ROLLUPS} == tallies.by_hand(family.living(number))


def test_amounts_of_several_currencies_come_to_no_sum_and_say_so(world: World) -> None:
    parent = world.make("parent", name="A")
    first = world.make("child", parent=parent, amount={"amount": "10", "currency": "USD"})
    world.make("child", parent=parent, amount={"amount": "10", "currency": "CNY"})
    names = ("sum_amount", "avg_amount", "min_amount", "sum_amount.currency", "last_amount")
    found = world.read("parent", parent, *names)
    assert found["sum_amount"] == found["avg_amount"] == found["min_amount"] == tallies.SEVERAL
    assert found["sum_amount.currency"] == "XXX"
    assert found["last_amount"] == {"amount": "10.00", "currency": "CNY"}
    world.change("parent", parent, name="B")
    assert world.read("parent", parent, "sum_amount")["sum_amount"] == tallies.SEVERAL
    world.writer.delete(world.system, "child", decode_id(first))
    assert world.read("parent", parent, "sum_amount")["sum_amount"] == {"amount": "10.00", "currency": "CNY"}


def test_a_total_with_too_many_digits_is_refused_and_nothing_is_written(world: World) -> None:
    parent = world.make("parent", name="A")
    great = {"amount": "999999999999999.99", "currency": "CNY"}
    world.make("child", parent=parent, amount=great)
    with pytest.raises(Invalid) as refused:
        world.make("child", parent=parent, amount=great)
    assert [problem.code for problem in refused.value.problems] == ["computed"] * len(refused.value.problems)
    assert world.read("parent", parent, "how_many", "sum_amount")["how_many"] == 1
