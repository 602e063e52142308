"""The scheduler: housekeeping at its times. Several may run; what they do is safe to do twice."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from sartor.platform.records.once import purge as purge_answers
from sartor.platform.storage.vitals import note_round
from sartor.platform.workspace import Workspace

log = logging.getLogger(__name__)
PAUSE = 60.0
ATTEMPTS_KEPT = timedelta(days=1)


class Scheduler(threading.Thread):
    """Publishes what is due; removes what has ended (sessions, kept answers, counted attempts); goes on with what
    publishes left for later."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(name="scheduler", daemon=True)
        self.workspace = workspace
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            left = False
            try:
                left = self.once()
            except Exception:  # the database is away; the next round comes
                log.exception("housekeeping failed")
            self.ended.wait(0 if left else PAUSE)

    def once(self) -> bool:
        """One round of housekeeping; whether publishes have left more to do."""
        workspace = self.workspace
        workspace.database.run(note_round)
        workspace.timed.run()
        workspace.database.run(workspace.sessions.purge)
        workspace.database.run(purge_answers)
        before = workspace.database.clock() - ATTEMPTS_KEPT
        workspace.database.run(lambda work: workspace.identity.attempts.purge(work, before))
        return workspace.background.run(PAUSE / 2)
