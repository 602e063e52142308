"""Delivery of events: what the outbox holds is handed over, then marked. A crash between delivers twice, never not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sartor.platform.storage import outbox
from sartor.platform.storage.engine import Database
from sartor.platform.storage.outbox import Event

AT_ONCE = 200
HandOver = Callable[[Sequence[Event]], None]


def deliver(database: Database, hand_over: HandOver) -> int:
    """Hand over what is pending, oldest first; how many events."""
    with database.read() as connection:
        events = outbox.pending(connection, AT_ONCE)
    if not events:
        return 0
    hand_over(events)
    database.run(lambda work: outbox.mark_sent(work.connection, [event.id for event in events], work.now))
    return len(events)
