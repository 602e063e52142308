"""The database: transactions for those who write, a fast path for those who read one statement.

`read` and `work` are SQLAlchemy Core in a transaction. `fetch` is the fast path: a compiled `Statement` on a
connection of its own for each thread, outside any transaction, by the driver alone.
"""

from __future__ import annotations

import os
import random
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from sartor.platform.errors import BadSetting, OverBudget
from sartor.platform.storage.driver import Driver, DriverOptions, Violation
from sartor.platform.storage.ids import IdMaker
from sartor.platform.storage.nodes import NodeLease
from sartor.platform.storage.postgresql import PostgresDriver
from sartor.platform.storage.sqlite import SqliteDriver
from sartor.platform.storage.statement import Statement
from sartor.platform.text import gettext as _
from sartor.platform.work import NO_VALUES, Work, working

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Any]

ATTEMPTS = 8
_DRIVERS: dict[str, type[Driver]] = {
    "sqlite": SqliteDriver,
    "postgresql": PostgresDriver,
    "postgresql+psycopg": PostgresDriver,
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class _Local(threading.local):
    """What belongs to one thread: its fast connection, that connection's time limit, and whether it writes."""

    connection: Any = None
    cursor: Any = None
    limit: int | None = None
    working = False


class Database:
    """One database, open. Made by `Database.open`; `close` it at the end."""

    def __init__(self, driver: Driver, *, node: int | None = None, statement_timeout_ms: int | None = None) -> None:
        self.driver = driver
        self.dialect = driver.dialect
        self.statement_timeout_ms = statement_timeout_ms
        self.clock: Callable[[], datetime] = _utc_now
        self.engine = driver.create_engine()
        self.reading = driver.reading(self.engine)
        self.writing = driver.writing(self.engine)
        self._local = _Local()
        self._nodes = NodeLease(self.writing, driver.turn) if node is None else None
        self._make_id = IdMaker(node) if node is not None else None
        _after_fork(self)

    @classmethod
    def open(
        cls, url: str, *, node: int | None = None, statement_timeout_ms: int | None = 10_000,
        options: DriverOptions | None = None,
    ) -> Database:  # fmt: skip
        """Open the database behind a URL.

        node: fixed number for ids, for tools and tests; leased from the database when left out.
        statement_timeout_ms: budget of each statement of the fast path.
        :raises BadSetting: for what cannot work.
        """
        parsed = sa.make_url(url)
        if parsed.drivername not in _DRIVERS:
            raise BadSetting(
                f"SARTOR_DATABASE_URL starts with {parsed.drivername}://; expected sqlite:// or postgresql://."
            )
        driver = _DRIVERS[parsed.drivername](parsed, options or DriverOptions())
        driver.check()
        return cls(driver, node=node, statement_timeout_ms=statement_timeout_ms)

    def close(self) -> None:
        """Give everything back. Fast connections of other threads end with their threads."""
        if self._nodes:
            self._nodes.release()
        if self._local.connection is not None:
            self._local.connection.close()
            self._local.connection = None
        self.engine.dispose()

    # ---- transactions

    @contextmanager
    def read(self, *, budget_ms: int | None = None) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and cannot write."""
        with self.reading.connect() as connection, self._judged(), connection.begin():
            if budget_ms is None:
                yield connection
                return
            raw = connection.connection.driver_connection
            self.driver.limit(raw, budget_ms)
            try:
                yield connection
            finally:
                connection.rollback()
                self.driver.limit(raw, None)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One writing transaction: committed at the end, undone by any error.

        :raises RuntimeError: inside another one of the same thread, which could wait for itself for ever.
        """
        if self._local.working:
            raise RuntimeError("a transaction is already open in this thread; pass its Work on")
        self._keep_node()
        self._local.working = True
        try:
            with (
                self.driver.turn(),
                working(self.writing.begin, self.clock(), self.fetch_in, self.send_in) as work,
            ):
                yield work
        finally:
            self._local.working = False

    def run(self, job: Callable[[Work], T]) -> T:
        """Do a job in a transaction, again from the start when another writer was in the way."""
        for attempt in range(ATTEMPTS):
            committing = False
            try:
                with self.work() as work:
                    result = job(work)
                    committing = True
                return result
            except Exception as error:
                # A connection that broke during the commit leaves open whether it happened: that is for the caller.
                again = self.driver.is_transient(error) or (not committing and is_disconnect(error))
                if attempt == ATTEMPTS - 1 or not again:
                    raise
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable")

    # ---- the fast path

    def fetch(self, statement: Statement, values: Values = NO_VALUES, *, budget_ms: int | None = None) -> list[tuple]:
        """Run one statement outside any transaction; rows in wire form where the statement has wires.

        values: by name, or a list that `statement.bind` made.
        :raises OverBudget: when it takes longer than its budget.
        """
        bound = statement.bind(values) if isinstance(values, Mapping) else values
        cursor = self._cursor(budget_ms or self.statement_timeout_ms)
        with self._judged():
            try:
                rows = self.driver.execute(cursor, statement.sql, bound)
            except Exception:
                if not statement.reads or not self.driver.is_lost(self._local.connection):
                    raise
                rows = self.driver.execute(self._cursor(budget_ms or self.statement_timeout_ms), statement.sql, bound)
        return statement.wired(rows) if statement.wires else rows

    def fetch_in(self, connection: sa.Connection, statement: Statement, values: Values = NO_VALUES) -> list[tuple]:
        """The same inside a transaction, by the driver connection under `connection`."""
        bound = statement.bind(values) if isinstance(values, Mapping) else values
        cursor = self.driver.cursor(connection.connection.driver_connection)
        rows = self.driver.execute(cursor, statement.sql, bound)
        return statement.wired(rows) if statement.wires else rows

    def send_in(self, connection: sa.Connection, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement inside a transaction once for each row, by the driver connection under `connection`."""
        if bound := [statement.bind(row) for row in rows]:
            cursor = self.driver.cursor(connection.connection.driver_connection)
            self.driver.execute_many(cursor, statement.sql, bound)

    def _cursor(self, limit: int | None) -> Any:
        """This thread's cursor, on a connection that works and stops statements after `limit` milliseconds."""
        local = self._local
        if local.connection is None or self.driver.is_lost(local.connection):
            local.connection, local.limit = self.driver.connect(), None
            local.cursor = self.driver.cursor(local.connection)
        if limit != local.limit or self.driver.limits_each:
            self.driver.limit(local.connection, limit)
            local.limit = limit
        return local.cursor

    # ---- ids and errors

    def new_id(self) -> int:
        """A new record id."""
        return (self._make_id or self._keep_node())()

    def new_ids(self, count: int) -> list[int]:
        return (self._make_id or self._keep_node()).block(count)

    def violation(self, error: BaseException) -> Violation | None:
        """The constraint that an error of the driver or of SQLAlchemy is about."""
        return self.driver.violation(error)

    def _keep_node(self) -> IdMaker:
        """Renew the lease of the node number in time; never inside a transaction of this thread."""
        if self._nodes and not self._local.working:
            self._make_id = self._nodes.keep()
        if self._make_id is None:
            raise RuntimeError("no id was made before this transaction began; open the database with work()")
        return self._make_id

    @contextmanager
    def _judged(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if self.driver.was_cut(error):
                raise OverBudget(_("The question would have taken too long and was stopped.")) from error
            raise

    def _forked(self) -> None:
        """A child process must share neither connections nor the node number with its parent."""
        self.engine.dispose(close=False)
        self._local = _Local()
        if self._nodes:
            self._nodes = NodeLease(self.writing, self.driver.turn)
            self._make_id = None


def is_disconnect(error: BaseException) -> bool:
    """The server, or the way to it, went away."""
    return isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated


def _after_fork(database: Database) -> None:
    known = weakref.ref(database)

    def renew() -> None:
        if alive := known():
            alive._forked()

    os.register_at_fork(after_in_child=renew)
