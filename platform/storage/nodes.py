"""A leased node number: what keeps the ids of several processes apart."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import SartorError
from sartor.platform.storage.ids import NODES, IdMaker
from sartor.platform.storage.system.state import sys_node

LEASE_MS = 3_600_000
GRACE_MS = 3_600_000
"""How long a lease that ran out stays unused: a transaction begun under it may still be making ids."""


class NodeLease:
    """The node number of this process, renewed at half of its time."""

    def __init__(self, engine: sa.Engine, turn: Callable[[], AbstractContextManager[Any]]) -> None:
        self._engine = engine
        self._turn = turn
        self._holder = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._lock = threading.Lock()
        self._ids: IdMaker | None = None
        self._renew_at = 0.0

    def keep(self) -> IdMaker:
        """The maker of ids, its lease good for half an hour at least. Called outside transactions."""
        if self._ids is not None and time.monotonic() < self._renew_at:
            return self._ids
        with self._lock:
            if self._ids is None or time.monotonic() >= self._renew_at:
                begun = time.monotonic()
                with self._turn(), self._engine.begin() as connection:
                    self._ids = self._renewed(connection) or self._taken(connection)
                self._renew_at = begun + LEASE_MS / 2000
            return self._ids

    def release(self) -> None:
        """Give the number back, with the time of its last id so that the next holder starts after it."""
        if self._ids is None:
            return
        mine = sa.update(sys_node).where(sys_node.c.number == self._ids.node, sys_node.c.holder == self._holder)
        with self._turn(), self._engine.begin() as connection:
            connection.execute(mine.values(holder="", until_ms=0, last_ms=self._ids.last_ms))
        self._ids = None

    def _renewed(self, connection: sa.Connection) -> IdMaker | None:
        if self._ids is None:
            return None
        mine = sa.update(sys_node).where(sys_node.c.number == self._ids.node, sys_node.c.holder == self._holder)
        values = {"until_ms": _now_ms() + LEASE_MS, "last_ms": self._ids.last_ms}
        return self._ids if connection.execute(mine.values(values)).rowcount else None

    def _taken(self, connection: sa.Connection) -> IdMaker:
        """A number that nobody holds: the one that has been free for longest."""
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("LOCK TABLE sys_node IN SHARE ROW EXCLUSIVE MODE"))
        now = _now_ms()
        rows = connection.execute(sa.select(sys_node).order_by(sys_node.c.until_ms)).all()
        values = {"holder": self._holder, "until_ms": now + LEASE_MS}
        for row in rows:
            if row.until_ms + GRACE_MS < now:
                connection.execute(sa.update(sys_node).where(sys_node.c.number == row.number).values(values))
                return IdMaker(row.number, last_ms=max(row.last_ms, row.until_ms))
        if len(rows) == NODES:
            raise SartorError(f"All {NODES} node numbers are leased; expected fewer processes.")
        taken = {row.number for row in rows}
        number = next(number for number in range(NODES) if number not in taken)
        connection.execute(sa.insert(sys_node).values(number=number, last_ms=0, **values))
        return IdMaker(number)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
