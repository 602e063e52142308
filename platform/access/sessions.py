"""Sessions: who is signed in at which browser, kept on the server so that ending one ends it at once.

The cookie holds a random key and nothing else; the table holds its hash. One statement per request answers whether
the session still holds and whether rights or design have moved.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.keys import SELDOM, hashed, instant, new_key
from sartor.platform.access.stamp import COLUMNS, Stamp
from sartor.platform.storage.aside import PUBLISHING, aside
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.identity import sys_session
from sartor.platform.storage.system.state import sys_state
from sartor.platform.work import Work

HANDLE = 16
"""Characters of the hash that name a session to its owner: enough to choose one, useless to open it."""

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """longest: from sign-in to the end, whatever happens. idle: without a request."""

    longest: timedelta = timedelta(days=14)
    idle: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Session:
    """handle: its name in lists. csrf: what a form or script of this session sends with every change."""

    handle: str
    user: int
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at the database tells: where the workspace stands, and the session if it holds."""

    stamp: Stamp
    session: Session | None


class Sessions:
    """Sessions of one workspace."""

    def __init__(self, database: Database, limits: Limits | None = None) -> None:
        self.database = database
        self.limits = limits or Limits()
        self._find = _statement(database.dialect)
        self._publishing = aside(database, PUBLISHING)

    def start(self, work: Work, user: int, *, address: str = "", agent: str = "", instead_of: str = "") -> str:
        """Sign somebody in: a new key, never the one that the browser came with, whose session ends.

        Whoever calls this has proven that it is the person (`Identity.sign_in`).
        """
        key = new_key()
        self.end(work, instead_of)
        row = {
            "key_hash": hashed(key),
            "user_id": user,
            "csrf": secrets.token_urlsafe(24),
            "created_at": work.now,
            "seen_at": work.now,
            "expires_at": work.now + self.limits.longest,
            "address": address[:LONGEST_TEXT],
            "agent": agent[:LONGEST_TEXT],
        }
        work.connection.execute(sa.insert(sys_session).values(row))
        return key

    def find(self, key: str | None) -> Found:
        """The session behind a cookie, if it holds, and the stamp in any case.

        Whether its person may still act is for the directory to say (`Directory.actor`).
        """
        rows = self.database.fetch(self._find, {"key_hash": hashed(key or "")})
        if not rows:
            return Found(Stamp(0, 0, 0), None)
        session = _session(rows[0][len(COLUMNS) :])
        now = self.database.clock()
        if session is None or not self._holds(session, now):
            return Found(Stamp(*rows[0][: len(COLUMNS)]), None)
        if now - session.seen_at > SELDOM and self._publishing.hear() is None:  # then whoever writes has to wait
            self.database.run(lambda work: _seen(work, hashed(key or "")))
        return Found(Stamp(*rows[0][: len(COLUMNS)]), session)

    def _holds(self, session: Session, now: datetime) -> bool:
        return now < session.expires_at and now - session.seen_at < self.limits.idle

    def listed(self, connection: sa.Connection, user: int) -> list[Session]:
        """A person's sessions that hold, the latest used first."""
        mine = sa.select(sys_session).where(sys_session.c.user_id == user).order_by(sys_session.c.seen_at.desc())
        now = self.database.clock()
        found = [
            Session(
                row.key_hash[:HANDLE], row.user_id, "", row.created_at, row.seen_at, row.expires_at,
                row.address or "", row.agent or "",
            )
            for row in connection.execute(mine)
        ]  # fmt: skip
        return [each for each in found if self._holds(each, now)]

    def end(self, work: Work, key: str) -> None:
        """Sign out."""
        work.connection.execute(sa.delete(sys_session).where(sys_session.c.key_hash == hashed(key)))

    def end_one(self, work: Work, user: int, handle: str) -> bool:
        """End one of a person's sessions by its name; False where there is none of that name."""
        mine = (sys_session.c.user_id == user) & (sa.func.substr(sys_session.c.key_hash, 1, HANDLE) == handle)
        return bool(work.connection.execute(sa.delete(sys_session).where(mine)).rowcount)

    def purge(self, work: Work) -> int:
        """Remove what no longer holds; how many there were."""
        over = (sys_session.c.expires_at <= work.now) | (sys_session.c.seen_at <= work.now - self.limits.idle)
        return int(work.connection.execute(sa.delete(sys_session).where(over)).rowcount)


def end_all(work: Work, user: int, *, but: str = "") -> None:
    """End every session of a person, perhaps but for the one with this key."""
    mine = (sys_session.c.user_id == user) & (sys_session.c.key_hash != hashed(but))
    work.connection.execute(sa.delete(sys_session).where(mine))


def _seen(work: Work, key_hash: str) -> None:
    work.connection.execute(sa.update(sys_session).where(sys_session.c.key_hash == key_hash).values(seen_at=work.now))


def _statement(dialect: str) -> Statement:
    """The stamp, and the session beside it where there is one."""
    parts = [sys_session.c[name] for name in ("key_hash", "user_id", "csrf", "created_at", "seen_at", "expires_at")]
    here = sys_session.c.key_hash == sa.bindparam("key_hash", type_=sa.Text())
    query = sa.select(*COLUMNS, *parts).select_from(sys_state.outerjoin(sys_session, here)).where(sys_state.c.id == 1)
    return Statement.compile(query, dialect)


def _session(row: tuple[Any, ...]) -> Session | None:
    key_hash, user, csrf, created_at, seen_at, expires_at = row
    if key_hash is None:
        return None
    return Session(key_hash[:HANDLE], user, csrf, instant(created_at), instant(seen_at), instant(expires_at))
