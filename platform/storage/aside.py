"""What a process tells the others while its transaction is still open: how far it is, for example.

A row of its own transaction would be seen by nobody before the end. On PostgreSQL it is a row that another connection
commits; SQLite lets nobody else write meanwhile, so there it is a file beside the database, which is on one machine
anyway. Whoever hears it also finds out whether the teller still lives: locks end with the process that holds them.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import orjson
import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.state import sys_notice

Tell = Callable[[Any], None]
PUBLISHING = "publishing"
"""How far a publication is."""
ROOM = 4096
"""Bytes in which what is told has room."""


class Aside(Protocol):
    """One thing that is told under a name."""

    def telling(self) -> AbstractContextManager[Tell]:
        """A `with` block that gives the function by which something is told, in the place of what was told before."""

    def hold(self, connection: sa.Connection) -> None:
        """Tie what is told to the transaction that it is about."""

    def hear(self) -> Any:
        """What is being told now, by any process; None for nothing."""

    def leave(self, said: Any) -> None:
        """Say something that stays, whatever becomes of this process, until something else is said."""

    def left(self) -> Any:
        """What was said last, whether or not anybody still tells it."""


def aside(database: Database, name: str) -> Aside:
    """A place for what is told under a name in a workspace."""
    return _Beside(database, name) if database.dialect == "sqlite" else _Row(database, name)


class _Row:
    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._mine = sys_notice.c.name == name
        self._name = name
        self._key = crc32(f"sartor {name}".encode())

    @contextmanager
    def telling(self) -> Iterator[Tell]:
        try:
            yield self.leave
        finally:
            with self._database.engine.begin() as connection:
                connection.execute(sa.delete(sys_notice).where(self._mine))

    def leave(self, said: Any) -> None:
        row = {"name": self._name, "at": self._database.clock(), "body": json_text(said)}
        with self._database.engine.begin() as connection:
            connection.execute(sa.delete(sys_notice).where(self._mine))
            connection.execute(sa.insert(sys_notice).values(row))

    def hold(self, connection: sa.Connection) -> None:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(self._key)))

    def hear(self) -> Any:
        with self._database.read() as connection:
            said = self._said(connection)
            if said is None or connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(self._key))).scalar():
                return None
        return said

    def left(self) -> Any:
        with self._database.read() as connection:
            return self._said(connection)

    def _said(self, connection: sa.Connection) -> Any:
        body = connection.execute(sa.select(sys_notice.c.body).where(self._mine)).scalar()
        return None if body is None else orjson.loads(body)


class _Beside:
    def __init__(self, database: Database, name: str) -> None:
        self._path = Path(f"{database.engine.url.database}-{name}")

    @contextmanager
    def telling(self) -> Iterator[Tell]:
        with self._path.open("ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            try:
                yield self.leave
            finally:
                file.truncate(0)

    def leave(self, said: Any) -> None:
        """In one write and never shorter than before: whoever reads meanwhile finds all of it."""
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.pwrite(file, orjson.dumps(said).ljust(ROOM), 0)
        finally:
            os.close(file)

    def hold(self, connection: sa.Connection) -> None:
        """The lock of the file is enough."""

    def hear(self) -> Any:
        with suppress(FileNotFoundError, orjson.JSONDecodeError), self._path.open("rb") as file:
            said = file.read()
            return orjson.loads(said) if said and _is_held(file) else None
        return None

    def left(self) -> Any:
        with suppress(FileNotFoundError, orjson.JSONDecodeError):
            return orjson.loads(self._path.read_bytes())
        return None


def _is_held(file: Any) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
