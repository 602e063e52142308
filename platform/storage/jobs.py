"""Long work, as rows: begun by somebody, leased by one worker at a time, cancelled by a flag.

The row is the truth. A worker that dies lets its lease run out, and another one takes the job up; so whatever a job
does must be able to go on where it was left (`result` keeps how far it came).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.imports import sys_import
from sartor.platform.storage.system.jobs import sys_job
from sartor.platform.work import Work

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
WRITING = ("import", "fill")
"""Kinds that keep the books of imports."""
OVER = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work. owner: the person as whom it acts; None for the system."""

    id: int
    kind: str
    state: str
    input: Mapping[str, Any]
    progress: int
    total: int | None
    message: str | None
    result: Any
    owner: int | None
    cancel: bool
    attempt: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


_COLUMNS = [sys_job.c[name] for name in Job.__dataclass_fields__]


def begin(work: Work, number: int, kind: str, given: Mapping[str, Any], owner: int | None) -> None:
    """Write down that something is to be done."""
    row = {
        "id": number, "kind": kind, "state": "waiting", "input": dict(given), "progress": 0, "owner": owner,
        "cancel": False, "attempt": 0, "created_at": work.now,
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_job).values(row))


def get(database: Database, number: int) -> Job | None:
    with database.read() as connection:
        row = connection.execute(sa.select(*_COLUMNS).where(sys_job.c.id == number)).first()
    return Job(*row) if row else None


def latest(database: Database, owner: int | None, limit: int = 50) -> list[Job]:
    """Somebody's jobs, the newest first; without an owner everybody's."""
    chosen = sa.select(*_COLUMNS).order_by(sys_job.c.id.desc()).limit(limit)
    if owner is not None:
        chosen = chosen.where(sys_job.c.owner == owner)
    with database.read() as connection:
        return [Job(*row) for row in connection.execute(chosen)]


def newest(database: Database, kind: str, limit: int = 50) -> list[Job]:
    """Everybody's jobs of a kind, the newest first."""
    with database.read() as connection:
        return newest_in(connection, kind, limit)


def newest_in(connection: sa.Connection, kind: str, limit: int = 50) -> list[Job]:
    """The same, as a transaction sees them."""
    chosen = sa.select(*_COLUMNS).where(sys_job.c.kind == kind).order_by(sys_job.c.id.desc()).limit(limit)
    return [Job(*row) for row in connection.execute(chosen)]


def waiting(database: Database, now: datetime, limit: int = 100) -> list[int]:
    """Jobs that nobody works on: new ones, and those whose worker has not been heard of."""
    free = sa.or_(sys_job.c.state == "waiting", sa.and_(sys_job.c.state == "running", sys_job.c.lease_until < now))
    with database.read() as connection:
        return list(
            connection.execute(sa.select(sys_job.c.id).where(free).order_by(sys_job.c.id).limit(limit)).scalars()
        )


def take(work: Work, number: int, worker: str, lease: timedelta = LEASE) -> Job | None:
    """Lease a job; None when another worker has it, or it is over."""
    free = sa.or_(sys_job.c.state == "waiting", sa.and_(sys_job.c.state == "running", sys_job.c.lease_until < work.now))
    taken = (
        sa.update(sys_job)
        .where(sys_job.c.id == number, free)
        .values(
            state="running", leased_by=worker, lease_until=work.now + lease, attempt=sys_job.c.attempt + 1,
            started_at=sa.func.coalesce(sys_job.c.started_at, work.now),
        )
    )  # fmt: skip
    if not work.connection.execute(taken).rowcount:
        return None
    row = work.connection.execute(sa.select(*_COLUMNS).where(sys_job.c.id == number)).first()
    return Job(*row) if row else None


def note_progress(work: Work, number: int, worker: str, values: Mapping[str, Any], lease: timedelta = LEASE) -> bool:
    """Say how far it has come, and keep the lease; False when it is to stop (cancelled, or taken by another)."""
    mine = sa.and_(sys_job.c.id == number, sys_job.c.leased_by == worker, sys_job.c.state == "running")
    said = sa.update(sys_job).where(mine).values(lease_until=work.now + lease, **values)
    if not work.connection.execute(said).rowcount:
        return False
    return not work.connection.execute(sa.select(sys_job.c.cancel).where(sys_job.c.id == number)).scalar()


def note_result(work: Work, number: int, result: Any) -> None:
    """What came of it, in the transaction in which that happened."""
    work.connection.execute(sa.update(sys_job).where(sys_job.c.id == number).values(result=result))


def end(work: Work, number: int, worker: str, state: str, message: str | None, result: Any) -> None:
    """Write down how a job ended."""
    mine = sa.and_(sys_job.c.id == number, sys_job.c.leased_by == worker)
    values = {"state": state, "message": message, "result": result, "ended_at": work.now, "lease_until": None}
    if work.connection.execute(sa.update(sys_job).where(mine).values(values)).rowcount and state != "done":
        _close_books(work, number, state)


def ask_to_stop(work: Work, number: int) -> None:
    """Cancel: at once where nobody works on it yet, else at the next step of whoever does."""
    here = sys_job.c.id == number
    work.connection.execute(sa.update(sys_job).where(here, sys_job.c.state == "running").values(cancel=True))
    ended = {"state": "cancelled", "cancel": True, "ended_at": work.now}
    if work.connection.execute(sa.update(sys_job).where(here, sys_job.c.state == "waiting").values(ended)).rowcount:
        _close_books(work, number, "cancelled")


def _close_books(work: Work, number: int, state: str) -> None:
    """An import does not go on when its job is over, whoever ended that."""
    job = work.connection.execute(sa.select(sys_job.c.kind, sys_job.c.input).where(sys_job.c.id == number)).one()
    if job.kind in WRITING:
        numbers = job.input.get("imports", [job.input.get("import")])
        still = sa.and_(sys_import.c.id.in_(numbers), sys_import.c.state == "running")
        work.connection.execute(sa.update(sys_import).where(still).values(state=state))
