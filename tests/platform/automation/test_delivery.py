"""Delivery of events: none is lost, whatever happens between handing over and marking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sartor.platform.automation.delivery import AT_ONCE, deliver
from sartor.platform.storage import outbox
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.outbox import Event

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database.open(database_url, node=3)
    upgrade(made)
    yield made
    made.close()


def write(database: Database, count: int) -> list[int]:
    numbers = list(range(1, count + 1))
    events = [Event(number, "deal", number, "create", {}, NOON) for number in numbers]
    database.run(lambda work: outbox.add(work.connection, events))
    return numbers


def test_events_are_handed_over_once_and_in_order(database: Database) -> None:
    numbers, seen = write(database, AT_ONCE + 50), list[int]()
    while deliver(database, lambda events: seen.extend(event.id for event in events)):
        pass
    assert seen == numbers


def test_what_could_not_be_handed_over_is_offered_again(database: Database) -> None:
    def broken(events: object) -> None:
        raise ConnectionError("no broker")

    write(database, 3)
    with pytest.raises(ConnectionError):
        deliver(database, broken)
    assert deliver(database, lambda events: None) == 3
