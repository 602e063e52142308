"""Writes hold the revision that they were planned under: a publish waits for them, and they notice an earlier one."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.errors import Outdated
from sartor.platform.model import Model
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

HELD = Prepared(lambda: sa.select(sys_state.c.revision).where(sys_state.c.id == 1).with_for_update(read=True))


class StaleModel(Outdated):
    """A publish came between; the caller gets the new model and tries once more."""


def hold_revision(work: Work, model: Model) -> None:
    """Take a shared lock on the revision and compare it.

    :raises StaleModel: when the model is not the published one any more.
    """
    found = work.fetch(HELD(work.connection.dialect.name))
    if found and found[0][0] != model.revision:
        raise StaleModel(_("The design was published anew in the meantime; try again."))
