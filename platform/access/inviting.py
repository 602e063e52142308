"""Invitations: a link with which a person chooses a password, once, within a week; older ones stop working."""

from __future__ import annotations

from sartor.platform.access import one_time
from sartor.platform.access.assign import require_own
from sartor.platform.access.context import Context
from sartor.platform.access.identity import Identity
from sartor.platform.access.people import Directory, Person
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.errors import NotFound
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


def invite(work: Work, context: Context, person: int) -> str:
    """The key of a link for somebody; a person who was made in this very transaction has no roles but those that the
    inviter has just given.

    :raises Forbidden: for somebody who may do more than oneself: whoever has the link becomes that person.
    """
    context.access.require_ability(ADMINISTER)
    known = context.directory.people.get(person)
    require_own(context, known.roles if known else ())
    return one_time.issue(work, one_time.INVITE, person)


def invited(database: Database, directory: Directory, key: str) -> Person:
    """Whom a key is for, without spending it.

    :raises NotFound: in the same words whether it is unknown, spent, ended, or for something else.
    """
    with database.read() as connection:
        number = one_time.holder(connection, one_time.INVITE, key, database.clock())
    found = directory.people.get(number or 0)
    if found is None:
        raise NotFound(_("There is no such user."))
    return found


def accept(database: Database, identity: Identity, person: Person, key: str, password: str) -> None:
    """Set the password and spend the key, both or neither.

    :raises Invalid: for a password that is no good; the key stays good then. :raises NotFound: for a spent key.
    """
    hashed = identity.hash_good(password, person)

    def job(work: Work) -> None:
        one_time.use(work, one_time.INVITE, key)
        identity.set_password(work, person.id, hashed)

    database.run(job)
