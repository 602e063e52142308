"""A worker in a thread of the test process, for pages that watch long work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from offices import Office

from sartor.runtime.handlers import jobs_of

PAUSE = 0.05


@contextmanager
def working(office: Office) -> Iterator[None]:
    """Jobs are done as they come, until the block ends."""
    ended = threading.Event()

    def work() -> None:
        jobs = jobs_of(office.workspace)
        while not ended.wait(PAUSE):
            for number in jobs.waiting():
                jobs.run(number, "test")

    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
