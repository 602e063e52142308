"""What `sartor run` and its web server tell each other while they start, by two files in the data folder.

The web server loads its code while `run` looks after the workspace, and opens the workspace only when `run` is done
with that: whichever of them is the quicker waits.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.05


class Start:
    """One start in a data folder."""

    def __init__(self, data: Path) -> None:
        self._lock = data / "starting.lock"
        self._opened = data / "starting.done"

    @contextmanager
    def closed(self) -> Iterator[None]:
        """The workspace is being made or brought to this version. A process that dies in here opens it again."""
        self._opened.unlink(missing_ok=True)
        with self._lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def wait(self) -> None:
        """Come back when the workspace may be opened: at once, unless somebody has closed it."""
        with self._lock.open("a") as file:
            while not _is_free(file.fileno()):
                time.sleep(PAUSE)

    def say_open(self) -> None:
        """The web server is about to answer."""
        self._opened.touch()

    @property
    def is_open(self) -> bool:
        return self._opened.exists()


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
