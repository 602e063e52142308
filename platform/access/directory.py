"""Reading the directory: people, departments, roles and who is switched off, kept until somebody's rights move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.people import Directory, Person, Unit
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.identity import sys_credential, sys_user_role
from sartor.platform.storage.system.state import sys_state
from sartor.platform.storage.tables import Tables


class Directories:
    """The directory of one workspace in this process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._known: Directory | None = None
        self._lock = Lock()

    def current(self, authz: int, tables: Tables) -> Directory:
        """The directory as of `authz` or later: from memory, unless rights have moved since it was read."""
        known = self._known
        if known is None or known.authz < authz:
            with self._lock:
                known = self._known
                if known is None or known.authz < authz:
                    known = self._known = self.read(tables)
        return known

    def read(self, tables: Tables) -> Directory:
        """The directory as it is now."""
        with self.database.read() as connection:
            return read_directory(connection, tables)


def read_directory(connection: sa.Connection, tables: Tables) -> Directory:
    """authz is read first: what follows can only be newer than it says, so nothing stale is ever kept."""
    authz = connection.execute(sa.select(sys_state.c.authz)).scalar() or 0
    roles: dict[int, list[str]] = defaultdict(list)
    for user, role in connection.execute(sa.select(sys_user_role.c.user_id, sys_user_role.c.role)):
        roles[user].append(role)
    people = [_person(row._mapping, roles) for row in connection.execute(_people(tables))]
    return Directory(people, [Unit(*row) for row in connection.execute(_departments(tables))], authz)


def _people(tables: Tables) -> sa.Select[Any]:
    fields = tables.model.entity("user").fields
    table = tables.of("user")
    wanted = [tables.column(fields[name]).label(name) for name in ("name", "email", "department", "manager", "active")]
    off = sa.func.coalesce(sys_credential.c.disabled, sa.false())
    return sa.select(table.c.id, table.c.deleted_at, off.label("off"), *wanted).select_from(
        table.outerjoin(sys_credential, sys_credential.c.user_id == table.c.id)
    )


def _departments(tables: Tables) -> sa.Select[Any]:
    fields = tables.model.entity("department").fields
    name = sa.func.coalesce(tables.column(fields["name"]), "")
    return sa.select(tables.of("department").c.id, name, tables.column(fields["parent"]))


def _person(row: Mapping[Any, Any], roles: Mapping[int, list[str]]) -> Person:
    """Somebody whose `active` was never said is taken to be employed."""
    return Person(
        id=row["id"],
        name=row["name"] or "",
        email=row["email"] or "",
        department=row["department"],
        manager=row["manager"],
        active=row["active"] is not False and row["deleted_at"] is None and not row["off"],
        roles=tuple(roles.get(row["id"], ())),
    )
