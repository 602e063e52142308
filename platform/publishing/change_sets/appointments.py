"""Change sets that are to be published at a time: the rows, one for a change set."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.storage.system.changes import sys_due
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


class Withdrawn(Conflict):
    """Somebody took the appointment back, or made another one, before it was kept."""

    code = "withdrawn"


@dataclass(frozen=True, slots=True)
class Appointment:
    """at: the moment; zone: in which it was said. content, losses: of the change set and plan that was accepted.

    by: who publishes then. made_at: tells it from another one for the same change set.
    """

    set: str
    at: datetime
    zone: str
    note: str
    content: str
    losses: str
    by: int
    made_at: datetime


def of_set(connection: sa.Connection, name: str) -> Appointment | None:
    row = connection.execute(sa.select(sys_due).where(sys_due.c.set == name)).mappings().one_or_none()
    return Appointment(**row) if row else None


def due(connection: sa.Connection, now: datetime) -> list[Appointment]:
    """Those whose time has come, the earliest first."""
    chosen = sa.select(sys_due).where(sys_due.c.at <= now).order_by(sys_due.c.at, sys_due.c.set)
    return [Appointment(**row) for row in connection.execute(chosen).mappings()]


def make(work: Work, appointment: Appointment) -> None:
    """In the place of the one before. Two are never made at the same moment: `made_at` tells them apart."""
    before = of_set(work.connection, appointment.set)
    if before is not None:
        work.connection.execute(sa.delete(sys_due).where(sys_due.c.set == appointment.set))
    made = replace(appointment, made_at=work.now)
    work.connection.execute(sa.insert(sys_due).values(asdict(made)))


def take(work: Work, name: str, made_at: datetime | None = None) -> bool:
    """Remove the appointment of a change set, or the one that was made at a moment; whether it was there."""
    chosen = sa.delete(sys_due).where(sys_due.c.set == name)
    if made_at is not None:
        chosen = chosen.where(sys_due.c.made_at == made_at)
    return bool(work.connection.execute(chosen).rowcount)


def keep(work: Work, name: str, made_at: datetime) -> None:
    """What is done now is what the appointment was for. :raises Withdrawn: where it is no longer there."""
    if not take(work, name, made_at):
        raise Withdrawn(_("The time at which it was to be published has been taken back."))
