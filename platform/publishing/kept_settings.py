"""Small values that a workspace keeps by name: what an administrator set for everybody, and what was measured."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.state import sys_setting
from sartor.platform.work import Work

APPROVAL = "approval"
"""Whether nothing is published that a second person has not approved."""


def kept(connection: sa.Connection, name: str, default: Any = None) -> Any:
    found = connection.execute(sa.select(sys_setting.c.value).where(sys_setting.c.name == name)).one_or_none()
    return default if found is None else found[0]


def keep(work: Work, name: str, value: Any, by: int | None = None) -> None:
    """Put a value in the place of the one before."""
    work.connection.execute(sa.delete(sys_setting).where(sys_setting.c.name == name))
    row = {"name": name, "value": value, "by": by, "at": work.now}
    work.connection.execute(sa.insert(sys_setting).values(row))


def set_for_all(work: Work, number: int, name: str, value: Any, by: int | None) -> None:
    """Keep a value that somebody chose for everybody; who did, and what it was before, stays in the history."""
    before = kept(work.connection, name)
    keep(work, name, value, by)
    entry = {
        "id": number, "entity": "", "record": 0, "version": 0, "at": work.now,
        "actor": by, "action": "setting", "changes": {name: [before, value]},
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_history), entry)
