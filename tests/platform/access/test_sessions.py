"""Sessions: found by key, ended at once, never older than they may be."""

from __future__ import annotations

import pytest

from sartor.platform.access.sessions import Sessions, end_all
from sartor.platform.access.stamp import raise_authz


@pytest.fixture
def sessions(database, moment) -> Sessions:
    return Sessions(database)


@pytest.fixture
def start(database, sessions):
    return lambda user=1, **more: database.run(lambda work: sessions.start(work, user, **more))


def test_a_session_is_found_by_its_key_alone(sessions, start):
    key = start(address="192.0.2.1", agent="Firefox")
    found = sessions.find(key)
    assert found.session.user == 1
    assert sessions.find(key + "x").session is None
    assert sessions.find(None).session is None


def test_the_stamp_comes_with_it(database, sessions):
    before = sessions.find("unknown").stamp
    database.run(raise_authz)
    after = sessions.find("unknown").stamp
    assert (after.authz, after.number) == (before.authz + 1, before.number + 1)


def test_signing_in_changes_the_key(sessions, start):
    old = start()
    new = start(instead_of=old)
    assert new != old
    assert sessions.find(old).session is None


def test_two_sessions_have_two_tokens_against_forgery(sessions, start):
    assert sessions.find(start()).session.csrf != sessions.find(start()).session.csrf


def test_it_ends_when_it_was_idle_too_long(sessions, start, moment):
    key = start()
    moment(hours=23)
    assert sessions.find(key).session
    moment(hours=23)
    assert sessions.find(key).session
    moment(hours=25)
    assert sessions.find(key).session is None


def test_it_ends_after_its_longest_time_whatever_happens(sessions, start, moment):
    key = start()
    for _day in range(14):
        assert sessions.find(key).session
        moment(hours=24, seconds=-1)
    moment(seconds=14)
    assert sessions.find(key).session is None


def test_its_last_use_is_written_at_most_once_a_minute(sessions, start, moment, monkeypatch):
    key = start()
    moment(seconds=59)
    with monkeypatch.context() as patch:
        patch.setattr(sessions.database, "run", None)
        sessions.find(key)
    now = moment(seconds=2)
    sessions.find(key)
    assert sessions.find(key).session.seen_at == now


def test_a_person_sees_and_ends_each_of_them(database, sessions, start):
    here, there = start(agent="here"), start(agent="there")
    start(user=2)
    with database.read() as connection:
        listed = {each.agent: each for each in sessions.listed(connection, 1)}
    assert set(listed) == {"here", "there"}
    assert database.run(lambda work: sessions.end_one(work, 1, listed["there"].handle))
    assert sessions.find(there).session is None
    assert sessions.find(here).session


def test_nobody_ends_a_session_of_somebody_else(database, sessions, start):
    key = start()
    handle = sessions.find(key).session.handle
    assert not database.run(lambda work: sessions.end_one(work, 2, handle))
    assert sessions.find(key).session


def test_all_of_them_end_together(database, sessions, start):
    keys = [start(), start()]
    database.run(lambda work: end_all(work, 1))
    assert [sessions.find(key).session for key in keys] == [None, None]


def test_what_is_over_is_removed(database, sessions, start, moment):
    start()
    moment(days=2)
    key = start()
    assert database.run(sessions.purge) == 1
    assert sessions.find(key).session
