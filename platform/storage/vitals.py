"""Signs of life: what waits for whom, and when the scheduler last went its round. For whoever watches a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.notices import write
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.jobs import sys_job
from sartor.platform.storage.system.state import sys_notice
from sartor.platform.work import Work

SCHEDULER = "scheduler"
MINE = sys_notice.c.name == SCHEDULER


@dataclass(frozen=True, slots=True)
class Vitals:
    """waiting: jobs that nobody took yet, since when the oldest does. stalled: jobs whose worker is gone.

    unsent: events that were not handed over, since when the oldest is. round: when a scheduler last went one.
    """

    at: datetime
    waiting: int
    waiting_since: datetime | None
    stalled: int
    unsent: int
    unsent_since: datetime | None
    round: datetime | None

    def age(self, since: datetime | None) -> float:
        """Seconds from a moment until now; 0 for none."""
        return (self.at - since).total_seconds() if since else 0.0


def vitals(database: Database) -> Vitals:
    now = database.clock()
    job, event = sys_job.c, sys_event.c
    waiting = sa.select(sa.func.count(), sa.func.min(job.created_at)).where(job.state == "waiting")
    stalled = sa.select(sa.func.count()).where(job.state == "running", job.lease_until < now)
    unsent = sa.select(sa.func.count(), sa.func.min(event.at)).where(event.sent_at.is_(None))
    with database.read() as connection:
        jobs, jobs_since = connection.execute(waiting).one()
        events, events_since = connection.execute(unsent).one()
        lost = connection.execute(stalled).scalar_one()
        last = connection.execute(sa.select(sys_notice.c.at).where(MINE)).scalar()
    return Vitals(now, jobs, jobs_since, lost, events, events_since, last)


def note_round(work: Work) -> None:
    """Say that a scheduler goes its round now."""
    write(work, SCHEDULER, None)
