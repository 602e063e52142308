"""Records that installed blueprints still have to get, noted in the transaction that installs them.

The note goes in the transaction that makes the records. A process that dies in between leaves it to the next start.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.state import sys_notice
from sartor.platform.work import Work

LIKE = sys_notice.c.name.startswith("coming:", autoescape=True)


@dataclass(frozen=True, slots=True)
class Coming:
    """what: `records` or `samples`, of these blueprints together: name and digest of each, as it came."""

    what: str
    blueprints: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"coming:{self.what}:{self.blueprints[-1][0]}"


def read(database: Database) -> list[Coming]:
    """Everything that was left; reference records first."""
    chosen = sa.select(sys_notice.c.name, sys_notice.c.body).where(LIKE).order_by(sys_notice.c.name)
    with database.read() as connection:
        found = connection.execute(chosen).all()
    return [Coming(name.split(":")[1], tuple(tuple(each) for each in orjson.loads(body))) for name, body in found]


def is_awaited(connection: sa.Connection) -> bool:
    """Whether anything was left."""
    return connection.execute(sa.select(sys_notice.c.name).where(LIKE).limit(1)).first() is not None


def note(work: Work, coming: Coming) -> None:
    """Remember what is to come, in the place of what an earlier try has left of it."""
    take(work, coming)
    row = {"name": coming.name, "at": work.now, "body": json_text(coming.blueprints)}
    work.connection.execute(sa.insert(sys_notice).values(row))


def take(work: Work, coming: Coming) -> bool:
    """Whether it is this transaction that makes it: nobody else has taken it, nor can until this one has ended."""
    return work.connection.execute(sa.delete(sys_notice).where(sys_notice.c.name == coming.name)).rowcount == 1
