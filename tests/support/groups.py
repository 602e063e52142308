"""Writes of several threads on an SQLite file, held back until they wait together."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import SartorError
from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.engine import Database
from sartor.platform.storage.group import Group
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.together import Raced
from sartor.platform.work import Work

ADD = system_adding(sys_counter, "sqlite")
VALUES = Prepared(lambda _dialect: sa.select(sys_counter.c.period, sys_counter.c.value).order_by(sys_counter.c.period))
CHANGE = Prepared(
    lambda _dialect: (
        sa.update(sys_counter).where(sys_counter.c.period == sa.bindparam("which")).values(value=sa.bindparam("new"))
    )
)
Job = Callable[[Work], None]


def row(name: str, value: int = 0) -> dict[str, Any]:
    return {"entity": "deal", "field": "number", "period": name, "value": value}


def adding(*names: str) -> Job:
    return lambda work: work.send(ADD.one, [row(name) for name in names])


def raising(name: str) -> Job:
    """Read a counter, and write one more than what was read."""

    def job(work: Work) -> None:
        found = dict(work.fetch(VALUES("sqlite")))
        work.send(CHANGE("sqlite"), [{"which": name, "new": found[name] + 1}])

    return job


def kept(database: Database) -> dict[str, int]:
    return dict(database.fetch(VALUES("sqlite")))


def once(database: Database, job: Job) -> None:
    with database.work(late=True) as work:
        job(work)


def in_threads(database: Database, jobs: Sequence[Job], do: Callable[[Database, Job], Any] = once) -> list[Any]:
    """Errors of all jobs, each in a thread of its own, None where there was none."""
    told: list[Any] = ["still writing"] * len(jobs)

    def run(number: int) -> None:
        try:
            told[number] = do(database, jobs[number])
        except (SartorError, sqlite3.Error, Raced) as error:
            told[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


def group_of(database: Database) -> Group:
    group = database.driver.group()
    assert isinstance(group, Group)
    return group


@contextmanager
def held(database: Database, waiting: int) -> Iterator[None]:
    """Nobody may write, until so many wait that are let go together."""
    group = group_of(database)

    def let_go() -> None:
        wait_for(lambda: len(group._waiting) >= waiting)
        group.__exit__()

    release = threading.Thread(target=let_go)
    group.__enter__()
    release.start()
    yield
    release.join(30)


def wait_for(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while not happened() and time.monotonic() < until:
        time.sleep(0.005)
    return True


def at_once(database: Database, *jobs: Job) -> list[Any]:
    """The jobs as one group."""
    with held(database, len(jobs)):
        return in_threads(database, jobs)
