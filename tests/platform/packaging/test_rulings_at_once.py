"""Decisions that several people, or one who is quick, make at the same moment are all kept."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.packaging.versions.upgrading import Ruling
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.workspace import Workspace

MANY = 6


def test_decisions_of_the_same_moment_are_all_kept(workspace: Workspace) -> None:
    ready = threading.Barrier(MANY)

    def decide(number: int) -> None:
        ready.wait()
        RulingBook(workspace.database, "small").add([Ruling("entity/visit", f"/fields/{number}", Choice.TAKE)])

    with ThreadPoolExecutor() as pool:
        list(pool.map(decide, range(MANY)))
    kept = {each.place for each in RulingBook(workspace.database, "small").read()}
    assert kept == {f"/fields/{number}" for number in range(MANY)}
