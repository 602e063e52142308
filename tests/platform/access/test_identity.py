"""Signing in, passwords, switching off: on both databases."""

from __future__ import annotations

import logging
import statistics
import time

import pytest
import sqlalchemy as sa

from sartor.platform.access.assign import Assignment
from sartor.platform.access.identity import Identity
from sartor.platform.access.passwords import Hasher, require_good
from sartor.platform.access.sessions import Sessions
from sartor.platform.access.tokens import Tokens
from sartor.platform.errors import Invalid, TooMany, Unauthenticated
from sartor.platform.storage.system.base import METADATA

GOOD = "correct horse battery"
HERE = "192.0.2.1"


@pytest.fixture
def identity(database) -> Identity:
    return Identity(database)


@pytest.fixture
def assignment(database, tables) -> Assignment:
    return Assignment(database, tables)


@pytest.fixture
def li(database, identity, directory) -> int:
    """Li has a password."""
    hashed = identity.hash_good(GOOD, directory().people[1])
    database.run(lambda work: identity.set_password(work, 1, hashed))
    return 1


def test_the_right_password_signs_in(li, identity, directory):
    assert identity.sign_in(directory(), "LI@example.com", GOOD, HERE).id == li


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("li@example.com", "wrong"),
        ("nobody@example.com", GOOD),
        ("wang@example.com", GOOD),
        ("", ""),
        ("li@example.com", "x" * 5000),
    ],
)
def test_every_refusal_reads_the_same(email, password, li, identity, directory):
    with pytest.raises(Unauthenticated) as refused:
        identity.sign_in(directory(), email, password, HERE)
    assert refused.value.message == "The mail address or the password is not right."


def test_who_left_is_refused_like_a_stranger(database, identity, directory):
    hashed = identity.hasher.hash(GOOD)
    database.run(lambda work: identity.set_password(work, 5, hashed))
    with pytest.raises(Unauthenticated, match="not right"):
        identity.sign_in(directory(), "gone@example.com", GOOD, HERE)


def test_a_stranger_waits_as_long_as_a_colleague():
    hasher = Hasher()
    stored = hasher.hash(GOOD)

    def seconds(known):
        start = time.perf_counter()
        hasher.verify(known, "wrong")
        return time.perf_counter() - start

    pairs = [(seconds(stored), seconds(None)) for _n in range(9)]  # by turns: the machine is busy with other things
    colleague, stranger = (statistics.median(each) for each in zip(*pairs, strict=True))
    assert abs(colleague - stranger) < 0.5 * colleague


def test_a_composed_character_is_the_same_character(database, identity, directory):
    hashed = identity.hasher.hash("caf\u00e9 au lait")
    database.run(lambda work: identity.set_password(work, 1, hashed))
    assert identity.sign_in(directory(), "li@example.com", "cafe\u0301 au lait", HERE)


def test_a_weak_hash_is_made_anew(database, li, identity, directory, monkeypatch):
    before = identity._stored(li)
    monkeypatch.setattr(identity.hasher, "is_outdated", lambda stored: True)
    identity.sign_in(directory(), "li@example.com", GOOD, HERE)
    assert identity._stored(li) != before


@pytest.mark.parametrize(
    ("password", "fault"),
    [("short", "at least 10"), ("x" * 300, "at most 256"), ("aaaaabbbbb", "same few"), ("li@example.com!", "contain")],
)
def test_an_easily_guessed_password_is_refused_without_repeating_it(password, fault):
    with pytest.raises(Invalid, match=fault) as refused:
        require_good(password, "Li Lei", "li@example.com")
    assert password not in str(refused.value)


def test_guessing_ends_and_begins_again_later(li, identity, directory, moment):
    for _n in range(8):
        with pytest.raises(Unauthenticated):
            identity.sign_in(directory(), "li@example.com", "wrong", HERE)
    with pytest.raises(TooMany) as refused:
        identity.sign_in(directory(), "li@example.com", GOOD, HERE)
    assert 0 < refused.value.retry_after <= 30
    assert identity.sign_in(directory(), "li@example.com", GOOD, "192.0.2.2")
    moment(seconds=31)
    identity.attempts._empty.clear()
    assert identity.sign_in(directory(), "li@example.com", GOOD, HERE)


def test_a_stranger_is_slowed_down_like_a_colleague(identity, directory):
    for _n in range(8):
        with pytest.raises(Unauthenticated):
            identity.sign_in(directory(), "nobody@example.com", "wrong", HERE)
    with pytest.raises(TooMany):
        identity.sign_in(directory(), "nobody@example.com", "wrong", HERE)


def test_a_flood_does_not_reach_the_database(identity, directory, monkeypatch):
    for _n in range(8):
        with pytest.raises(Unauthenticated):
            identity.sign_in(directory(), "li@example.com", "wrong", HERE)
    with pytest.raises(TooMany):
        identity.sign_in(directory(), "li@example.com", "wrong", HERE)
    monkeypatch.setattr(identity.database, "run", None)
    with pytest.raises(TooMany):
        identity.sign_in(directory(), "li@example.com", "wrong", HERE)


def test_success_forgives_the_tries_before_it(li, identity, directory):
    for _n in range(10):
        with pytest.raises(Unauthenticated):
            identity.sign_in(directory(), "li@example.com", "wrong", HERE)
        identity.sign_in(directory(), "li@example.com", GOOD, HERE)


def test_a_new_password_ends_every_session_but_ones_own(database, li, identity):
    sessions = Sessions(database)
    own, other = (database.run(lambda work: sessions.start(work, li)) for _n in range(2))
    hashed = identity.hasher.hash("another good one")
    database.run(lambda work: identity.set_password(work, li, hashed, but=own))
    assert sessions.find(own).session
    assert sessions.find(other).session is None


def test_changing_asks_for_the_present_password(li, identity):
    identity.confirm(li, GOOD, HERE)
    with pytest.raises(Invalid, match="present password"):
        identity.confirm(li, "wrong", HERE)


def test_a_password_that_another_chose_must_be_changed(database, li, identity):
    hashed = identity.hasher.hash(GOOD)
    database.run(lambda work: identity.set_password(work, li, hashed, must_change=True))
    with database.read() as connection:
        assert identity.must_change(connection, li)


@pytest.fixture
def context(database, assignment, model, system, li):
    """The system, in a workspace that Sun administers."""
    made = system(model())
    database.run(lambda work: assignment.assign(work, made, 4, "administrator"))
    return made


def test_who_is_switched_off_loses_every_way_in(database, identity, directory, assignment, context):
    li, sessions, tokens = 1, Sessions(database), Tokens(database)
    session = database.run(lambda work: sessions.start(work, li))
    _number, token = database.run(lambda work: tokens.create(work, li, "script"))
    database.run(lambda work: identity.disable(work, context, li, assignment))
    assert sessions.find(session).session is None
    assert tokens.find(token).token is None
    assert directory().actor(li) is None
    with pytest.raises(Unauthenticated):
        identity.sign_in(directory(), "li@example.com", GOOD, HERE)
    database.run(lambda work: identity.enable(work, context, li, assignment))
    assert identity.sign_in(directory(), "li@example.com", GOOD, HERE)


def test_no_secret_is_stored_or_logged(database, li, identity, directory, caplog):
    caplog.set_level(logging.DEBUG)
    sessions, tokens = Sessions(database), Tokens(database)
    session = database.run(lambda work: sessions.start(work, li))
    _number, token = database.run(lambda work: tokens.create(work, li, "script"))
    identity.sign_in(directory(), "li@example.com", GOOD, HERE)
    with database.read() as connection:
        stored = "".join(
            str(list(connection.execute(sa.select(table)))) for name, table in METADATA.tables.items()
            if sa.inspect(connection).has_table(name)
        )  # fmt: skip
    assert not [secret for secret in (GOOD, session, token) if secret in stored + caplog.text]
