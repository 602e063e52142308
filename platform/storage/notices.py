"""What a workspace notes for itself beside its records, as JSON under a name: decisions about upgrades, for example."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa

from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.state import sys_notice
from sartor.platform.work import Work


def read(connection: sa.Connection, name: str) -> Any:
    """What was noted; None for a name that nothing was noted under."""
    body = connection.execute(sa.select(sys_notice.c.body).where(sys_notice.c.name == name)).scalar()
    return None if body is None else orjson.loads(body)


def write(work: Work, name: str, body: Any) -> None:
    """Note something in the place of what was noted before."""
    forget(work, name)
    row = {"name": name, "at": work.now, "body": json_text(body)}
    work.connection.execute(sa.insert(sys_notice).values(row))


def forget(work: Work, name: str) -> None:
    work.connection.execute(sa.delete(sys_notice).where(sys_notice.c.name == name))
