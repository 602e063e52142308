"""One-time links: the first set-up, an invitation, a new password. Each opens one thing once, for a short time."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from sartor.platform.access.keys import hashed, new_key
from sartor.platform.errors import Problem, SpentLink
from sartor.platform.storage.system.identity import sys_setup_token
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

SETUP, INVITE, RESET = "setup", "invite", "reset"
LIFETIMES = {SETUP: timedelta(days=7), INVITE: timedelta(days=7), RESET: timedelta(minutes=30)}


def issue(work: Work, purpose: str, user: int | None = None) -> str:
    """A new key for one of `LIFETIMES`. Older ones for the same purpose and person stop working, but those of the
    set-up: whoever starts the workspace meanwhile leaves alone the link that somebody is about to open."""
    key = new_key()
    if purpose != SETUP:
        withdraw(work, purpose, user)
    row = {
        "key_hash": hashed(key),
        "purpose": purpose,
        "user_id": user,
        "created_at": work.now,
        "expires_at": work.now + LIFETIMES[purpose],
    }
    work.connection.execute(sa.insert(sys_setup_token).values(row))
    return key


def use(work: Work, purpose: str, key: str) -> int | None:
    """Spend a key: the person that it is for, None for the set-up. Two who come at once cannot both succeed, nor with
    two keys of the set-up, which are all spent with one of them.

    :raises SpentLink: in the same words whether it is unknown, spent, ended, or for something else.
    """
    mine = (sys_setup_token.c.key_hash == hashed(key)) & _open(purpose, work.now)
    if not work.connection.execute(sa.update(sys_setup_token).where(mine).values(used_at=work.now)).rowcount:
        raise worthless(purpose)
    if purpose == SETUP:
        work.connection.execute(sa.update(sys_setup_token).where(_open(purpose, work.now)).values(used_at=work.now))
    spent = sa.select(sys_setup_token.c.user_id).where(sys_setup_token.c.key_hash == hashed(key))
    user: int | None = work.connection.execute(spent).scalar()
    return user


def holds(connection: sa.Connection, purpose: str, key: str, now: object) -> bool:
    """Whether a key would be accepted."""
    mine = (sys_setup_token.c.key_hash == hashed(key)) & _open(purpose, now)
    return connection.execute(sa.select(sys_setup_token.c.purpose).where(mine)).first() is not None


def holder(connection: sa.Connection, purpose: str, key: str, now: object) -> int | None:
    """Whom a key is for, without spending it.

    :raises SpentLink: in the same words as `use`.
    """
    mine = (sys_setup_token.c.key_hash == hashed(key)) & _open(purpose, now)
    found = connection.execute(sa.select(sys_setup_token.c.user_id).where(mine)).first()
    if found is None:
        raise worthless(purpose)
    user: int | None = found[0]
    return user


def is_open(connection: sa.Connection, purpose: str, now: object) -> bool:
    """Whether any key for a purpose is out: once the set-up is done, its page is gone."""
    return connection.execute(sa.select(sys_setup_token.c.purpose).where(_open(purpose, now))).first() is not None


def withdraw(work: Work, purpose: str, user: int | None = None) -> None:
    """Make keys that are out worthless."""
    theirs = sys_setup_token.c.user_id.is_(None) if user is None else sys_setup_token.c.user_id == user
    work.connection.execute(sa.delete(sys_setup_token).where(sys_setup_token.c.purpose == purpose, theirs))


def _open(purpose: str, now: object) -> sa.ColumnElement[bool]:
    return sa.and_(
        sys_setup_token.c.purpose == purpose,
        sys_setup_token.c.used_at.is_(None),
        sys_setup_token.c.expires_at > now,
    )


def worthless(purpose: str) -> SpentLink:
    """What is said of a key that opens nothing, and where to go. It does not tell whether the key was ever given."""
    said = _("It has been used, its time is over, or a newer one has taken its place.")
    return SpentLink(said, [Problem("", "link", text) for text in _ways_on(purpose)])


def _ways_on(purpose: str) -> tuple[str, str]:
    if purpose == SETUP:
        return (
            _("Is this workspace set up already? Then sign in."),
            _("Can nobody sign in yet? Whoever runs it gets a new link from the command: sartor init"),
        )
    return (
        _("Have you chosen a password already? Then sign in with it."),
        _("If not, ask whoever gave you the link for a new one."),
    )
