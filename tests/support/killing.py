"""Children of a test that do something until they are killed, by the test or by themselves at an exact statement."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from sartor.platform.storage.engine import Database

KILLS = int(os.environ.get("SARTOR_KILLS", "20"))
SEED = os.environ.get("SARTOR_SEED", "kills")
PATIENCE = 60.0


class Journal:
    """What was acknowledged, a line each, on the disk before anything else happens."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(self, **told: Any) -> None:
        os.write(self._file, orjson.dumps(told) + b"\n")
        os.fsync(self._file)


def acknowledged(path: Path) -> list[dict[str, Any]]:
    """What a journal says; a line that was being written is none."""
    text = path.read_bytes() if path.exists() else b""
    return [orjson.loads(line) for line in text.split(b"\n")[:-1]]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(database: Database, place: int) -> None:
    """End this process before or after its n-th statement or commit, as `kill -9` does."""
    done = [0]

    def step(*_told: Any) -> None:
        done[0] += 1
        if done[0] == place:
            die()

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            step()
            found = call(*given)
            step()
            return found

        return run

    for engine in {database.engine, database.writing}:
        for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(engine, event, step)
    for name in ("execute", "execute_many"):
        setattr(database.driver, name, counted(getattr(database.driver, name)))
    fast = database._runner
    database._runner = lambda limit: counted(fast(limit))  # type: ignore[method-assign]


def killed(act: Callable[[], object], journal: Path, after: float | None) -> bool:
    """Whether a child that acts had to be killed; one that comes to its end was not.

    after: seconds after its first word in the journal; None where it kills itself.
    """
    seen = len(acknowledged(journal))
    child = os.fork()
    if child == 0:
        code = 255  # an error of the child: it must not return into the tests
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    try:
        if after is not None:
            _wait_for_more(journal, seen)
            time.sleep(after)
    finally:
        if after is not None:
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the child failed: {acknowledged(journal)[-3:]}"
    return os.WIFSIGNALED(status)


def _wait_for_more(journal: Path, seen: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(acknowledged(journal)) == seen:
        assert time.monotonic() < until, "the child does not begin"
        time.sleep(0.005)
