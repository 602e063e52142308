"""A relay that is killed at any moment loses nothing: what it did not hand over, the next one does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from killing import KILLS, SEED, Journal, acknowledged, die, die_at, killed

from sartor.platform.automation.jobs import Jobs
from sartor.platform.storage import outbox
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.outbox import Event
from sartor.runtime.relay import Relay

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
EVENTS = 600
JOBS = 5


class Broker:
    """Writes down what it is given; it may die in the middle of taking it."""

    def __init__(self, journal: Path, dies_after: int) -> None:
        self.journal = Journal(journal)
        self.left = dies_after

    def send_task(self, name: str, args: list[Any]) -> None:
        for number in args[0] if name == "sartor.events" else [f"job {args[0]}"]:
            self.left -= 1
            if self.left == 0:
                die()
            self.journal.say(got=number)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database.open(database_url, node=3)
    upgrade(made)
    yield made
    made.close()


def relay(database: Database, broker: Broker) -> Relay:
    return Relay(database, Jobs(database, {"nothing": lambda running: None}), broker)  # type: ignore[arg-type]


def carry(url: str, broker: Broker, dies_at: int) -> None:
    """Carry what there is; die at a statement, or in the middle of handing over."""
    database = Database.open(url, node=4)
    if dies_at:
        die_at(database, dies_at)
    carrier = relay(database, broker)
    while carrier.once():
        pass
    database.close()


@pytest.mark.faults
def test_every_event_and_job_is_handed_over(database: Database, database_url: str, tmp_path: Path) -> None:
    chance, journal = Random(SEED), tmp_path / "journal"
    events = [Event(number, "deal", number, "create", {}, NOON) for number in range(1, EVENTS + 1)]
    database.run(lambda work: outbox.add(work.connection, events))
    jobs = Jobs(database, {"nothing": lambda running: None})
    wanted = {f"job {jobs.begin('nothing', {}, None)}" for _number in range(JOBS)} | {str(each.id) for each in events}
    database.close()
    kills = 0
    for _number in range(KILLS):
        dies_at, in_broker = chance.choice(((chance.randint(1, 12), 0), (0, chance.randint(1, 200))))
        broker = Broker(journal, in_broker)
        kills += killed(lambda one=broker, at=dies_at: carry(database_url, one, at), journal, None)
    assert kills >= KILLS // 2
    carry(database_url, Broker(journal, 0), 0)
    assert {each["got"] for each in acknowledged(journal)} == wanted
    with database.read() as connection:
        assert outbox.pending(connection) == []
