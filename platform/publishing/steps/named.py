"""Steps for definitions that are no tables and are held by name: those with another name, and roles that come and go.

Stays tell the name of their pipeline, people that of their roles.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from sartor.platform.model import Role
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import PlanStep
from sartor.platform.publishing.retired.holding import PEOPLE, Coming, Leaving, former_role
from sartor.platform.publishing.values.rekey import Places, Rekey
from sartor.platform.publishing.values.rekey_places import stays_of
from sartor.platform.storage.system.identity import sys_user_role
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick


def named_steps(facing: Facing) -> Iterator[PlanStep]:
    """Roles that go, before others take their names; definitions with other names; roles that come."""
    yield from _left(facing)
    yield from _renamed(facing)
    yield from _come(facing)


def _renamed(facing: Facing) -> Iterator[PlanStep]:
    """References to them follow. For each kind one job for all of its names: they would run into each other."""
    others = {now: old for now, old in facing.lineage.others.items() if not _is_another(facing, now)}
    jobs = dict(_jobs(facing, others))
    for now, before in sorted(others.items()):
        kind, _slash, new = now.partition("/")
        text = _("Rename %(before)s to %(now)s; references follow", before=before.partition("/")[2], now=new)
        yield PlanStep("rename", now, text, dependents=facing.uses(before), job=jobs.pop(kind, None))


def _jobs(facing: Facing, others: dict[str, str]) -> Iterator[tuple[str, Rekey]]:
    for kind, place in (("pipeline", _stays(facing)), ("role", Places(sys_user_role, sys_user_role.c.role))):
        names = [(old, now) for now, old in others.items() if now.startswith(f"{kind}/")]
        keys = {old.partition("/")[2]: now.partition("/")[2] for old, now in names}
        if keys:
            yield kind, Rekey((place,), keys)


def _stays(facing: Facing) -> Places:
    """Those of stages that are in use; the others follow when they are back."""
    entities = facing.before.model.entities.values()
    stages = [(each, field) for each in entities for field in each.fields.values() if field.type.pipelines(field)]
    return Places(sys_stay, sys_stay.c.pipeline, (sa.or_(sa.false(), *(stays_of(*each) for each in stages)),))


# ---- roles


def _is_another(facing: Facing, key: str) -> bool:
    """Whether a definition is a role that comes back, not the one that its name is of now."""
    kind, _slash, name = key.partition("/")
    return kind == "role" and name in facing.roles_back


def _left(facing: Facing) -> Iterator[PlanStep]:
    roles = (name for name in facing.after.model.roles if name not in facing.roles_back)
    kept = {former_role(facing.lineage, name) for name in roles}
    for role in facing.before.model.roles.values():
        if role.name not in kept:
            people = _holders(facing, role.name)
            text = ngettext(
                "%(n)s person loses the role %(role)s; a rollback gives it back",
                "%(n)s people lose the role %(role)s; a rollback gives it back",
                people,
                role=_said(role),
            )
            text = text if people else _("Nobody has the role %(role)s, so nobody loses it", role=_said(role))
            yield PlanStep("leave_role", f"role/{role.name}", text, rows=people, job=Leaving(role.name))


def _come(facing: Facing) -> Iterator[PlanStep]:
    for role in facing.after.model.roles.values():
        before = facing.roles_back.get(role.name)
        if before is not None or former_role(facing.lineage, role.name) not in facing.before.model.roles:
            yield from _come_with(facing, role)


def _come_with(facing: Facing, role: Role) -> Iterator[PlanStep]:
    before, users = facing.roles_back.get(role.name), facing.after.tables.of("user")
    people = len(before.definition[PEOPLE]) if before else _holders(facing, role.name)
    text = (
        ngettext(
            "%(n)s person gets the role %(role)s back",
            "%(n)s people get the role %(role)s back",
            people,
            role=_said(role),
        )
        if before
        else ngettext(
            "%(n)s person had another role that was called %(role)s and does not get this one",
            "%(n)s people had another role that was called %(role)s and do not get this one",
            people,
            role=_said(role),
        )
    )
    if before is not None and not people:
        text = _("Nobody had the role %(role)s, so nobody gets it back", role=_said(role))
    if before is not None or people:
        kind = "restore_role" if before else "leave_role"
        yield PlanStep(kind, f"role/{role.name}", text, rows=people, job=Coming(role.name, before, users))


def _said(role: Role) -> str:
    return pick(role.label)


def _holders(facing: Facing, role: str) -> int:
    held = sa.select(sa.func.count()).select_from(sys_user_role).where(sys_user_role.c.role == role)
    return int(facing.connection.execute(held).scalar_one())
