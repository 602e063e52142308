"""Several processes and threads on one SQLite file, and a process that is killed while its threads share commits."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from groups import Job, adding, in_threads, kept, once, raising, wait_for

from sartor.platform.storage.engine import Database


def test_processes_and_threads_lose_no_update(database: Database, path: Path) -> None:
    once(database, adding("a"))
    database.close()
    children = [_child(path) for _number in range(3)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 3
    assert kept(database) == {"a": 3 * 4 * 10}


def _ten_times(database: Database, job: Job) -> None:
    for _time in range(10):
        database.run(job, late=True)


def _child(path: Path) -> int:
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            mine = Database.open(f"sqlite:///{path}", node=os.getpid() % 1024)
            told = in_threads(
                mine, [raising("a")] * 4, lambda where, job: [where.run(job, late=True) for _n in range(10)]
            )
            failed = int(any(isinstance(each, Exception) for each in told))
        finally:
            os._exit(failed)
    return child


@pytest.mark.parametrize("after", [0.05, 0.15, 0.3])
def test_a_killed_process_keeps_what_it_acknowledged_and_nothing_by_half(
    database: Database, path: Path, tmp_path: Path, after: float
) -> None:
    database.close()
    journal = tmp_path / "journal"
    child = os.fork()
    if child == 0:
        _write_pairs_for_ever(path, journal)
    wait_for(lambda: journal.exists() and journal.stat().st_size > 0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told, there = set(journal.read_text().split("\n")[:-1]), kept(database)
    assert told
    assert {f"{name}/{half}" for name in told for half in "xy"} <= set(there)
    assert {name[:-1] + other for name in there for other in "xy"} == set(there)


def _write_pairs_for_ever(path: Path, journal: Path) -> None:
    """Four threads, each write two rows; its name goes into the journal when the write has returned."""
    try:
        mine = Database.open(f"sqlite:///{path}", node=os.getpid() % 1024)
        file = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

        def go(number: int) -> None:
            for place in range(10_000):
                name = f"{number}-{place}"
                mine.run(adding(f"{name}/x", f"{name}/y"), late=True)
                os.write(file, f"{name}\n".encode())

        threads = [threading.Thread(target=go, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        os._exit(1)
