"""Who has a role that goes, and gets it back with a rollback. Nobody has a role because an earlier one was called so.

People hold roles by name. When a role is taken out, the names of those who had it are put aside with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents
from sartor.platform.publishing.names.lineage import Lineage, lineage_since
from sartor.platform.publishing.retired.leftovers import ROLE, Retired, forget_roles, roles
from sartor.platform.publishing.store import DocumentStore
from sartor.platform.storage.system.identity import sys_user_role
from sartor.platform.work import Work

PEOPLE = "people"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Leaving:
    """Those who have a role have it no more; it is noted who they were."""

    role: str

    def run(self, work: Work) -> tuple[Retired, ...]:
        mine = sys_user_role.c.role == self.role
        held = sa.select(sys_user_role.c.user_id).where(mine).order_by(sys_user_role.c.user_id)
        people = list(work.connection.execute(held).scalars())
        work.connection.execute(sa.delete(sys_user_role).where(mine))
        return (Retired(self.role, None, sys_user_role.name, None, ROLE, {PEOPLE: people}),)


@dataclass(frozen=True, slots=True)
class Coming:
    """A role that is new, or there again. before: as it went, where that is this one; users: the table of people."""

    role: str
    before: Retired | None
    users: sa.Table

    def run(self, work: Work) -> tuple[Retired, ...]:
        """Whoever is still there gets it back, and nobody else has it."""
        work.connection.execute(sa.delete(sys_user_role).where(sys_user_role.c.role == self.role))
        if self.before is not None:
            people = self.before.definition[PEOPLE]
            for start in range(0, len(people), AT_ONCE):
                there = sa.select(self.users.c.id, sa.literal(self.role))
                some = there.where(self.users.c.id.in_(people[start : start + AT_ONCE]))
                work.connection.execute(sa.insert(sys_user_role).from_select(["user_id", "role"], some))
            forget_roles(work, self.before)
        return ()


def roles_back(
    connection: sa.Connection, store: DocumentStore, documents: Documents, revision: int
) -> Mapping[str, Retired]:
    """The roles of an earlier revision that were taken out after it, each as it went first."""
    found: dict[str, Retired] = {}
    for row in roles(connection, since=revision):
        since = lineage_since(documents, store.documents(connection, row.revision - 1), rollback=True)
        names = (key.partition("/")[2] for key in documents if key.startswith("role/"))
        name = next((each for each in names if former_role(since, each) == row.entity), None)
        if name is not None:
            found.setdefault(name, row)
    return found


def former_role(pairs: Lineage, name: str) -> str:
    """What a role was called, if it was there; nothing where the name was another one's."""
    key = f"role/{name}"
    if key not in pairs.others and key in pairs.others.values():
        return ""
    return pairs.others.get(key, key).partition("/")[2]


__all__ = ["Coming", "Leaving", "former_role", "roles_back"]
