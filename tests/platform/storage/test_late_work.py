"""A late work: one statement where one will do, a transaction as soon as something asks for more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Prepared, Statement
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.system.state import sys_state
from sartor.platform.storage.together import Raced
from sartor.platform.work import MOST, Guard, Work

COUNT = Prepared(lambda _dialect: sa.select(sa.func.count()).select_from(sys_counter))
TURN = Prepared(lambda _dialect: sa.delete(sys_state).where(sa.false()))
REVISION = Prepared(lambda _dialect: sa.select(sys_state.c.revision).where(sys_state.c.id == 1))


class Elsewhere(Conflict):
    """The revision is another one."""


def row(number: int) -> dict[str, Any]:
    return {"entity": "deal", "field": "number", "period": str(number), "value": number}


def add(database: Database, work: Work, *numbers: int) -> None:
    system_adding(sys_counter, database.dialect).send(work, [row(number) for number in numbers])


def count(database: Database) -> int:
    return database.fetch(COUNT(database.dialect))[0][0]


def holds(revision: int) -> Guard:
    return Guard(TURN, REVISION, revision, lambda: Elsewhere("another revision"))


def guarded(database: Database, work: Work, revision: int) -> None:
    work.guard(holds(revision))
    add(database, work, 1)


def once(database: Database, job: Callable[[Work], None]) -> None:
    with database.work(late=True) as work:
        job(work)


def changing_one(database: Database, number: int) -> Statement:
    changed = sa.update(sys_counter).where(sys_counter.c.value == number).values(value=number + 100)
    return Statement.compile(changed, database.dialect, changes_one=True)


@pytest.fixture
def founded(database: Database) -> Database:
    with database.work() as work:
        work.connection.execute(sa.update(sys_state).values(revision=7))
    return database


def test_what_was_sent_is_there_after_the_end_and_not_before(database: Database) -> None:
    with database.work(late=True) as work:
        add(database, work, 1, 2)
        assert count(database) == 0
    assert count(database) == 2


def test_it_opens_no_transaction_before_its_end(database: Database) -> None:
    with database.work(late=True) as work:
        add(database, work, 1)
        assert work.is_late


def test_of_several_statements_one_that_fails_undoes_all(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        database.run(lambda work: add(database, work, 1, 2, 1), late=True)
    assert count(database) == 0


def test_a_read_sees_what_was_sent_before(database: Database) -> None:
    with database.work(late=True) as work:
        add(database, work, 1)
        assert work.fetch(COUNT(database.dialect)) == [(1,)]
        add(database, work, 2)
        assert work.fetch(COUNT(database.dialect)) == [(2,)]
    assert count(database) == 2


def test_the_plain_connection_sees_it_too(database: Database) -> None:
    with database.work(late=True) as work:
        add(database, work, 1)
        assert work.connection.execute(sa.select(sa.func.count()).select_from(sys_counter)).scalar() == 1


def test_many_statements_go_one_after_the_other(database: Database) -> None:
    with database.work(late=True) as work:
        add(database, work, *range(3 * MOST))
    assert count(database) == 3 * MOST


def test_an_error_sends_nothing(database: Database) -> None:
    def fail() -> None:
        with database.work(late=True) as work:
            add(database, work, 1)
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, fail)
    assert count(database) == 0


@pytest.mark.parametrize("late", [True, False])
def test_a_guard_that_does_not_hold_refuses_the_write(founded: Database, late: bool) -> None:
    with pytest.raises(Elsewhere):
        founded.run(lambda work: guarded(founded, work, 8), late=late)
    assert count(founded) == 0


@pytest.mark.parametrize("late", [True, False])
def test_a_guard_that_holds_lets_it_through(founded: Database, late: bool) -> None:
    founded.run(lambda work: guarded(founded, work, 7), late=late)
    assert count(founded) == 1


def test_a_row_that_somebody_else_changed_is_noticed(database: Database) -> None:
    attempts = []

    def job(work: Work) -> None:
        attempts.append(work.is_late)
        if work.is_late:
            add(database, work, 2)
            work.send(changing_one(database, 5), [{}])
        else:
            add(database, work, 1)

    database.run(job, late=True)
    assert attempts == [True, False]
    assert count(database) == 1


def test_a_race_inside_a_transaction_undoes_it(database: Database) -> None:
    def job(work: Work) -> None:
        work.open()
        add(database, work, 1)
        work.send(changing_one(database, 5), [{}])

    with pytest.raises(Raced):
        once(database, job)
    assert count(database) == 0


@pytest.mark.parametrize("late", [True, False])
def test_a_part_is_undone_alone(database: Database, late: bool) -> None:
    def part(work: Work) -> None:
        with work.part():
            add(database, work, 2)
            raise ZeroDivisionError

    with database.work(late=late) as work:
        add(database, work, 1)
        pytest.raises(ZeroDivisionError, part, work)
        add(database, work, 3)
    assert sorted(value for (value,) in fetch_values(database)) == [1, 3]


def fetch_values(database: Database) -> list[tuple]:
    return database.fetch(Statement.compile(sa.select(sys_counter.c.value), database.dialect))


def test_a_publish_in_between_is_seen_by_the_write_that_waited_for_it(founded: Database) -> None:
    """The lock comes before the look: a write that waited must not see the state of before."""
    ready, refused = threading.Event(), []

    def write() -> None:
        ready.wait()
        try:
            founded.run(lambda work: guarded(founded, work, 7), late=True)
        except Elsewhere as error:
            refused.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    with founded.work() as work:
        if founded.dialect == "postgresql":
            work.connection.execute(sa.text("LOCK TABLE sys_state IN SHARE ROW EXCLUSIVE MODE"))
        ready.set()
        thread.join(0.3)
        work.connection.execute(sa.update(sys_state).values(revision=8))
    thread.join(10)
    assert refused
    assert count(founded) == 0
