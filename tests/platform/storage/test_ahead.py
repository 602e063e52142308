"""Sending ahead: what is sent is on its way while the sender goes on, and nothing is told before it is true."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.work import Work

COUNT = Prepared(lambda _dialect: sa.select(sa.func.count()).select_from(sys_counter))


def add(database: Database, work: Work, *numbers: int) -> None:
    rows: list[dict[str, Any]] = [
        {"entity": "deal", "field": "number", "period": str(number), "value": number} for number in numbers
    ]
    system_adding(sys_counter, database.dialect).send(work, rows)


def count(database: Database) -> int:
    return database.fetch(COUNT(database.dialect))[0][0]


def test_all_of_it_is_there_afterwards(database: Database) -> None:
    with database.work() as work:
        with work.ahead():
            add(database, work, 1, 2)
            add(database, work, 3)
        assert work.fetch(COUNT(database.dialect)) == [(3,)]
    assert count(database) == 3


@pytest.mark.parametrize("plain", [False, True])
def test_who_reads_within_sees_what_was_sent_before(database: Database, plain: bool) -> None:
    with database.work() as work, work.ahead():
        add(database, work, 1)
        if plain:
            found = work.connection.execute(sa.select(sa.func.count()).select_from(sys_counter)).scalar()
        else:
            found = work.fetch(COUNT(database.dialect))[0][0]
        add(database, work, 2)
        assert found == 1
    assert count(database) == 2


def twice(database: Database, work: Work) -> None:
    with work.part(), work.ahead():
        add(database, work, 1)
        add(database, work, 2)


def fails_by_itself(database: Database) -> None:
    with database.work() as work, work.ahead():
        add(database, work, 1)
        raise ZeroDivisionError


def test_an_error_of_the_database_is_told_at_the_end_at_the_latest(database: Database) -> None:
    with database.work() as work:
        add(database, work, 1)
        with pytest.raises(Exception, match=r"(?i)unique") as told:
            twice(database, work)
        assert database.violation(told.value) is not None
        add(database, work, 3)
    assert count(database) == 2


def test_an_error_of_the_sender_is_told_as_it_is(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        fails_by_itself(database)
    assert count(database) == 0
