"""A process that is killed while it publishes at a time: the next one does it, and nobody does it twice."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from killing import killed
from workshops import Workshop, connect, text, with_field

from sartor.platform.access.context import Context, system_context
from sartor.platform.automation.timed import TimedPublications
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.timing import Timing
from sartor.platform.storage.engine import Database

POINTS = min(4, int(os.environ.get("SARTOR_KILLS", "20")))
LATER = timedelta(hours=1)


def at_its_time(url: str, node: int) -> tuple[Workshop, TimedPublications]:
    """What another process has when the time has come."""
    workshop = connect(Database.open(url, node=node))
    workshop.database.clock = lambda: datetime.now().astimezone() + 2 * LATER

    def acting(_user: int) -> Context:
        return system_context(workshop.design.model, "test", zone="UTC")

    return workshop, TimedPublications(Timing(workshop.publisher), acting)


def die_at_statement(url: str, point: int) -> None:
    workshop, timed = at_its_time(url, 9)
    done = [0]

    def count(*_told: object) -> None:
        done[0] += 1
        if done[0] == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("after_cursor_execute", "commit"):
        sa.event.listen(workshop.database.writing, event, count)
    timed.run()


def notes(workshop: Workshop) -> list[str]:
    return [each.note for each in workshop.publisher.revisions()]


@pytest.mark.faults
@pytest.mark.parametrize("point", [3 + 8 * n for n in range(POINTS)])
def test_it_is_published_once_whenever_the_process_dies(published_url, tmp_path: Path, point):
    workshop = connect(Database.open(published_url, node=7))
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text()), by=7)
    timing = Timing(workshop.publisher)
    timing.make(Publication("tonight", 7), "main", datetime.now().astimezone() + LATER, "UTC")
    workshop.database.close()
    killed(lambda: die_at_statement(published_url, point), tmp_path / "journal", None)
    for node in (8, 9):
        workshop, timed = at_its_time(published_url, node)
        timed.run()
        found = notes(workshop)
        workshop.database.close()
    assert found == ["tonight", "first"]
