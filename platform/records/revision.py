"""Writes hold the revision that they were planned under: a publish waits for them, and they notice one that came first.

A writer takes a lock on the table `sys_state` that any number of writers share, at no cost; a publish takes one that
none of them shares, and moves the revision before it lets go.
"""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.errors import Outdated, SartorError
from sartor.platform.model import Model
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Guard, Work

# It touches no row, and yet the database has the writer's lock on the table before it looks at anything.
TURN = Prepared(lambda _dialect: sa.delete(sys_state).where(sa.false()))
REVISION = Prepared(lambda _dialect: sa.select(sys_state.c.revision).where(sys_state.c.id == 1))
NUMBER = Prepared(lambda _dialect: sa.select(sys_state.c.stamp).where(sys_state.c.id == 1))


class StaleModel(Outdated):
    """A publish came between; the caller gets the new model and tries once more."""


def hold_revision(work: Work, model: Model) -> None:
    """Make sure that the model is the published one until the work is done.

    :raises StaleModel: when it is not any more; in a late work when that is told at its end.
    """
    work.guard(Guard(TURN, REVISION, model.revision, _stale))


def hold_context(work: Work, context: Context) -> None:
    """The same for a context; where it stands on a stamp that was only assumed, nobody's rights have moved either.

    :raises StaleModel: as `hold_revision`.
    """
    if context.assumes is None:
        hold_revision(work, context.model)
        return
    number, saw = context.assumes.number, context.assumes.saw
    work.guard(Guard(TURN, NUMBER, number, _stale))
    work.after_commit(lambda: saw(number) if work.was_judged else None)


def stale_since(database: Database, model: Model, error: Exception) -> StaleModel | None:
    """What looks like a broken statement outside a transaction may be a publish that came between."""
    if isinstance(error, SartorError):
        return None
    found = database.fetch(REVISION(database.dialect))
    return _stale() if found and found[0][0] != model.revision else None


def _stale() -> StaleModel:
    return StaleModel(_("The design was published anew in the meantime; try again."))
