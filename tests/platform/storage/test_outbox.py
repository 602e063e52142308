"""The outbox."""

from sartor.platform.storage import outbox
from sartor.platform.storage.outbox import Event


def event(work, number):
    return Event(number, "deal", 7, "updated", {"amount": ["1.00", "2.00"]}, work.now)


def test_events_wait_in_order_until_they_are_marked_as_sent(database):
    with database.work() as work:
        outbox.add(work.connection, [event(work, number) for number in (3, 1, 2)])
        outbox.add(work.connection, [])
    with database.work() as work:
        assert [each.id for each in outbox.pending(work.connection)] == [1, 2, 3]
        assert outbox.pending(work.connection, limit=1, after=1)[0].body == {"amount": ["1.00", "2.00"]}
        outbox.mark_sent(work.connection, [1, 2], work.now)
        outbox.mark_sent(work.connection, [], work.now)
    with database.work() as work:
        assert [each.id for each in outbox.pending(work.connection)] == [3]


def test_an_event_comes_back_as_it_was_written(database):
    with database.work() as work:
        written = event(work, 1)
        outbox.add(work.connection, [written])
        assert outbox.pending(work.connection) == [written]
