"""A thread that ends takes nothing of the fast path with it that Python would have to run code for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement


def in_a_thread(act: Callable[[], Any]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def asked(database: Database) -> Any:
    return database.fetch(Statement.compile(sa.select(sa.literal(1)), database.dialect))


def test_the_connection_of_a_thread_that_ended_is_closed_by_the_next_one(database: Database) -> None:
    found = []

    def ask() -> None:
        asked(database)
        found.append(database._fast.mine)

    in_a_thread(ask)
    (first,) = found
    assert len(database._fast._open) == 1
    in_a_thread(ask)
    assert [each for _watch, each in database._fast._open.values()] == [found[1]]
    assert is_closed(first.connection)


def test_closing_the_database_closes_what_threads_left(database: Database) -> None:
    found = []
    in_a_thread(lambda: found.append((asked(database), database._fast.mine)))
    database._fast.close()
    assert is_closed(found[0][1].connection)


def is_closed(connection: Any) -> bool:
    if hasattr(connection, "closed"):
        return bool(connection.closed)
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError as error:
        return "closed" in str(error)
    return False
