"""One transaction, and what waits for its commit.

Side effects outside the database (waking the dispatcher, forgetting a cache) register with the work and run only
after the commit. An error in one of them is logged: the transaction holds, so the caller must not see a failure.

A *late* work opens its transaction only when it must: it reads outside, keeps what it would send, and if nothing
asked for more by the end, all of it goes at once. To a server that is one statement, which is a transaction by itself;
to a file it is a short transaction that several threads share, in which what was read is looked at again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType, TracebackType
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.engine import NestedTransaction

from sartor.platform.unchanging import unchanging

log = logging.getLogger(__name__)

NO_VALUES: Mapping[str, Any] = MappingProxyType({})
Values = Mapping[str, Any] | Sequence[Any]
MOST = 24
"""More statements than this go one after the other: planning one big one would cost more than their trips."""

Sent = tuple[Any, Mapping[str, Any]]
"""A compiled `Statement` and the values of one call."""


@unchanging()
class Guard:
    """What has to hold while a transaction writes.

    turn: a statement that changes nothing but makes whoever would break the promise wait; None where nobody has to.
    reads: what is compared with `expected`, with its `values`. refusal: the error where it differs. Both statements are
    made of the name of a dialect, as `Prepared` is.
    """

    turn: Any | None
    reads: Any
    expected: Any
    refusal: Callable[[], Exception]
    values: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Seen:
    """What a late work read, where a transaction looks at it again. since: how new the database was before that."""

    since: int
    reads: list[tuple[Any, Values, list[tuple]]] = field(default_factory=list)


class Ways(Protocol):
    """What a work asks of its database."""

    def enter(self) -> None:
        """A thread begins to write. :raises RuntimeError: if it writes already."""

    def leave(self) -> None:
        """It is done."""

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction that writes."""

    def fetch(self, statement: Any, values: Values) -> list[tuple]:
        """Run a statement outside any transaction."""

    def fetch_in(self, connection: Connection, statement: Any, values: Values) -> list[tuple]:
        """Run a statement inside a transaction."""

    def send_in(self, connection: Connection, statement: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement that answers nothing once for each row."""

    def ahead_in(self, connection: Connection) -> AbstractContextManager[Any]:
        """While it is held, what is sent need not be waited for."""

    def begin_to_see(self) -> Seen | None:
        """Where a late work is to note what it reads; None where rivals are noticed otherwise."""

    def send_together(
        self, connection: Connection | None, sent: Sequence[Sent], guards: Sequence[Guard], seen: Seen | None = None
    ) -> None:
        """Run all of them or none: in a transaction, or without one as a transaction of their own."""


class Work:
    """What happens inside one transaction, from `with` to its end: committed there, undone by any error.

    now: its one instant, aware, in UTC. was_judged: its guards held. What was registered with it runs after it was
    committed, never after a rollback.
    """

    def __init__(self, ways: Ways, now: datetime, *, late: bool) -> None:
        self.now = now
        self.is_late = late
        self._ways = ways
        self._keeps = late
        self._opened: AbstractContextManager[Connection] | None = None
        self._connection: Connection | None = None
        self._ahead: AbstractContextManager[Any] | None = None
        self._may_go_ahead = False
        self._sent: list[Sent] = []
        self._guards: list[Guard] = []
        self._seen = ways.begin_to_see() if late else None
        self._tellers: list[Callable[[Exception], Exception | None]] = []
        self._after: list[Callable[[], object]] = []
        self.was_judged = False

    def __enter__(self) -> Work:
        self._ways.enter()
        if not self._keeps:
            try:
                self.open()
            except BaseException:
                self._ways.leave()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
            else:
                self._undo(error)
        finally:
            self._ways.leave()
        if error is None:
            self.committed()

    # ---- the transaction

    def open(self) -> Connection:
        """Begin the transaction, if it has not begun yet."""
        if self._connection is None:
            self._opened = self._ways.begin()
            self._connection = self._opened.__enter__()
            self.is_late = False
            if self._guards or self._seen:
                self._ways.send_together(self._connection, (), self._guards, self._seen)
                self.was_judged = bool(self._guards)
        return self._connection

    @property
    def connection(self) -> Connection:
        """SQLAlchemy Core, inside the transaction, which has everything that was sent so far."""
        connection = self.open()
        self._catch_up()
        self._deliver(connection)
        return connection

    @contextmanager
    def part(self) -> Iterator[NestedTransaction]:
        """A part that an error undoes alone."""
        with self.connection.begin_nested() as savepoint:
            try:
                yield savepoint
            except BaseException:
                self._sent.clear()
                raise
            if savepoint.is_active:
                self._deliver(self.open())
            self._sent.clear()

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Have what is sent within on its way to a server while this thread goes on: for many rows, where both have
        something to do. Whoever reads waits for it. What went wrong is told there, or at the end."""
        self._may_go_ahead = True
        try:
            yield
            self._catch_up()
        except BaseException as error:
            self._catch_up(error)
            raise
        finally:
            self._may_go_ahead = False

    def _catch_up(self, error: BaseException | None = None) -> None:
        way, self._ahead = self._ahead, None
        if way is not None:
            way.__exit__(type(error) if error else None, error, None)

    def _sending(self) -> Connection:
        """The transaction, for statements that answer nothing."""
        connection = self.open()
        if self._may_go_ahead and self._ahead is None:
            self._ahead = self._ways.ahead_in(connection)
            self._ahead.__enter__()
        return connection

    def guard(self, guard: Guard) -> None:
        """Make sure of something from here to the commit; in a late work it is judged with the write itself.

        :raises Exception: `guard.refusal()`, where it does not hold.
        """
        self._guards.append(guard)
        if self._connection is not None:
            self._catch_up()
            self._ways.send_together(self._connection, (), [guard])
            self.was_judged = True

    # ---- statements

    def fetch(self, statement: Any, values: Values = NO_VALUES) -> list[tuple]:
        """Run a compiled `Statement`; its rows as tuples. It sees what was sent before."""
        if self._connection is None and statement.reads and not self._sent:
            rows = self._ways.fetch(statement, values)
            if self._seen:
                self._seen.reads.append((statement, values, rows))
            return rows
        return self._ways.fetch_in(self.connection, statement, values)

    def send(self, statement: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a compiled `Statement` that answers nothing, once for each row, at the latest before the commit."""
        if self._keeps:
            self._sent += [(statement, row) for row in rows]
            if len(self._sent) > MOST:
                self.settle()
        else:
            self._ways.send_in(self._sending(), statement, rows)

    def settle(self) -> None:
        """Have everything that was sent run before what is sent next."""
        if self._sent:
            self._deliver(self.open())

    def _deliver(self, connection: Connection) -> None:
        sent, self._sent = self._sent, []
        if sent:
            self._ways.send_together(connection, sent, ())

    # ---- the end

    def _finish(self) -> None:
        """Send what still waits, without a transaction as one; then commit."""
        try:
            if self._connection is not None:
                self._deliver(self._connection)
            elif self._sent:
                self._ways.send_together(None, self._sent, self._guards, self._seen)
                self.was_judged = bool(self._guards)
        except BaseException as error:
            self._undo(error)
            raise
        if self._opened is not None:
            self._opened.__exit__(None, None, None)

    def _undo(self, error: BaseException) -> None:
        """:raises Exception: the error as its tellers put it, if they have other words."""
        said = self.told(error) if isinstance(error, Exception) else error
        if self._opened is not None:
            self._opened.__exit__(type(error), error, error.__traceback__)
        if said is not error:
            raise said from error

    def tell(self, teller: Callable[[Exception], Exception | None]) -> None:
        """Have errors that end it said in other words. teller: the other error, or None."""
        self._tellers.append(teller)

    def told(self, error: Exception) -> Exception:
        """The error as its tellers put it."""
        return next((said for teller in self._tellers if (said := teller(error)) is not None), error)

    def after_commit(self, call: Callable[[], object]) -> None:
        """Have something done once the transaction is on disk, in the order of registration."""
        self._after.append(call)

    def committed(self) -> None:
        # What was registered holds the work itself: let go of, or it all waits for the collector.
        after, self._after = self._after, []
        for call in after:
            try:
                call()
            except Exception:  # the write is safe; whatever follows it must not turn it into a failure
                log.exception("a call after commit failed")
