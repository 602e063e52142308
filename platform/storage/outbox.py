"""The outbox: facts about records, written in the transaction of the change that they report.

The row is the truth. Who delivers it reads `pending`, hands over, and then marks it as sent, so that a crash in
between delivers twice rather than never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.system.events import sys_event


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. kind: `created`, `updated`, `deleted`, `restored` … body: JSON for its consumers.

    cause: the chain of events that led to this one, for loops to be noticed.
    """

    id: int
    entity: str
    record: int | None
    kind: str
    body: Mapping[str, Any]
    at: datetime
    actor: int | None = None
    cause: Mapping[str, Any] | None = None

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id, "entity": self.entity, "record": self.record, "kind": self.kind, "body": self.body,
            "actor": self.actor, "cause": self.cause, "at": self.at,
        }  # fmt: skip


def add(connection: sa.Connection, events: Iterable[Event]) -> None:
    """Write events, in the caller's transaction."""
    if rows := [event.row() for event in events]:
        connection.execute(sa.insert(sys_event), rows)


def pending(connection: sa.Connection, limit: int = 100, after: int = 0) -> list[Event]:
    """Events that were not handed over yet, oldest first."""
    columns = [column for column in sys_event.c if column.name != "sent_at"]
    waiting = sa.select(*columns).where(sys_event.c.sent_at.is_(None), sys_event.c.id > after)
    rows = connection.execute(waiting.order_by(sys_event.c.id).limit(limit)).mappings()
    return [Event(**row) for row in rows]


def mark_sent(connection: sa.Connection, ids: Iterable[int], at: datetime) -> None:
    """Note that events were handed over."""
    chosen = sys_event.c.id == sa.bindparam("event")
    if rows := [{"event": number} for number in ids]:
        connection.execute(sa.update(sys_event).where(chosen).values(sent_at=at), rows)
