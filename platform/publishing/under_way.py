"""How far a publication is, told to every process of the workspace while its transaction is still open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sartor.platform.storage.aside import aside
from sartor.platform.storage.engine import Database
from sartor.platform.work import Work

EVERY = 0.25
"""Seconds between two tellings: of hundreds of quick steps nobody reads each."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """So many steps of all are done, and what is done now."""

    done: int
    total: int
    now: str


class Far:
    """Where a publication says how far it is."""

    def __init__(self, database: Database) -> None:
        self._aside = aside(database, "publishing")

    @contextmanager
    def telling(self) -> Iterator[Callable[[int, int, str], None]]:
        """Gives what a publication calls before each of its steps."""
        last = -EVERY

        def watch(done: int, total: int, now: str) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY:
                tell(asdict(UnderWay(done, total, now)))
                last = time.monotonic()

        with self._aside.telling() as tell:
            yield watch

    def hold(self, work: Work) -> None:
        """Nothing is heard any more of a publication that ended, however it did."""
        self._aside.hold(work.connection)

    def hear(self) -> UnderWay | None:
        """What is being told now, by any process."""
        found = self._aside.hear()
        return None if found is None else UnderWay(**found)
