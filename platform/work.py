"""One transaction, and what waits for its commit.

Side effects outside the database (waking the dispatcher, forgetting a cache) register with the work and run only
after the commit. An error in one of them is logged: the transaction holds, so the caller must not see a failure.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

log = logging.getLogger(__name__)

NO_VALUES: Mapping[str, Any] = MappingProxyType({})
Fetch = Callable[[Connection, Any, Mapping[str, Any] | Sequence[Any]], list[tuple]]
Send = Callable[[Connection, Any, Iterable[Mapping[str, Any]]], None]


class Work:
    """What happens inside one transaction.

    connection: SQLAlchemy Core, inside the transaction. now: its one instant, aware, in UTC.
    """

    def __init__(self, connection: Connection, now: datetime, fetch: Fetch, send: Send) -> None:
        self.connection = connection
        self.now = now
        self._fetch = fetch
        self._send = send
        self._after: list[Callable[[], object]] = []

    def fetch(self, statement: Any, values: Mapping[str, Any] | Sequence[Any] = NO_VALUES) -> list[tuple]:
        """Run a compiled `Statement` in this transaction; its rows as tuples."""
        return self._fetch(self.connection, statement, values)

    def send(self, statement: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a compiled `Statement` that answers nothing, once for each row, in one go."""
        self._send(self.connection, statement, rows)

    def after_commit(self, call: Callable[[], object]) -> None:
        """Have something done once the transaction is on disk, in the order of registration."""
        self._after.append(call)

    def committed(self) -> None:
        for call in self._after:
            try:
                call()
            except Exception:  # the write is safe; whatever follows it must not turn it into a failure
                log.exception("a call after commit failed")


@contextmanager
def working(
    begin: Callable[[], AbstractContextManager[Connection]], now: datetime, fetch: Fetch, send: Send
) -> Iterator[Work]:
    """A transaction made by `begin`; what was registered runs after it was committed, never after a rollback."""
    with begin() as connection:
        work = Work(connection, now, fetch, send)
        yield work
    work.committed()
