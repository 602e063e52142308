"""API tokens: keys for programs. A token acts as its person, with the roles that the person has at that moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.keys import SELDOM, hashed, instant, new_key
from sartor.platform.access.stamp import COLUMNS, Stamp, raise_stamp
from sartor.platform.errors import Invalid, NotFound, Problem
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.identity import sys_token
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

PREFIX = "sartor_"
LONGEST_NAME = 80
REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """read_only: it may change nothing, whatever its person may."""

    id: int
    user: int
    name: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    read_only: bool


@dataclass(frozen=True, slots=True)
class FoundToken:
    """What one look at the database tells: where the workspace stands, and the token if it holds."""

    stamp: Stamp
    token: Token | None


class Tokens:
    """API tokens of one workspace."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._find = _statement(database.dialect)
        self._found: dict[str, FoundToken] = {}

    def create(
        self, work: Work, user: int, name: str, *, expires_at: datetime | None = None, read_only: bool = False
    ) -> tuple[int, str]:
        """Make a token for a person; its id, and the key, which is never shown again.

        :raises Invalid: for a name that says nothing or an end that is past.
        """
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise _invalid("name", _("A token has a name of up to %(n)s characters that says what it is for.",
                                     n=LONGEST_NAME))  # fmt: skip
        if expires_at is not None and expires_at <= work.now:
            raise _invalid("expires_at", _("The token would have ended already; choose a later time."))
        key, number = new_key(PREFIX), self.database.new_id()
        row = {
            "id": number,
            "key_hash": hashed(key),
            "user_id": user,
            "name": name,
            "created_at": work.now,
            "expires_at": expires_at,
            "read_only": read_only,
        }
        work.connection.execute(sa.insert(sys_token).values(row))
        return number, key

    def find(self, key: str) -> FoundToken:
        """The token behind a key, if it holds, and the stamp in any case."""
        rows = self.database.fetch(self._find, {"key_hash": hashed(key)})
        if not rows:
            return FoundToken(Stamp(0, 0, 0), None)
        token = _token(rows[0][len(COLUMNS) :])
        now = self.database.clock()
        if token is not None and token.expires_at is not None and token.expires_at <= now:
            token = None
        if token is not None and (token.last_used_at is None or now - token.last_used_at > SELDOM):
            used = token.id
            self.database.run(lambda work: _used(work, used))
            token = replace(token, last_used_at=now)
        found = FoundToken(Stamp(*rows[0][: len(COLUMNS)]), token)
        self._remember(hashed(key), found)
        return found

    def remembered(self, key: str) -> FoundToken | None:
        """What the last look told of a key that held. It still does if the number of the stamp has not moved."""
        found = self._found.get(hashed(key))
        if found is None or found.token is None or found.token.last_used_at is None:
            return None
        now, token = self.database.clock(), found.token
        has_ended = token.expires_at is not None and token.expires_at <= now
        return None if has_ended or now - found.token.last_used_at > SELDOM else found

    def _remember(self, key_hash: str, found: FoundToken) -> None:
        """Only keys that hold, and not more than a process should."""
        if found.token is None:
            self._found.pop(key_hash, None)
            return
        if len(self._found) >= REMEMBERED:
            self._found = {}
        self._found[key_hash] = found

    def listed(self, connection: sa.Connection, user: int) -> list[Token]:
        """A person's tokens, the newest first; ended ones too, so that one sees why a program stopped."""
        mine = sa.select(*_columns()).where(sys_token.c.user_id == user).order_by(sys_token.c.id.desc())
        return [Token(*row) for row in connection.execute(mine)]

    def revoke(self, work: Work, user: int, token: int) -> None:
        """End a token of a person, from its next request on.

        :raises NotFound: when the person has no such token.
        """
        mine = (sys_token.c.id == token) & (sys_token.c.user_id == user)
        if not work.connection.execute(sa.delete(sys_token).where(mine)).rowcount:
            raise NotFound(_("There is no such token."))
        raise_stamp(work)


def revoke_all(work: Work, user: int) -> None:
    """End every token of a person."""
    work.connection.execute(sa.delete(sys_token).where(sys_token.c.user_id == user))
    raise_stamp(work)


def _used(work: Work, token: int) -> None:
    work.connection.execute(sa.update(sys_token).where(sys_token.c.id == token).values(last_used_at=work.now))


def _columns() -> list[sa.Column[Any]]:
    names = ("id", "user_id", "name", "created_at", "expires_at", "last_used_at", "read_only")
    return [sys_token.c[name] for name in names]


def _statement(dialect: str) -> Statement:
    """The stamp, and the token beside it where there is one."""
    here = sys_token.c.key_hash == sa.bindparam("key_hash", type_=sa.Text())
    query = sa.select(*COLUMNS, *_columns()).select_from(sys_state.outerjoin(sys_token, here))
    return Statement.compile(query.where(sys_state.c.id == 1), dialect)


def _token(row: tuple[Any, ...]) -> Token | None:
    number, user, name, created_at, expires_at, last_used_at, read_only = row
    if number is None:
        return None
    ends, used = (instant(each) if each else None for each in (expires_at, last_used_at))
    return Token(number, user, name, instant(created_at), ends, used, bool(read_only))


def _invalid(field: str, said: str) -> Invalid:
    return Invalid(said, [Problem(field, "invalid", said)])
