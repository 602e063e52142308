"""The relay: the only place that sends tasks. It runs beside the worker, after the commit of whatever it reports."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from celery import Celery

from sartor.platform.automation.delivery import deliver
from sartor.platform.automation.jobs import Jobs
from sartor.platform.storage.engine import Database
from sartor.platform.storage.outbox import Event

log = logging.getLogger(__name__)
PAUSE = 0.2
AGAIN = 30.0
"""Seconds after which a job that nobody took is offered once more."""


class Relay(threading.Thread):
    """Carries events and waiting jobs from the database to the broker, which only says that there is work."""

    def __init__(self, database: Database, jobs: Jobs, tasks: Celery) -> None:
        super().__init__(name="relay", daemon=True)
        self.database = database
        self.jobs = jobs
        self.tasks = tasks
        self.ended = threading.Event()
        self._offered: dict[int, float] = {}

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                busy = self.once()
            except Exception:  # the database or the broker is away; what is owed stays in the table
                log.exception("the relay could not deliver")
                busy = 0
            self.ended.wait(0 if busy else PAUSE)

    def once(self) -> int:
        """One round: events, then jobs; how much was sent."""
        sent = deliver(self.database, self._send_events)
        now = self.database.clock().timestamp()
        waiting = self.jobs.waiting()
        due = [number for number in waiting if now - self._offered.get(number, 0) > AGAIN]
        for number in due:
            self.tasks.send_task("sartor.job", args=[str(number)])
        # A job that was taken is forgotten: when its worker dies, it waits again and is offered at once.
        self._offered = {number: now if number in due else self._offered[number] for number in waiting}
        return sent + len(due)

    def _send_events(self, events: Sequence[Event]) -> None:
        self.tasks.send_task("sartor.events", args=[[str(event.id) for event in events]])
