"""A process that is killed while it writes leaves whole writes only: each as it was acknowledged, none by half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import crm
import pytest
from bringing import Bringing
from deeds import BATCH, Run, Writing, reopened
from killing import KILLS, SEED, acknowledged, killed
from soundness import State, broken_promises, faults, half_batches
from worlds import World, open_world

from sartor.platform.automation.delivery import deliver

ROWS = 700
AT_ONCE = 20
"""Kills of one workspace: what is looked at after each of them grows with what was written."""


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = open_world(database_url, crm.documents())
    for number in range(3):
        account = made.make("account", name=f"A{number}")
        made.make("contact", name=f"C{number}", account=account, mobile="13800000000", is_primary=True)
        made.make("product", name=f"P{number}", list_price=str(number + 1))
        for place in range(2):
            made.make("deal", name=f"D{number}/{place}", account=account, amount="10")
    yield made
    made.database.close()


@pytest.mark.faults
@pytest.mark.parametrize("begin", range(0, KILLS, AT_ONCE))
def test_no_write_is_lost_and_none_is_half_there(world: World, database_url: str, tmp_path: Path, begin: int) -> None:
    chance, journal = Random(f"{SEED} {begin}"), tmp_path / "journal"
    imported = _begin_import(world, tmp_path)
    kills = min(AT_ONCE, KILLS - begin)
    for number in range(1, kills + 1):
        dies_at = chance.choice((0, chance.randint(1, 60), chance.randint(60, 800)))
        run = Run(number, journal, imported if number % 4 == 0 else None, dies_at)
        after = None if dies_at else chance.uniform(0.0, 0.3)
        world.database.close()
        assert killed(lambda run=run: Writing(reopened(world, database_url), run).for_ever(), journal, after)
        state, told = State(world), acknowledged(journal)
        assert faults(state) == [], f"after kill {number}: {run}"
        assert broken_promises(state, told) == [], f"after kill {number}: {run}"
        assert half_batches(state, BATCH) == []
    assert sum("action" in each for each in told) >= kills // 2
    assert _handed_over(world) == {event["id"] for event in state.events}


def _begin_import(world: World, folder: Path) -> tuple[Path, int]:
    bring = Bringing(world, folder, lambda: world.system)
    path = bring.file("name,tax_id", *(f"I{number},I{number}" for number in range(ROWS)))
    return path, bring.begin("account", path).id


def _handed_over(world: World) -> set[int]:
    seen: set[int] = set()
    while deliver(world.database, lambda events: seen.update(event.id for event in events)):
        pass
    return seen
