"""Applications from spreadsheets that somebody began, and how far each came: whoever left finds the way back, and no
data is left out because its definitions were published elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Conflict, Invalid
from sartor.platform.packaging.sheets.filling import KIND
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.proposal import Proposal
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

CHOOSING, DRAFTED, PUBLISHED, FILLING = "choosing", "drafted", "published", "filling"
"""How far one is: its columns are looked through; its definitions are in a change set; they are published without the
data; the data is, or was, brought in."""
MOST = 10
FILLS = 1000


@dataclass(frozen=True, slots=True)
class Begun:
    """number: of the proposal as it was kept last; at: when. job: what brings its data in, the latest."""

    number: int
    proposal: Proposal
    at: datetime
    state: str
    job: Job | None


def begun(desk: Desk, published: Documents, drafted: Documents, most: int = MOST) -> Iterator[Begun]:
    """What somebody began, the newest first. drafted: the documents of the change set that is looked at."""
    found = desk.latest()[:most]
    jobs = _jobs(desk.workspace.database) if found else {}
    for file in found:
        try:
            proposal = Proposal.from_json(desk.files.content(file))
        except Invalid:  # of another version of the product
            continue
        job = jobs.get(proposal.brought)
        yield Begun(file.id, proposal, file.at, _state(proposal, job, published, drafted), job)


def begun_as(desk: Desk, number: int, published: Documents, drafted: Documents) -> Begun:
    """:raises NotFound: for another's, in the same words as for none."""
    proposal = desk.kept(number)
    job = _jobs(desk.workspace.database).get(proposal.brought)
    return Begun(number, proposal, desk.mine(number).at, _state(proposal, job, published, drafted), job)


def require_first(work: Work, number: int, proposal: Proposal) -> None:
    """The books of imports are numbered by one counter, so that of two who begin at once the later one sees the other.

    number: of the job that `work` has written down. :raises Conflict: where another one brings the same data in.
    """
    mine = rows.newest_in(work.connection, KIND, FILLS)
    if any(each.id != number and each.input.get("proposal") == proposal.brought for each in mine):
        raise Conflict(_("The data of %(name)s is being brought in already.", name=proposal.name))


def _jobs(database: Database) -> Mapping[str, Job]:
    """By what they bring in, the latest of each."""
    with database.read() as connection:
        found = rows.newest_in(connection, KIND, FILLS)
    return {str(each.input.get("proposal", "")): each for each in reversed(found)}


def _state(proposal: Proposal, job: Job | None, published: Documents, drafted: Documents) -> str:
    keys = {f"entity/{each.entity}" for each in proposal.taken}
    stands = bool(keys) and keys <= set(proposal.made)
    is_there = keys <= published.keys() or f"app/{proposal.name}" in published  # an entity may have another name by now
    if job and (not job.is_over or is_there):
        return FILLING
    if stands and keys <= published.keys():
        return PUBLISHED
    return DRAFTED if stands and keys <= drafted.keys() else CHOOSING
