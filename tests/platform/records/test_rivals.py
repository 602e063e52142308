"""Two writers of one record: whoever read before the other wrote looks again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from worlds import World

from sartor.platform.errors import Conflict
from sartor.platform.model.ids import decode_id
from sartor.platform.records.memory.state import Loader
from sartor.platform.records.wish import Wish


def between(monkeypatch: pytest.MonkeyPatch, rival: Callable[[], Any]) -> None:
    """Let a rival write, in a thread of its own, right after the next writer has read its record."""
    take, done = Loader.take, threading.Event()

    def taking(loader: Loader, entity: str, number: int) -> Any:
        state = take(loader, entity, number)
        if not done.is_set():
            done.set()
            thread = threading.Thread(target=rival)
            thread.start()
            thread.join(10)
        return state

    monkeypatch.setattr(Loader, "take", taking)


@pytest.fixture
def deal(world: World, account: str) -> int:
    return decode_id(world.make("deal", name="Pumps", account=account, amount="5"))


def test_changes_of_different_fields_both_stay(world: World, deal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: world.writer.update(world.system, "deal", deal, Wish({"name": "Theirs"})))
    world.writer.update(world.system, "deal", deal, Wish({"amount": "7"}))
    found = world.reader.record(world.system, "deal", deal, (("name",), ("amount",), ("version",)))
    assert (found["name"], found["amount"]["amount"], found["version"]) == ("Theirs", "7.00", 3)


def test_the_same_field_is_a_conflict(world: World, deal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: world.writer.update(world.system, "deal", deal, Wish({"name": "Theirs"})))
    with pytest.raises(Conflict):
        world.writer.update(world.system, "deal", deal, Wish({"name": "Ours"}, 1))


def test_formulas_are_worked_out_from_what_the_rival_left(
    world: World, deal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {"add": [{"product": world.make("product", name="Pump", list_price="10"), "quantity": "2"}]}
    between(monkeypatch, lambda: world.writer.update(world.system, "deal", deal, Wish({"lines": lines})))
    world.writer.update(world.system, "deal", deal, Wish({"amount": "7"}))
    found = world.reader.record(world.system, "deal", deal, (("amount",), ("lines_total",)))
    assert found["lines_total"]["amount"] == "20.00"
