"""Long work that pages begin and watch: collaborators of imports and exports, and whose jobs may be seen."""

from __future__ import annotations

from sartor.platform.access.roles import ADMINISTER
from sartor.platform.model.ids import decode_id
from sartor.platform.storage.jobs import Job
from sartor.runtime.gate import workspace
from sartor.runtime.handlers import jobs_of
from sartor.runtime.pages.desk import Desk
from sartor.runtime.transfers import Transfers


def transfers(desk: Desk) -> Transfers:
    return Transfers(workspace(), jobs_of(workspace()), desk.context)


def job_of(desk: Desk, key: str) -> Job:
    """A job of the reader's own; an administrator sees all.

    :raises NotFound: for another's, in the same words as for none.
    """
    owner = None if desk.access.ability(ADMINISTER) else desk.context.actor.id or 0
    return jobs_of(workspace()).get(decode_id(key), owner)
