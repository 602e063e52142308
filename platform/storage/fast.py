"""Connections of the fast path, one for each thread.

The thread itself must not own one: the server's threads end while Python is already taking them apart, and a finalizer
written in Python crashes the process there (CPython 3.11). So a thread holds a mark only, and when the mark goes, its
connection is noted, in C, to be closed by whoever opens the next one.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import deque

from sartor.platform.storage.driver import Driver


class Fast:
    """A connection, what runs statements on it, and its time limit."""

    def __init__(self, driver: Driver) -> None:
        self._process = 0  # nothing to close where connecting fails
        self.connection = driver.connect()
        self.run = driver.runner(self.connection)
        self.limit: int | None = None
        self._process = os.getpid()

    def __del__(self) -> None:
        """With the database itself; never with a thread, since the database holds it too."""
        if self._process == os.getpid():
            self.connection.close()


class _Mine(threading.local):
    """What a thread holds. mark: something without a finalizer that can be watched; a set can."""

    fast: Fast | None = None
    mark: set[int] | None = None


class FastOnes:
    """The fast connections of one database."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.forget()

    def forget(self) -> None:
        """Start with none, and close none: after a fork they are the parent's."""
        self._mine = _Mine()
        self._ended: deque[weakref.ref[set[int]]] = deque()
        self._open: dict[int, tuple[weakref.ref[set[int]], Fast]] = {}

    @property
    def mine(self) -> Fast | None:
        """This thread's, if it has one."""
        return self._mine.fast

    def open(self) -> Fast:
        """A new one for this thread, in place of the one that it had."""
        fast, mark = Fast(self._driver), set[int]()
        watch = weakref.ref(mark, self._ended.append)
        self._open[id(watch)] = (watch, fast)
        self._mine.fast, self._mine.mark = fast, mark
        self._close_ended()
        return fast

    def close(self) -> None:
        """Close this thread's and those of threads that are over; those of others end with their threads."""
        self._mine.fast = self._mine.mark = None
        self._close_ended()

    def _close_ended(self) -> None:
        while self._ended:
            _watch, fast = self._open.pop(id(self._ended.popleft()))
            fast.connection.close()
