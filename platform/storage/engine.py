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
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, TypeVar

import sqlalchemy as sa

from sartor.platform.errors import BadSetting, OverBudget
from sartor.platform.storage.driver import Driver, DriverOptions, Runner, Violation
from sartor.platform.storage.fast import FastOnes
from sartor.platform.storage.ids import IdMaker
from sartor.platform.storage.nodes import NodeLease
from sartor.platform.storage.parcel import Parcel
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.together import Raced, Together, bound, verdict_of
from sartor.platform.text import gettext as _
from sartor.platform.work import MOST, NO_VALUES, Guard, Seen, Sent, Values, Work

T = TypeVar("T")

ATTEMPTS = 8
JOINED = 1000
"""Joined statements that are kept. Each design brings its own, so those of former ones must go some day."""
_DRIVERS = {
    "sqlite": "sqlite:SqliteDriver",
    "postgresql": "postgresql:PostgresDriver",
    "postgresql+psycopg": "postgresql:PostgresDriver",
}
"""Module and class for each sort of URL. Only the one in use is imported: psycopg is a tenth of a start."""


def _driver(name: str) -> type[Driver]:
    module, _colon, kind = _DRIVERS[name].partition(":")
    found: type[Driver] = getattr(import_module(f"sartor.platform.storage.{module}"), kind)
    return found


def _utc_now() -> datetime:
    return datetime.now(UTC)


class _Local(threading.local):
    """Whether a thread writes."""

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
        self._group = driver.group()
        self._local = _Local()
        self._fast = FastOnes(driver)
        self._joined: dict[tuple[Statement, ...], Together] = {}
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
        driver = _driver(parsed.drivername)(parsed, options or DriverOptions())
        driver.check()
        return cls(driver, node=node, statement_timeout_ms=statement_timeout_ms)

    def close(self) -> None:
        """Give everything back. Fast connections of other threads end with their threads."""
        if self._nodes:
            self._nodes.release()
        self._fast.close()
        self.engine.dispose()
        self.writing.dispose()
        if self._group:
            self._group.close()

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

    def work(self, *, late: bool = False) -> Work:
        """One writing transaction: committed at the end, undone by any error.

        late: it may open only when it must, and otherwise be sent whole at its end; see `Work`.
        :raises RuntimeError: inside another one of the same thread, which could wait for itself for ever.
        """
        return Work(self, self.clock(), late=late)

    def enter(self) -> None:
        """Begin the one transaction of this thread. :raises RuntimeError: where one is open already."""
        if self._local.working:
            raise RuntimeError("a transaction is already open in this thread; pass its Work on")
        self._keep_node()
        self._local.working = True

    def leave(self) -> None:
        self._local.working = False

    def run(self, job: Callable[[Work], T], *, late: bool = False) -> T:
        """Do a job in a transaction, again from the start when another writer was in the way.

        late: as for `work`; after an attempt that failed the next one takes its locks.
        """
        for attempt in range(ATTEMPTS):
            committing = False
            try:
                with self.work(late=late and not attempt) as work:
                    result = job(work)
                    committing = True
                return result
            except Exception as error:
                # A connection that broke during the commit leaves open whether it happened: that is for the caller.
                again = (
                    isinstance(error, Raced)
                    or self.driver.is_transient(error)
                    or (isinstance(error, OverBudget) and late and not attempt)
                    or (not committing and is_disconnect(error))
                )
                if attempt == ATTEMPTS - 1 or not again:
                    raise
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable")

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """The transaction of a work."""
        with self.driver.turn(), self.writing.begin() as connection:
            yield connection

    def begin_to_see(self) -> Seen | None:
        """Where a late work notes what it reads: rows have no marks on SQLite."""
        return Seen(self._group.changes) if self._group else None

    # ---- the fast path

    def fetch(self, statement: Statement, values: Values = NO_VALUES, *, budget_ms: int | None = None) -> list[tuple]:
        """Run one statement outside any transaction; rows in wire form where the statement has wires.

        values: by name, or a list that `statement.bind` made.
        :raises OverBudget: when it takes longer than its budget.
        """
        bound = statement.bind(values) if isinstance(values, Mapping) else values
        limit = budget_ms or self.statement_timeout_ms
        try:
            rows = self._runner(limit)(statement.sql, bound)
        except Exception as error:
            if self.driver.was_cut(error):
                raise _over_budget() from error
            if not statement.reads or not self._is_lost():
                raise
            rows = self._runner(limit)(statement.sql, bound)
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

    def ahead_in(self, connection: sa.Connection) -> AbstractContextManager[Any]:
        """Have what is sent on its way while this thread goes on; errors come at the end of it at the latest."""
        return self.driver.ahead(connection.connection.driver_connection)

    def send_together(
        self,
        connection: sa.Connection | None,
        sent: Sequence[Sent],
        guards: Sequence[Guard],
        seen: Seen | None = None,
    ) -> None:
        """Run statements in one trip, all or none. Without a connection they are a transaction of their own.

        :raises Raced: when a rival changed what was read, or a statement that must change one row found none.
        :raises Exception: a guard's refusal.
        """
        if self._group is not None:
            parcel = Parcel.of(self.driver, sent, guards, seen)
            if connection is None:
                self._group.commit(parcel)
            else:
                parcel.put(connection.connection.driver_connection, self._group.is_as_it_was)
        elif connection is not None and (len(sent) > MOST or not (sent or any(guard.turn for guard in guards))):
            self._send_apart(connection, sent, guards)
        else:
            self._send_joined(connection, sent, guards)

    def _send_joined(self, connection: sa.Connection | None, sent: Sequence[Sent], guards: Sequence[Guard]) -> None:
        turns = [(guard.turn(self.dialect), NO_VALUES) for guard in guards if guard.turn]
        pieces = [*turns, *sent]
        reads = [guard.reads(self.dialect) for guard in guards]
        joined = self._together([statement for statement, _row in pieces], reads)
        values = bound(pieces, reads, guards)
        try:
            if connection is None:
                self._runner(self.statement_timeout_ms)(joined.sql, values)
            else:
                cursor = self.driver.cursor(connection.connection.driver_connection)
                self.driver.execute(cursor, joined.sql, values)
        except Exception as error:
            if (verdict := verdict_of(str(error))) is not None:
                raise (Raced() if verdict == "raced" else guards[int(verdict)].refusal()) from error
            if self.driver.was_cut(error):
                raise _over_budget() from error
            raise

    def _send_apart(self, connection: sa.Connection, sent: Sequence[Sent], guards: Sequence[Guard]) -> None:
        for guard in guards:
            if guard.turn:
                self.send_in(connection, guard.turn(self.dialect), [NO_VALUES])
            found = self.fetch_in(connection, guard.reads(self.dialect), guard.values or NO_VALUES)
            if found and found[0][0] != guard.expected:
                raise guard.refusal()
        for statement, row in sent:
            if statement.changes_one:
                self._send_joined(connection, [(statement, row)], ())
            else:
                self.send_in(connection, statement, [row])

    def _together(self, pieces: Sequence[Statement], guards: Sequence[Statement]) -> Together:
        key = (*pieces, *guards)
        found = self._joined.get(key)
        if found is None:
            if len(self._joined) >= JOINED:
                self._joined = {}
            found = self._joined[key] = Together.of(pieces, guards)
        return found

    def _runner(self, limit: int | None) -> Runner:
        """What runs statements for this thread, on a connection that works and stops after `limit` milliseconds."""
        fast = self._fast.mine
        if fast is None or self.driver.is_lost(fast.connection):
            fast = self._fast.open()
        if limit != fast.limit or self.driver.limits_each:
            self.driver.limit(fast.connection, limit)
            fast.limit = limit
        return fast.run

    def _is_lost(self) -> bool:
        return self._fast.mine is not None and self.driver.is_lost(self._fast.mine.connection)

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
                raise _over_budget() from error
            raise

    def _forked(self) -> None:
        """A child process must share neither connections nor the node number with its parent."""
        self.engine.dispose(close=False)
        self.writing.dispose(close=False)
        if self._group:
            self._group.forget()
        self._local = _Local()
        self._fast.forget()
        if self._nodes:
            self._nodes = NodeLease(self.writing, self.driver.turn)
            self._make_id = None


def _over_budget() -> OverBudget:
    return OverBudget(_("The question would have taken too long and was stopped."))


def is_disconnect(error: BaseException) -> bool:
    """The server, or the way to it, went away."""
    return isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated


def _after_fork(database: Database) -> None:
    known = weakref.ref(database)

    def renew() -> None:
        if alive := known():
            alive._forked()

    os.register_at_fork(after_in_child=renew)
