"""Giving roles to people and taking them away. What changes here holds from everybody's next request on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.compare import lacking
from sartor.platform.access.context import Context
from sartor.platform.access.directory import read_directory
from sartor.platform.access.people import Directory
from sartor.platform.access.roles import ADMINISTER, ADMINISTRATOR, Rights
from sartor.platform.access.stamp import raise_authz
from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.model import Model, Role
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.identity import sys_user_role
from sartor.platform.storage.tables import Tables
from sartor.platform.text import did_you_mean, listed, near
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


class Assignment:
    """Roles of people in one workspace."""

    def __init__(self, database: Database, tables: Tables) -> None:
        self.database = database
        self.tables = tables

    def assign(self, work: Work, context: Context, user: int, role: str) -> None:
        """Give a role; nothing happens where the person has it already.

        :raises Forbidden: for a right that the giver lacks. :raises NotFound: for an unknown person or role.
        """
        context.access.require_ability(ADMINISTER)
        self._require_known(role, context.model)
        require_own(context, [role])
        raise_authz(work)
        directory = self._require_person(work, user)
        if role in directory.people[user].roles:
            return
        work.connection.execute(sa.insert(sys_user_role).values(user_id=user, role=role))
        self.note(work, context, user, "assign", {"role": [None, role]})

    def revoke(self, work: Work, context: Context, user: int, role: str) -> None:
        """Take a role away; nothing happens where the person does not have it.

        :raises Invalid: when nobody would be left to administer.
        """
        context.access.require_ability(ADMINISTER)
        raise_authz(work)
        self._require_person(work, user)
        mine = (sys_user_role.c.user_id == user) & (sys_user_role.c.role == role)
        if work.connection.execute(sa.delete(sys_user_role).where(mine)).rowcount:
            if Rights(context.model, [role]).ability(ADMINISTER):
                require_an_administrator(work, self.tables, context.model)
            self.note(work, context, user, "revoke", {"role": [role, None]})

    def _require_person(self, work: Work, user: int) -> Directory:
        directory = read_directory(work.connection, self.tables)
        if user not in directory.people:
            raise NotFound(_("There is no such user."))
        return directory

    def _require_known(self, role: str, model: Model) -> None:
        known = (ADMINISTRATOR, *model.roles)
        if role not in known:
            hint = did_you_mean(near(role, known))
            raise NotFound(_("There is no role %(name)s.", name=role) + hint)

    def note(self, work: Work, context: Context, user: int, action: str, changes: Mapping[str, Any]) -> None:
        """Who gave what to whom belongs to the history of the person."""
        person = self.tables.of("user")
        row = {
            "id": self.database.new_id(),
            "entity": "user",
            "record": user,
            "at": work.now,
            "actor": context.actor.id,
            "action": action,
            "version": sa.select(person.c.version).where(person.c.id == user).scalar_subquery(),
            "changes": changes,
            "cause": {"reason": context.actor.reason} if context.actor.reason else None,
        }
        work.connection.execute(sa.insert(sys_history).values(row))


def people_changed(work: Work, tables: Tables, user: int | None = None) -> None:
    """To be called in every transaction that writes people or departments, after it did: scopes follow them.

    user: who was changed or deleted.
    :raises Invalid: when that was the last administrator.
    """
    raise_authz(work)
    if user is None:
        return
    held = sa.select(sys_user_role.c.role).where(sys_user_role.c.user_id == user)
    roles = list(work.connection.execute(held).scalars())
    if roles and Rights(tables.model, roles).ability(ADMINISTER):
        require_an_administrator(work, tables, tables.model)


def require_an_administrator(work: Work, tables: Tables, model: Model) -> None:
    """Judge the state after a change of roles, people or role definitions.

    :raises Invalid: when nobody who may act could administer any more.
    """
    if not administrators(read_directory(work.connection, tables), model):
        said = _("This is the last administrator; give the role to somebody else first.")
        raise Invalid(said, [Problem("", "last_administrator", said)])


def administrators(directory: Directory, model: Model) -> list[int]:
    """People who may act and may administer."""
    return [
        person.id
        for person in directory.people.values()
        if person.active and Rights(model, person.roles).ability(ADMINISTER)
    ]


def require_own(context: Context, roles: Iterable[str]) -> None:
    """:raises Forbidden: when these roles allow something that the actor may not do."""
    if more := lacking(context.access.rights, Rights(context.model, roles)):
        raise _forbidden(more)


def require_own_changes(context: Context, after: Model, moved: Collection[str] = ()) -> None:
    """Judge a change of role definitions, before it is published: nobody opens in a role what he lacks.

    moved: roles to which people of others come, as by a rename: these have it opened to them, whatever it said before.
    :raises Forbidden: naming what would be opened.
    """
    for name, role in after.roles.items():
        if (name in moved or _is_changed(context.model.roles.get(name), role)) and (
            more := lacking(context.access.rights, Rights(after, [name]))
        ):
            raise _forbidden(more)


def _is_changed(before: Role | None, after: Role) -> bool:
    return before is None or (before.abilities, before.includes, _told(before)) != (
        after.abilities, after.includes, _told(after)
    )  # fmt: skip


def _told(role: Role) -> list[tuple[Any, ...]]:
    """The grants as plain values, conditions by their text."""
    return sorted(
        (
            name,
            sorted(each.operations),
            each.scope,
            sorted(each.fields.items()),
            each.condition.text if each.condition else "",
            sorted(each.scopes.items()),
            each.discloses,
        )
        for name, each in role.grants.items()
    )


def _forbidden(more: list[str]) -> Forbidden:
    problems = [Problem("", "lacking", each) for each in more]
    said = _("Nobody can give a right that he lacks: %(what)s.", what=listed(more[:5]))
    return Forbidden(said, problems)
