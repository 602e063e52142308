"""What a new workspace still has to get, noted in its own database: a start that was killed goes on at the next one.

The note is made with the first revision, moves on in the transaction that installs and goes in the one that
brings the last of it. So nothing is installed twice, and nothing that somebody has taken out since comes back.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import orjson
import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.storage.coming import is_awaited
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.state import sys_notice, sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

NAME = "unfinished"
MINE = sys_notice.c.name == NAME


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is still to come. blueprints: by name or folder, in order. installed: only their samples are missing."""

    blueprints: tuple[str, ...] = ()
    samples: bool = False
    installed: bool = False


NOTHING = Unfinished()


def read(database: Database) -> Unfinished:
    """What is still to come."""
    with database.read() as connection:
        body = connection.execute(sa.select(sys_notice.c.body).where(MINE)).scalar()
    if body is None:
        return NOTHING
    told = orjson.loads(body)
    return Unfinished(tuple(told["blueprints"]), told["samples"], told["installed"])


def is_founded(database: Database) -> bool:
    """Whether a workspace has everything that it was to get, to begin with or since. The system tables have to be
    there."""
    with database.read() as connection:
        revision = connection.execute(sa.select(sys_state.c.revision)).scalar()
        awaited = is_awaited(connection)
    return bool(revision) and not awaited and read(database) == NOTHING


def note(work: Work, wanted: Unfinished) -> None:
    """Remember what a workspace is to get, if that is anything."""
    if wanted != NOTHING:
        row = {"name": NAME, "at": work.now, "body": json_text(asdict(wanted))}
        work.connection.execute(sa.insert(sys_notice).values(row))


def move_on(work: Work, before: Unfinished, after: Unfinished = NOTHING) -> None:
    """Put another note in the place of one, or none.

    :raises Conflict: when the note is another one by now, because somebody else goes on with the same workspace.
    """
    same = sa.and_(MINE, sys_notice.c.body == json_text(asdict(before)))
    if work.connection.execute(sa.delete(sys_notice).where(same)).rowcount != 1:
        raise Conflict(_("Another process is making this workspace."))
    note(work, after)
