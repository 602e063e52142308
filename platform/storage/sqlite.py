"""SQLite: WAL, one writer at a time, transactions that also hold for DDL."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from sartor.platform.errors import BadSetting
from sartor.platform.expressions.sqlite import register_sqlite_functions
from sartor.platform.storage.driver import Driver, DriverOptions, Violation
from sartor.platform.storage.group import Group
from sartor.platform.storage.mounts import refuse_network_folder

OLDEST = (3, 35, 0)
"""RETURNING, DROP COLUMN and MATERIALIZED need it."""
_STEPS = 4000
"""Instructions of SQLite's machine between two looks at the clock: about 0.1 ms."""
_COLUMNS = re.compile(r"(UNIQUE|NOT NULL) constraint failed: (.+)")
_KINDS = {
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign_key",
    "SQLITE_CONSTRAINT_NOTNULL": "not_null",
    "SQLITE_CONSTRAINT_CHECK": "check",
}
_WAIT = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_RECOVERY", "SQLITE_LOCKED"}


class SqliteDriver(Driver):
    """One file; several processes may have it open, but on one machine only."""

    dialect = "sqlite"
    limits_each = True

    def __init__(self, url: sa.URL, options: DriverOptions) -> None:
        super().__init__(url, options)
        self._group = Group(self.connect)

    @property
    def path(self) -> Path:
        return Path(self.url.database or "")

    def check(self) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            expected = ".".join(map(str, OLDEST))
            raise BadSetting(f"SQLite {sqlite3.sqlite_version} is too old; expected {expected} or newer.")
        if not self.path.name or self.path.name == ":memory:":
            raise BadSetting("SARTOR_DATABASE_URL names no file; expected sqlite:///path/to/file.")
        refuse_network_folder(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def create_engine(self) -> sa.Engine:
        engine = sa.create_engine(
            self.url.set(query={}),
            connect_args={"check_same_thread": False, "timeout": self.options.busy_ms / 1000},
            pool_size=self.options.pool_size,
            query_cache_size=2000,
        )
        sa.event.listen(engine, "connect", lambda connection, record: self._prepare(connection))
        sa.event.listen(engine, "begin", _begin)
        return engine

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self.options.busy_ms / 1000,
            cached_statements=512,
            check_same_thread=False,  # used by one thread, closed by another when that one is over
        )
        self._prepare(connection)
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.isolation_level = None  # the driver would commit before DDL; we say BEGIN ourselves
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise BadSetting(f"SARTOR_DATABASE_URL: {self.path} cannot use a write-ahead log (journal mode {mode}).")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        register_sqlite_functions(connection)

    def cursor(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        return connection.cursor()

    def execute(self, cursor: sqlite3.Cursor, sql: str, values: Sequence[Any]) -> list[tuple]:
        return cursor.execute(sql, values).fetchall()

    def execute_many(self, cursor: sqlite3.Cursor, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        cursor.executemany(sql, rows)

    def limit(self, connection: sqlite3.Connection, milliseconds: int | None) -> None:
        if milliseconds is None:
            connection.set_progress_handler(None, 0)
            return
        deadline = time.monotonic() + milliseconds / 1000
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)

    def reading(self, engine: sa.Engine) -> sa.Engine:
        return engine.execution_options(sartor_query_only="ON")

    def writing(self, engine: sa.Engine) -> sa.Engine:
        """On the one connection that writes."""
        writing = sa.create_engine(
            self.url.set(query={}), creator=lambda: self._group.connection, poolclass=StaticPool, query_cache_size=2000
        )
        sa.event.listen(writing, "begin", _begin_to_write)
        sa.event.listen(writing, "checkout", self._refuse_given_up)
        return writing

    def _refuse_given_up(self, connection: Any, record: Any, proxy: Any) -> None:
        """A connection that a broken write made useless was replaced; SQLAlchemy's pool is told to do so as well."""
        if not self._group.uses(connection):
            raise sa.exc.DisconnectionError

    def turn(self) -> AbstractContextManager[Any]:
        return self._group

    def group(self) -> Group:
        return self._group

    def is_transient(self, error: BaseException) -> bool:
        return getattr(_original(error), "sqlite_errorname", "") in _WAIT

    def was_cut(self, error: BaseException) -> bool:
        return getattr(_original(error), "sqlite_errorname", "") == "SQLITE_INTERRUPT"

    def is_lost(self, connection: sqlite3.Connection) -> bool:
        return False

    def violation(self, error: BaseException) -> Violation | None:
        original = _original(error)
        kind = _KINDS.get(getattr(original, "sqlite_errorname", ""))
        if kind is None:
            return None
        if found := _COLUMNS.match(str(original)):
            names = [part.strip().partition(".") for part in found[2].split(",")]
            return Violation(kind, "", names[0][0], tuple(column for _, _, column in names))
        index = re.search(r"index '(.+)'", str(original))
        return Violation(kind, index[1] if index else "")


def _begin(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    # A reader that tries to write fails at once, in every test, instead of now and then with "database is locked".
    raw = _raw(connection)
    raw.execute(f"PRAGMA query_only = {options.get('sartor_query_only', 'OFF')}")
    raw.execute("BEGIN")


def _begin_to_write(connection: sa.Connection) -> None:
    _raw(connection).execute("BEGIN IMMEDIATE")


def _raw(connection: sa.Connection) -> sqlite3.Connection:
    """What is said here goes to the driver itself: through SQLAlchemy it would cost a tenth of a write."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _original(error: BaseException) -> BaseException:
    return getattr(error, "orig", None) or error
