"""What storage asks of a database engine: the one place where SQLite and PostgreSQL differ."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa

Runner = Callable[[str, Sequence[Any]], list[tuple]]


@dataclass(frozen=True, slots=True)
class Violation:
    """A constraint that refused a row. kind: `unique`, `foreign_key`, `not_null` or `check`.

    PostgreSQL names the constraint (or index), SQLite mostly the columns, so either may be empty.
    """

    kind: str
    name: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverOptions:
    """busy_ms: how long to wait for a lock. prepare: use prepared statements."""

    busy_ms: int = 10_000
    prepare: bool = True
    pool_size: int = 16
    extra: Mapping[str, Any] = field(default_factory=dict)


class Sharing(Protocol):
    """What late works write through where a database lets one writer in at a time; see `group.py`."""

    changes: int

    def commit(self, parcel: Any) -> None:
        """Write what a late work sent, maybe with others; it is on disk afterwards."""

    def is_as_it_was(self, since: int) -> bool:
        """Whether nobody changed anything since `changes` was that number."""

    def forget(self) -> None:
        """Start anew, after a fork."""

    def close(self) -> None:
        """Give the connection back."""


class Driver(ABC):
    """One engine behind one URL."""

    dialect: ClassVar[str]
    limits_each: ClassVar[bool]
    """`limit` holds for one statement only and must be called before each."""

    def __init__(self, url: sa.URL, options: DriverOptions) -> None:
        self.url = url
        self.options = options

    @abstractmethod
    def check(self) -> None:
        """Refuse at start what cannot work; raises BadSetting."""

    @abstractmethod
    def create_engine(self) -> sa.Engine:
        """The pool of connections for transactions."""

    @abstractmethod
    def connect(self) -> Any:
        """A driver connection outside any transaction, for the fast path of one thread."""

    @abstractmethod
    def cursor(self, connection: Any) -> Any:
        """What `execute` runs statements on; worth keeping for as long as its driver connection."""

    @abstractmethod
    def execute(self, cursor: Any, sql: str, values: Sequence[Any]) -> list[tuple]:
        """Run one compiled statement; its rows, if it returns any."""

    def runner(self, connection: Any) -> Runner:
        """`execute` on a driver connection of the fast path: runs SQL with values, gives rows."""
        return partial(self.execute, self.cursor(connection))

    @abstractmethod
    def execute_many(self, cursor: Any, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one compiled statement that answers nothing, once for each row."""

    def ahead(self, connection: Any) -> AbstractContextManager[Any]:
        """While it is held, statements that answer nothing need not be waited for; their errors come at its end at
        the latest."""
        return nullcontext()

    @abstractmethod
    def limit(self, connection: Any, milliseconds: int | None) -> None:
        """From here on stop statements of this connection that take longer."""

    @abstractmethod
    def reading(self, engine: sa.Engine) -> sa.Engine:
        """The engine, with transactions that see one state and cannot write."""

    @abstractmethod
    def writing(self, engine: sa.Engine) -> sa.Engine:
        """The engine, with transactions that write."""

    @abstractmethod
    def turn(self) -> AbstractContextManager[Any]:
        """Held during a writing transaction, by one thread: SQLite lets one writer in at a time."""

    def group(self) -> Sharing | None:
        """What late works write through; None where each writes for itself."""
        return None

    @abstractmethod
    def is_transient(self, error: BaseException) -> bool:
        """A deadlock, a serialisation failure, a lock not had in time: the same again may succeed."""

    @abstractmethod
    def was_cut(self, error: BaseException) -> bool:
        """The statement ran out of its time."""

    @abstractmethod
    def is_lost(self, connection: Any) -> bool:
        """The driver connection is of no more use."""

    @abstractmethod
    def violation(self, error: BaseException) -> Violation | None:
        """Which constraint an error is about."""
