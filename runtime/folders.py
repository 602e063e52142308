"""A Celery broker of files in a folder, for one machine without Redis.

Kombu's own filesystem transport writes a message where readers already look: who comes in between takes half a message,
and the worker ends. Here a message gets its name when it is whole, and is taken by renaming it.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import virtual
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)
PAUSE = 0.05
"""Seconds between two looks into an empty folder."""


class Channel(virtual.Channel):
    """Reads and writes the folder that the transport's option `folder` names."""

    @cached_property
    def folder(self) -> Path:
        folder = Path(self.connection.client.transport_options["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _put(self, queue: str, message: dict[str, Any], **_more: Any) -> None:
        whole = self.folder / f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        part = whole.with_suffix(".part")
        part.write_text(dumps(message), encoding="utf-8")
        part.rename(whole)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """:raises Empty: when there is no message."""
        for path in self._messages(queue):
            taken = path.with_suffix(".taken")
            try:
                path.rename(taken)
            except FileNotFoundError:  # another worker was quicker
                continue
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            try:
                message: dict[str, Any] = loads(text)
            except ValueError:  # the machine lost power while it was written; what is owed stays in the database
                log.warning("%s holds no message", path.name)
                continue
            return message
        raise Empty

    def _messages(self, queue: str) -> Iterator[Path]:
        """The oldest first."""
        yield from sorted(self.folder.glob(f"*.{queue}.msg"))

    def _size(self, queue: str) -> int:
        return sum(1 for _ in self._messages(queue))

    def _purge(self, queue: str) -> int:
        found = list(self._messages(queue))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)


class Transport(virtual.Transport):
    """What Celery is told to use when no broker is named."""

    Channel = Channel
    polling_interval = PAUSE
    driver_type = driver_name = "folders"

    def driver_version(self) -> str:
        return "1"
