"""What a workspace notes for itself beside its records, as JSON under a name: decisions about upgrades, for example."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa

from sartor.platform.storage.inserting import inserting
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.state import sys_notice
from sartor.platform.work import Work


def read(connection: sa.Connection, name: str) -> Any:
    """What was noted; None for a name that nothing was noted under."""
    body = connection.execute(sa.select(sys_notice.c.body).where(sys_notice.c.name == name)).scalar()
    return None if body is None else orjson.loads(body)


def held(work: Work, name: str) -> Any:
    """The same, to be written anew: whoever else would do that waits until this is done."""
    begun = inserting(work.connection, sys_notice).values(name=name, at=work.now)
    work.connection.execute(begun.on_conflict_do_nothing())
    body = work.connection.execute(
        sa.select(sys_notice.c.body).where(sys_notice.c.name == name).with_for_update()
    ).scalar_one()
    return None if body is None else orjson.loads(body)


def write(work: Work, name: str, body: Any) -> None:
    """Note something in the place of what was noted before."""
    said = {"at": work.now, "body": json_text(body)}
    made = inserting(work.connection, sys_notice).values(name=name, **said)
    work.connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=said))


def forget(work: Work, name: str) -> None:
    work.connection.execute(sa.delete(sys_notice).where(sys_notice.c.name == name))
