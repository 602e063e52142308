"""Ids: 64-bit, sorted by time, made without asking the database.

41 bits of milliseconds since 2024-01-01, 10 bits of node, 12 bits of counter. A full counter borrows the next
millisecond, and a clock that goes back is ignored until it has caught up: ids of one node only ever rise.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

EPOCH_MS = 1_704_067_200_000
"""2024-01-01T00:00:00Z."""
NODES = 1024
_COUNTER_BITS = 12
_NODE_BITS = 10
_SHIFT = _NODE_BITS + _COUNTER_BITS


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class IdMaker:
    """Makes the ids of one node. `last_ms` is the time of the node's last id, when an earlier process had it."""

    def __init__(self, node: int, last_ms: int = 0, now_ms: Callable[[], int] = _now_ms) -> None:
        if not 0 <= node < NODES:
            raise ValueError(f"node {node} is not between 0 and {NODES - 1}")
        self.node = node
        self._node = node << _COUNTER_BITS
        self._now_ms = now_ms
        self._lock = threading.Lock()
        # The time and the counter as one number: a full counter runs over into the next millisecond by itself.
        self._tick = (last_ms - EPOCH_MS + 1) << _COUNTER_BITS if last_ms else 0

    def __call__(self) -> int:
        now = (self._now_ms() - EPOCH_MS) << _COUNTER_BITS
        with self._lock:
            tick = self._tick = max(now, self._tick + 1)
        return tick >> _COUNTER_BITS << _SHIFT | self._node | tick & 0xFFF

    def block(self, count: int) -> list[int]:
        """Many ids at once."""
        now = (self._now_ms() - EPOCH_MS) << _COUNTER_BITS
        with self._lock:
            first = max(now, self._tick + 1)
            self._tick = first + count - 1
        node = self._node
        return [tick >> _COUNTER_BITS << _SHIFT | node | tick & 0xFFF for tick in range(first, first + count)]

    @property
    def last_ms(self) -> int:
        """The time of the newest id, which may lie ahead of the clock."""
        return (self._tick >> _COUNTER_BITS) + EPOCH_MS


def made_at_ms(number: int) -> int:
    """When an id was made, in milliseconds since 1970."""
    return (number >> _SHIFT) + EPOCH_MS


def node_of(number: int) -> int:
    return number >> _COUNTER_BITS & (NODES - 1)
