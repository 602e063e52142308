"""What was published last, as lines of a page: number, note, who and when."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.people import face_of, moment_of
from sartor.builder.review.own_notes import said_note
from sartor.platform.publishing.store import Revision
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.pages.parts import Action, Face


@dataclass(frozen=True, slots=True)
class Row:
    """One revision. current: the one in use; before: the one that is compared with first."""

    number: int
    note: str
    by: Face
    when: str
    steps: str
    url: str
    current: bool
    back: Action | None


def latest(here: Bench, most: int) -> tuple[Row, ...]:
    """The newest first."""
    return tuple(_row(here, each) for each in here.workspace.publisher.revisions(most))


def roll_back(number: int) -> Action:
    return Action(text=_("Roll back"), url=url_for("builder.rollback", number=number), icon="arrow-back-up")


def _row(here: Bench, each: Revision) -> Row:
    count = len(each.summary or ())
    return Row(
        number=each.number,
        note=said_note(here, each.note) or _("no note"),
        by=face_of(here, each.by),
        when=moment_of(here, each.at),
        steps=ngettext("%(n)s step", "%(n)s steps", count),
        url=url_for("builder.revision", number=each.number),
        current=each.number == here.revision,
        back=roll_back(each.number) if each.number != here.revision else None,
    )
