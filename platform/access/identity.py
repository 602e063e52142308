"""Identity: proving to be somebody by mail address and password, and switching people off."""

from __future__ import annotations

import logging

import sqlalchemy as sa

from sartor.platform.access import one_time
from sartor.platform.access.assign import Assignment, require_an_administrator
from sartor.platform.access.attempts import Attempts, sign_in_buckets
from sartor.platform.access.context import Context
from sartor.platform.access.passwords import Hasher, require_good
from sartor.platform.access.people import Directory, Person
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.access.sessions import end_all
from sartor.platform.access.stamp import raise_authz
from sartor.platform.access.tokens import revoke_all
from sartor.platform.errors import Invalid, Problem, Unauthenticated
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.identity import sys_credential
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

log = logging.getLogger(__name__)


class Identity:
    """Passwords of one workspace. A password is hashed before the transaction that stores it, never inside."""

    def __init__(self, database: Database, hasher: Hasher | None = None, attempts: Attempts | None = None) -> None:
        self.database = database
        self.hasher = hasher or Hasher()
        self.attempts = attempts or Attempts(database)

    def sign_in(self, directory: Directory, email: str, password: str, address: str) -> Person:
        """The person behind a mail address and a password. An unknown address takes as long and hears the same.

        :raises Unauthenticated: for a wrong pair. :raises TooMany: after too many wrong ones.
        """
        buckets = sign_in_buckets(email, address)
        self.attempts.take(buckets)
        person = directory.by_email(email)
        stored = self._stored(person.id if person else 0)
        right = self.hasher.verify(stored, password)
        if person is None or stored is None or not right or not person.active:
            raise Unauthenticated(_("The mail address or the password is not right."))
        fresh = self.hasher.hash(password) if self.hasher.is_outdated(stored) else None
        self.database.run(lambda work: self._succeeded(work, person.id, fresh, email, address))
        return person

    def must_change(self, connection: sa.Connection, user: int) -> bool:
        """Whether somebody else chose the password, so that the person has to choose one first."""
        asked = sa.select(sys_credential.c.must_change).where(sys_credential.c.user_id == user)
        return bool(connection.execute(asked).scalar())

    def hash_good(self, password: str, person: Person) -> str:
        """The hash of a password that is good enough for a person.

        :raises Invalid: for one that is easily guessed.
        """
        require_good(password, person.name, person.email)
        return self.hasher.hash(password)

    def confirm(self, user: int, password: str, address: str) -> None:
        """Ask a person who is signed in for the password again.

        :raises Invalid: when it is wrong. :raises TooMany: after too many wrong ones.
        """
        self.attempts.take(sign_in_buckets(f"user {user}", address))
        if not self.hasher.verify(self._stored(user), password):
            said = _("This is not your present password.")
            raise Invalid(said, [Problem("current_password", "wrong", said)])

    def set_password(
        self, work: Work, user: int, password_hash: str, *, must_change: bool = False, but: str = ""
    ) -> None:
        """Store a password; every session of the person ends, perhaps but for the one with the key `but`.

        Links for a new password stop working. API tokens stay: they are keys of programs with ends of their own.
        """
        values = {"password_hash": password_hash, "must_change": must_change, "changed_at": work.now}
        _store(work, user, values)
        end_all(work, user, but=but)
        one_time.withdraw(work, one_time.RESET, user)
        one_time.withdraw(work, one_time.INVITE, user)
        log.info("password of user %s was set", user)

    def disable(self, work: Work, context: Context, user: int, assignment: Assignment) -> None:
        """Switch somebody off: sessions and tokens end, jobs that act as the person stop.

        :raises Invalid: for the last administrator.
        """
        context.access.require_ability(ADMINISTER)
        raise_authz(work)
        _store(work, user, {"disabled": True})
        require_an_administrator(work, assignment.tables, context.model)
        end_all(work, user)
        revoke_all(work, user)
        assignment.note(work, context, user, "disable", {})

    def enable(self, work: Work, context: Context, user: int, assignment: Assignment) -> None:
        """Let somebody sign in again, with the password of before."""
        context.access.require_ability(ADMINISTER)
        raise_authz(work)
        _store(work, user, {"disabled": False})
        assignment.note(work, context, user, "enable", {})

    def _stored(self, user: int) -> str | None:
        with self.database.read() as connection:
            asked = sa.select(sys_credential.c.password_hash).where(sys_credential.c.user_id == user)
            found: str | None = connection.execute(asked).scalar()
        return found

    def _succeeded(self, work: Work, user: int, fresh: str | None, email: str, address: str) -> None:
        self.attempts.forgive(work, sign_in_buckets(email, address)[:1])
        if fresh:
            _store(work, user, {"password_hash": fresh})


def _store(work: Work, user: int, values: dict[str, object]) -> None:
    """Change a credential, or make the one that there is not yet."""
    mine = sa.update(sys_credential).where(sys_credential.c.user_id == user).values(values)
    if not work.connection.execute(mine).rowcount:
        row = {"user_id": user, "disabled": False, "must_change": False, **values}
        work.connection.execute(sa.insert(sys_credential).values(row))
