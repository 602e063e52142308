"""What publishing a change set does besides, kept while it has to wait: for an approval, or for values of a big table.

Whoever publishes it in the end knows nothing of it: the records that come with it, and the design that it brings over.
"""

from __future__ import annotations

from dataclasses import dataclass

from sartor.platform.publishing.change_sets.edits import ChangeSet
from sartor.platform.storage import coming, notices
from sartor.platform.storage.coming import Coming
from sartor.platform.work import Work

PROMOTED = "promoted"
MOST = 200
"""Designs that were brought over, of which the revision is remembered."""


@dataclass(frozen=True, slots=True)
class Besides:
    """coming: records that are to be noted. promoted: digest of the design that it brings over; blank for none."""

    coming: tuple[Coming, ...] = ()
    promoted: str = ""


def keep(work: Work, edited: ChangeSet, besides: Besides) -> None:
    """Keep it for exactly these edits: with others it is something else that is published."""
    body = {
        "content": edited.content,
        "coming": [[each.what, each.blueprints] for each in besides.coming],
        "promoted": besides.promoted,
    }
    notices.write(work, _name(edited), body)


def carry_out(work: Work, edited: ChangeSet, revision: int) -> None:
    """Do what was kept for a change set that is being published, as this revision."""
    kept = notices.read(work.connection, _name(edited))
    if kept is None:
        return
    notices.forget(work, _name(edited))
    if kept["content"] == edited.content:
        for what, blueprints in kept["coming"]:
            coming.note(work, Coming(what, tuple((name, digest) for name, digest in blueprints)))
        if kept["promoted"]:
            note_promoted(work, kept["promoted"], revision)


def note_promoted(work: Work, digest: str, revision: int) -> None:
    """Which design came over with a revision."""
    before = [each for each in notices.read(work.connection, PROMOTED) or () if each["revision"] != revision]
    notices.write(work, PROMOTED, [*before, {"revision": revision, "digest": digest}][-MOST:])


def _name(edited: ChangeSet) -> str:
    return f"waiting:{edited.name}"
