"""The records of a blueprint that is being installed: noted with its definitions, made after them, whole and once.

Whoever is refused is told so and the note goes; a process that is killed leaves it, and the next start makes them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

import marshmallow as ma

from sartor.platform.errors import Conflict, Invalid, SartorError
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.records.newcomers import Newcomers, newcomers_of
from sartor.platform.packaging.records.upgrade import RecordUpgrade
from sartor.platform.packaging.samples.completing import Completing
from sartor.platform.packaging.samples.files import RECORDS
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.publishing.applying import Publication
from sartor.platform.storage import coming
from sartor.platform.storage.coming import Coming
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

Say = Callable[[str], None]
log = logging.getLogger(__name__)


class TakenAlready(Conflict):
    """Another process makes these records."""


def awaited(blueprints: Iterable[Blueprint], what: str) -> list[Coming]:
    """What is to come with these blueprints: reference records, or samples.

    A version without reference records comes, too: those of the former one may have to be taken out.
    """
    having = tuple((each.name, each.digest) for each in blueprints if what == RECORDS or each.table(what))
    return [Coming(what, having)] if having else []


def announcing(publication: Publication, these: Iterable[Coming]) -> Publication:
    """The same publication, which notes what is to come in its transaction."""
    noted = tuple(these)

    def also(work: Work) -> None:
        publication.also(work)
        for each in noted:
            coming.note(work, each)

    return replace(publication, also=also) if noted else publication


def bring(workspace: Workspace, this: Coming, strangers: set[str] | None = None) -> int:
    """Make the records that were noted; how many: none where another process does it. strangers: see `load`.

    :raises Invalid: naming file and row of what is refused; nothing is kept then, not even the note.
    """
    shelf = Shelf(workspace.database, workspace.store)
    kept = [shelf.find(*each) for each in this.blueprints if _is_published(workspace, *each)]
    found = [each for each in kept if each is not None]
    try:
        return load(workspace, found, this.what, also=lambda work: _take(work, this), strangers=strangers)
    except TakenAlready:
        return 0
    except Exception:
        forget(workspace, [this])
        raise


def forget(workspace: Workspace, these: Iterable[Coming]) -> None:
    """Take the notes: these records do not come."""

    def write(work: Work) -> None:
        for each in these:
            coming.take(work, each)

    workspace.database.run(write)


def _is_published(workspace: Workspace, name: str, digest: str) -> bool:
    """Whether this very version is there: a design that was brought over may have left another one in its place."""
    there = workspace.serving().design.documents.get(f"blueprint/{name}")
    return there is not None and there.get("shipped", digest) == digest


def load(
    workspace: Workspace,
    blueprints: list[Blueprint],
    what: str,
    also: Callable[[Work], None] = lambda work: None,
    strangers: set[str] | None = None,
    by: int | None = None,
) -> int:
    """Make what has not come of the records of blueprints, bring reference records that have to their version, and
    complete samples for which a lower level had no room.

    How many were made or changed. strangers: gets the mail addresses that nobody has here. by: who brings them; else
    whoever brought the blueprint.

    :raises Invalid: for what cannot be read, too; nothing is kept then.
    """
    known = newcomers_of(workspace.database, blueprints[-1].name) if blueprints else Newcomers()
    if strangers is not None:
        known.strangers = strangers
    if by is not None:
        known.by = by
    loader, changed = SampleLoader(workspace, newcomers=known), 0
    merging: list[RecordUpgrade | Completing] = []

    def then(work: Work) -> None:
        nonlocal changed
        changed = sum(each.carry_out(work, loader) for each in merging)

    try:
        if what == RECORDS:
            merging += [RecordUpgrade(workspace, each) for each in blueprints]
        else:
            merging.append(Completing(workspace, blueprints))
        return loader.load(blueprints, what, also=also, then=then) + changed
    except (ValueError, KeyError, ma.ValidationError) as error:
        raise Invalid(f"{', '.join(each.name for each in blueprints)}: {error}") from error


def _take(work: Work, this: Coming) -> None:
    if not coming.take(work, this):
        raise TakenAlready(_("Another process is making this workspace."))


def finish(workspace: Workspace, say: Say) -> None:
    """Make what killed processes have left. What is refused is said, and does not come: the workspace has to start."""
    for each in coming.read(workspace.database):
        names = ", ".join(name for name, _digest in each.blueprints)
        say(f"Writing the records of {names}")
        try:
            bring(workspace, each)
        except SartorError as error:
            say(f"The records of {names} did not come: {error.message}")
        except Exception:
            log.exception("the records of %s did not come", names)
            say(f"The records of {names} did not come: something went wrong inside; it was noted.")
