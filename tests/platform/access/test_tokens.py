"""API tokens and one-time links."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sartor.platform.access import one_time
from sartor.platform.access.tokens import Tokens
from sartor.platform.errors import Invalid, NotFound


@pytest.fixture
def tokens(database, moment) -> Tokens:
    return Tokens(database)


@pytest.fixture
def create(database, tokens):
    return lambda name="script", **more: database.run(lambda work: tokens.create(work, 1, name, **more))


def test_a_token_is_found_by_its_key_alone(tokens, create):
    number, key = create(read_only=True)
    assert key.startswith("sartor_")
    found = tokens.find(key).token
    assert (found.id, found.user, found.read_only) == (number, 1, True)
    assert tokens.find(key + "x").token is None


def test_a_token_ends_when_it_was_said_to(tokens, create, moment):
    _number, key = create(expires_at=moment() + timedelta(hours=1))
    assert tokens.find(key).token
    moment(hours=1)
    assert tokens.find(key).token is None
    with pytest.raises(Invalid, match="ended already"):
        create(expires_at=moment())


def test_a_token_without_end_does_not_end(tokens, create, moment):
    _number, key = create()
    moment(days=4000)
    assert tokens.find(key).token


def test_a_revoked_token_is_refused_at_once(database, tokens, create):
    number, key = create()
    with pytest.raises(NotFound):
        database.run(lambda work: tokens.revoke(work, 2, number))
    database.run(lambda work: tokens.revoke(work, 1, number))
    assert tokens.find(key).token is None


def test_its_last_use_is_written_at_most_once_a_minute(tokens, create, moment, monkeypatch):
    _number, key = create()
    first = moment()
    tokens.find(key)
    moment(seconds=30)
    with monkeypatch.context() as patch:
        patch.setattr(tokens.database, "run", None)
        assert tokens.find(key).token.last_used_at == first


def test_a_person_sees_what_there_is_but_no_key(database, tokens, create):
    create("one")
    create("two")
    with database.read() as connection:
        listed = tokens.listed(connection, 1)
    assert [each.name for each in listed] == ["two", "one"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_token_has_a_name(name, create):
    with pytest.raises(Invalid, match="says what it is for"):
        create(name)


# ---- one-time links


@pytest.fixture
def issue(database, moment):
    return lambda purpose, user=None: database.run(lambda work: one_time.issue(work, purpose, user))


@pytest.fixture
def use(database):
    return lambda purpose, key: database.run(lambda work: one_time.use(work, purpose, key))


def test_a_link_opens_once(issue, use):
    key = issue("reset", 7)
    assert use("reset", key) == 7
    with pytest.raises(NotFound, match="has been used"):
        use("reset", key)


@pytest.mark.parametrize("key", ["", "guess"])
def test_a_link_that_was_never_made_reads_like_a_spent_one(key, issue, use):
    issue("reset", 7)
    with pytest.raises(NotFound, match="has been used"):
        use("reset", key)


def test_a_link_opens_nothing_else(issue, use):
    key = issue("invite", 7)
    with pytest.raises(NotFound):
        use("setup", key)
    assert use("invite", key) == 7


def test_a_new_link_takes_the_place_of_the_old_one(issue, use):
    old, other = issue("reset", 7), issue("reset", 8)
    issue("reset", 7)
    with pytest.raises(NotFound):
        use("reset", old)
    assert use("reset", other) == 8


def test_a_link_for_a_password_ends_after_half_an_hour(issue, use, moment):
    key = issue("reset", 7)
    moment(minutes=31)
    with pytest.raises(NotFound):
        use("reset", key)


def test_the_set_up_is_open_until_it_was_used(database, issue, use):
    def is_open():
        with database.read() as connection:
            return one_time.is_open(connection, "setup", database.clock())

    assert not is_open()
    key = issue("setup")
    with database.read() as connection:
        assert one_time.holds(connection, "setup", key, database.clock())
    assert is_open()
    assert use("setup", key) is None
    assert not is_open()


def test_links_of_the_set_up_work_beside_each_other_until_one_was_used(issue, use):
    first, second, third = issue("setup"), issue("setup"), issue("setup")
    assert use("setup", second) is None
    for each in (first, third):
        with pytest.raises(NotFound):
            use("setup", each)
