"""The one connection of this process that writes to an SQLite file: whose turn it is, and what shares a commit.

SQLite lets one writer in at a time, and each commit waits for the disk. So a late work (see `Work`) puts down what it
wants written, as a `Parcel`, and its thread waits. Whoever finds nobody at it leads: takes what waits when its turn
comes, runs each parcel in a part of one transaction, commits once, and wakes the others. Nobody hears of success before
the commit returned; a parcel that is refused undoes its own part only; an error of the commit is everybody's.
"""

from __future__ import annotations

import copy
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sartor.platform.storage.parcel import Parcel

MOST = 32
"""Parcels of one commit; who comes later waits for the next one."""


@dataclass(slots=True, eq=False)
class _Place:
    """A thread in the queue. woken: released when its parcel was dealt with, or when it is its turn to lead.

    is_written: the commit returned. error: why it was not written.
    """

    parcel: Parcel
    woken: threading.Lock
    is_done: bool = False
    is_written: bool = False
    error: Exception | None = None


class Group:
    """A turn is a `with` block of it: nobody else of this process writes meanwhile.

    changes: rises with every commit, and with what another process is seen to have changed.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self.changes = 0
        self.forget()

    def forget(self) -> None:
        """Start anew: after a fork the connection, and whoever waited, are the parent's."""
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting: deque[_Place] = deque()
        self._leader: _Place | None = None
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._wrote = False

    def __enter__(self) -> None:
        self._turn.acquire()
        self._wrote = False

    def __exit__(self, *_error: object) -> None:
        self.changes += 1  # like every rise of it after the commit: who notes it and then reads sees what was written
        self._turn.release()

    @property
    def connection(self) -> sqlite3.Connection:
        """Used by whose turn it is."""
        if self._connection is None:
            self._connection = self._connect()
            self._version = None
        return self._connection

    def uses(self, connection: object) -> bool:
        return connection is self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def is_as_it_was(self, since: int) -> bool:
        """Whether nobody changed anything since `changes` was that number; asked inside a transaction."""
        if since != self.changes or self._wrote:
            return False
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()  # moves with others' commits only
        if version != self._version:
            self._version = version
            self.changes += 1
        return since == self.changes

    # ---- the queue

    def commit(self, parcel: Parcel) -> None:
        """Write a parcel, alone or with others; it is on disk afterwards.

        :raises Exception: why nothing of it was written.
        """
        place = _Place(parcel, threading.Lock())
        place.woken.acquire()
        try:
            if not self._joins_as_leader(place):
                place.woken.acquire()
            if not place.is_done:
                self._lead()
        finally:
            self._leave(place)
        if not place.is_written:
            raise place.error or _interrupted()

    def _joins_as_leader(self, place: _Place) -> bool:
        with self._lock:
            self._waiting.append(place)
            if self._leader is None:
                self._leader = place
            return self._leader is place

    def _leave(self, place: _Place) -> None:
        """Whoever led hands on to the first who waits. A thread that was interrupted is still in the queue."""
        with self._lock:
            if place in self._waiting:
                self._waiting.remove(place)
            if self._leader is place:
                self._leader = self._waiting[0] if self._waiting else None
                if self._leader is not None:
                    self._leader.woken.release()

    def _lead(self) -> None:
        with self:
            places: list[_Place] = []
            try:
                with self._lock:
                    while self._waiting and len(places) < MOST:
                        places.append(self._waiting.popleft())
                self._write(places)
            finally:
                for place in places:
                    place.is_done = True
                    place.woken.release()

    # ---- the transaction

    def _write(self, places: Sequence[_Place]) -> None:
        try:
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            self._wrote = False
            for place in places:
                self._put(connection, place, alone=len(places) == 1)
            connection.execute("COMMIT")
        except BaseException as error:
            self._undo()
            if isinstance(error, sqlite3.IntegrityError) and len(places) > 1:
                self._write_apart(places)
                return
            for place in places:
                place.error = place.error or _retold(error)
            if not isinstance(error, Exception):
                raise
        else:
            self.changes += 1
            for place in places:
                place.is_written = place.error is None

    def _put(self, connection: sqlite3.Connection, place: _Place, *, alone: bool) -> None:
        if alone:
            place.parcel.put(connection, self.is_as_it_was)
            return
        connection.execute("SAVEPOINT parcel")
        try:
            place.parcel.put(connection, self.is_as_it_was)
            self._wrote = True
        except Exception as error:
            if not connection.in_transaction:
                raise  # the disk is full, say: SQLite has undone everybody's
            connection.execute("ROLLBACK TO parcel")
            place.error = error
        connection.execute("RELEASE parcel")

    def _write_apart(self, places: Sequence[_Place]) -> None:
        """The commit found a row that points to nothing, and does not say whose it is."""
        for place in places:
            if place.error is None:
                self._write([place])

    def _undo(self) -> None:
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()


def _retold(error: BaseException) -> Exception:
    """An error for one more thread: each adds its own traceback."""
    return copy.copy(error) if isinstance(error, Exception) else _interrupted()


def _interrupted() -> Exception:
    return sqlite3.OperationalError("interrupted while writing for several")
