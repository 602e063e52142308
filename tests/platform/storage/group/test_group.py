"""Threads whose writes share a commit: each stands or falls by itself, and none hears of success too early."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from groups import ADD, CHANGE, Job, adding, at_once, group_of, in_threads, kept, once, raising, row, wait_for

from sartor.platform.storage.engine import Database
from sartor.platform.storage.group import MOST, Group
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.together import Raced
from sartor.platform.work import Work

POINT = "INSERT INTO line (id, head) VALUES (:id, :head)"


@pytest.fixture
def commits(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the writing connection was told, apart from the parcels' own statements."""
    group = group_of(database)
    said: list[str] = []
    group.connection.set_trace_callback(said.append)
    return said


def test_what_waits_together_is_committed_once(database: Database, commits: list[str]) -> None:
    assert at_once(database, *(adding(f"{number}") for number in range(5))) == [None] * 5
    assert len(kept(database)) == 5
    assert commits.count("COMMIT") == 1


def test_a_commit_is_not_for_more_than_so_many(database: Database, commits: list[str]) -> None:
    assert at_once(database, *(adding(f"{number}") for number in range(MOST + 3))) == [None] * (MOST + 3)
    assert len(kept(database)) == MOST + 3
    assert commits.count("COMMIT") == 2


def test_one_that_is_refused_undoes_only_its_own(database: Database) -> None:
    told = at_once(database, adding("a"), adding("b", "b"), adding("c"))
    assert [type(each) for each in told] == [type(None), sqlite3.IntegrityError, type(None)]
    assert sorted(kept(database)) == ["a", "c"]


def test_two_that_read_the_same_row_do_not_both_write_it(database: Database) -> None:
    once(database, adding("a"))
    told = at_once(database, raising("a"), raising("a"), raising("a"))
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "Raced", "Raced"]
    assert kept(database) == {"a": 1}


def test_whoever_raced_does_it_again(database: Database) -> None:
    once(database, adding("a"))
    told = in_threads(database, [raising("a")] * 12, lambda where, job: where.run(job, late=True))
    assert told == [None] * 12
    assert kept(database) == {"a": 12}


def test_what_a_rival_changed_in_a_plain_transaction_is_noticed(database: Database) -> None:
    once(database, adding("a"))

    def job(work: Work) -> None:
        raising("a")(work)
        rival(lambda: database.run(lambda other: other.send(CHANGE("sqlite"), [{"which": "a", "new": 7}])))

    with pytest.raises(Raced):
        once(database, job)
    assert kept(database) == {"a": 7}


def rival(act: Callable[[], Any]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join(20)


def test_what_a_rival_process_changed_is_noticed(database: Database, path: Path) -> None:
    once(database, adding("a"))

    def job(work: Work) -> None:
        raising("a")(work)
        with sqlite3.connect(path) as other:
            other.execute("UPDATE sys_counter SET value = 7")
        other.close()

    with pytest.raises(Raced):
        once(database, job)
    assert kept(database) == {"a": 7}


def test_a_work_that_opens_in_the_middle_notices_too(database: Database) -> None:
    once(database, adding("a"))

    def job(work: Work) -> None:
        raising("a")(work)
        rival(lambda: once(database, raising("a")))
        work.connection.execute(sa.select(sys_counter))

    with pytest.raises(Raced):
        once(database, job)
    assert kept(database) == {"a": 1}


def test_what_nobody_changed_is_not_read_again(database: Database, commits: list[str]) -> None:
    once(database, adding("a"))
    once(database, raising("a"))
    commits.clear()
    once(database, raising("a"))
    assert not any(each.startswith("SELECT") for each in commits)


def test_statements_run_in_the_order_in_which_they_were_sent(database: Database) -> None:
    def job(work: Work) -> None:
        for value in (1, 2):
            work.send(ADD.one, [row(f"{value}", value)])
            work.send(CHANGE("sqlite"), [{"which": f"{value}", "new": value * 10}])

    once(database, job)
    assert kept(database) == {"1": 10, "2": 20}


@pytest.fixture
def pointing(database: Database) -> Statement:
    """A table whose rows are only at the commit found to point to nothing."""
    with database.work() as work:
        work.connection.execute(sa.text("CREATE TABLE head (id INTEGER PRIMARY KEY)"))
        wanted = "head INTEGER REFERENCES head (id) DEFERRABLE INITIALLY DEFERRED"
        work.connection.execute(sa.text(f"CREATE TABLE line (id INTEGER PRIMARY KEY, {wanted})"))
    return Statement.compile(sa.text(POINT), "sqlite")


def test_one_that_points_to_nothing_leaves_the_others(database: Database, pointing: Statement) -> None:
    told = at_once(database, adding("a"), lambda work: work.send(pointing, [{"id": 1, "head": 5}]), adding("c"))
    assert [type(each) for each in told] == [type(None), sqlite3.IntegrityError, type(None)]
    violation = database.violation(told[1])
    assert violation is not None
    assert violation.kind == "foreign_key"
    assert sorted(kept(database)) == ["a", "c"]


def test_those_that_go_apart_then_still_notice_each_other(database: Database, pointing: Statement) -> None:
    once(database, adding("a"))
    told = at_once(database, raising("a"), lambda work: work.send(pointing, [{"id": 1, "head": 5}]), raising("a"))
    assert sorted(type(each).__name__ for each in told) == ["IntegrityError", "NoneType", "Raced"]
    assert kept(database) == {"a": 1}


class Breaking:
    """A connection whose disk is full when it commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.broken: BaseException | None = sqlite3.OperationalError("database or disk is full")

    def execute(self, sql: str) -> Any:
        if sql == "COMMIT" and self.broken is not None:
            raise self.broken
        return self._connection.execute(sql)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.fixture
def breaking(database: Database, monkeypatch: pytest.MonkeyPatch) -> Breaking:
    group = group_of(database)
    made = Breaking(group.connection)
    monkeypatch.setattr(group, "_connection", made)
    return made


def test_an_error_of_the_commit_is_told_to_everybody(database: Database, breaking: Breaking) -> None:
    told = at_once(database, adding("a"), adding("b"), adding("c"))
    assert [str(each) for each in told] == ["database or disk is full"] * 3
    assert len({id(each) for each in told}) == 3
    assert kept(database) == {}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_hears_of_success_when_the_thread_that_writes_is_interrupted(
    database: Database, breaking: Breaking
) -> None:
    breaking.broken = SystemExit()
    told = at_once(database, adding("a"), adding("b"), adding("c"))
    assert sorted(map(str, told)) == ["interrupted while writing for several"] * 2 + ["still writing"]
    assert kept(database) == {}


def test_after_a_broken_commit_writing_goes_on(database: Database, breaking: Breaking) -> None:
    at_once(database, adding("a"), adding("b"))
    breaking.broken = None
    assert at_once(database, adding("a"), adding("b")) == [None, None]
    assert sorted(kept(database)) == ["a", "b"]


def test_a_useless_connection_is_replaced(database: Database) -> None:
    group_of(database).connection.close()
    with pytest.raises(sqlite3.ProgrammingError):
        once(database, adding("a"))
    once(database, adding("b"))
    database.run(adding("c"))
    assert sorted(kept(database)) == ["b", "c"]


@pytest.mark.parametrize("before", [0, 1], ids=["leading", "behind another"])
def test_a_thread_that_is_interrupted_while_it_waits_writes_nothing(database: Database, before: int) -> None:
    group = group_of(database)
    others = [threading.Thread(target=lambda: once(database, adding("a"))) for _number in range(before)]
    with group:
        for other in others:
            other.start()
        wait_for(lambda: len(group._waiting) == before)
        with pytest.raises(KeyboardInterrupt):
            once(database, _interrupted(group, before + 1))
    for other in others:
        other.join(20)
    once(database, adding("b"))
    assert sorted(kept(database)) == ["a", "b"][-1 - before :]


def _interrupted(group: Group, place: int) -> Job:
    """A write whose thread gets Ctrl-C once it stands in the queue."""
    main = threading.get_ident()

    def interrupt() -> None:
        wait_for(lambda: len(group._waiting) == place)
        signal.pthread_kill(main, signal.SIGINT)

    def job(work: Work) -> None:
        adding("never")(work)
        threading.Thread(target=interrupt).start()

    return job
