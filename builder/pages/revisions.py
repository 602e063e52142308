"""What was published: the list, one revision with what it did, and the difference of any two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from flask import Response, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import calling
from sartor.builder.lists.paging import Pages, part_of
from sartor.builder.palettes.record_lists import lists_of, view_of
from sartor.builder.people import face_of, moment_of
from sartor.builder.rendering import html
from sartor.builder.review.finished import OF_SET
from sartor.builder.review.latest import Row, latest, roll_back
from sartor.builder.review.left_alone import Left, adopting, left_of
from sartor.builder.review.own_notes import said_note
from sartor.builder.review.talk import Said, said_by
from sartor.builder.review.telling import Group, groups
from sartor.builder.routes import route
from sartor.platform.errors import NotFound
from sartor.platform.publishing.change_sets.remarks import Remarks
from sartor.platform.publishing.names.lineage import lineage_since
from sartor.platform.publishing.store import LARGEST, Revision
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.format import number as digits
from sartor.platform.ui.pages.parts import Action, Face, Link, Note

SHOWN = 200


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    template: ClassVar[str] = "build/revisions.html"

    frame: Frame
    rows: tuple[Row, ...]
    compare_url: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePage:
    """left: records that could not come into a stage when it was published."""

    template: ClassVar[str] = "build/revision.html"

    frame: Frame
    notes: tuple[Note, ...]
    head: str
    by: Face | None
    when: str
    text: str
    steps: tuple[str, ...]
    groups: tuple[Group, ...]
    pages: Pages
    summary: str
    actions: tuple[Action, ...]
    said: tuple[Said, ...] = ()
    left: tuple[Left, ...] = ()


@route("/revisions")
def revisions() -> Response:
    here = bench()
    rows = latest(here, SHOWN)
    more = _("Only the newest %(n)s are shown.", n=SHOWN) if len(rows) == SHOWN else ""
    return html(RevisionsPage(frame(_("Revisions"), "revisions"), rows, url_for("builder.compare"), more))


@route("/revisions/<int:number>")
def revision(number: int) -> Response:
    """What a revision changed against the one before it."""
    here = bench()
    found = _known(here, number)
    before = max(number - 1, 0)
    return html(
        DifferencePage(
            frame=frame(_("Revision %(n)s", n=number), "revisions", trail=(_back(),)),
            notes=tuple(_result(here, number)),
            head=_("Revision %(n)s", n=number),
            by=face_of(here, found.by),
            when=moment_of(here, found.at),
            text=said_note(here, found.note),
            steps=tuple(str(each.get("text", "")) for each in found.summary or () if isinstance(each, Mapping)),
            actions=_actions(here, number),
            said=said_by(here, Remarks(here.workspace.models).of_revision(number)),
            left=left_of(here, dict.fromkeys(adopting(found.summary))),
            **_difference(here, before, number, _brought_back(found)),
        )
    )


@route("/revisions/compare")
def compare() -> Response:
    """The difference of any two revisions."""
    here = bench()
    one, other = (_number(request.args.get(name, "")) for name in ("from", "to"))
    for each in (one, other):
        if each:
            _known(here, each)
    title = _("From revision %(one)s to %(other)s", one=one, other=other)
    return html(
        DifferencePage(
            frame=frame(title, "revisions", trail=(_back(),)),
            notes=(),
            head=title,
            by=None,
            when="",
            text="",
            steps=(),
            actions=(),
            **_difference(here, one, other),
        )
    )


def _brought_back(found: Revision) -> frozenset[str]:
    """The fields and entities that were out of use before."""
    kinds = ("restore_field", "restore_entity")
    return frozenset(each["subject"] for each in found.summary or () if each.get("kind") in kinds)


def _difference(here: Bench, one: int, other: int, back: Collection[str] = ()) -> dict[str, Any]:
    """back: what the later one brought back, as far as that is known."""
    publisher, workspace = here.workspace.publisher, here.workspace
    before, after = publisher.documents(one), publisher.documents(other)
    pairs = lineage_since(after, before, rollback=True)
    found = told(workspace.kinds, workspace.serving(here.revision).model, before, after, pairs, back)
    names = calling(here)
    names.worlds = (here.documents, before, after)
    runs = [tuple(run) for _key, run in groupby(found, key=lambda each: each.key)]
    part = part_of(runs, len, 50)
    made = tuple(groups(names, [each for run in part.items for each in run]))
    summary = ngettext("%(n)s change", "%(n)s changes", len(found), n=digits(len(found)))
    if not found:
        alike = _("Revisions %(one)s and %(other)s say the same: nothing differs.", one=one, other=other)
        summary = alike if before == after else _("Nothing that anybody would notice differs.")
    return {"groups": made, "pages": part.pages, "summary": summary}


def _known(here: Bench, number: int) -> Revision:
    found = here.workspace.publisher.revision(number) if number <= LARGEST else None
    if found is None:
        raise NotFound(_("There is no revision %(number)s.", number=str(number)[:20]))
    return found


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound(_("There is no revision %(number)s.", number=text[:20]))
    return int(text)


def _actions(here: Bench, number: int) -> tuple[Action, ...]:
    return () if number == here.revision else (roll_back(number),)


def _back() -> Link:
    return Link(_("Revisions"), url_for("builder.revisions"), "history")


def _seen_at(here: Bench, number: int) -> str | None:
    """Where the first change of a revision is seen by those who work: the list that changed, or one of its entity."""
    model, publisher = here.workspace.serving(here.revision).model, here.workspace.publisher
    before, after = publisher.documents(number - 1), publisher.documents(number)
    changed = {key for key in after if after[key] != before.get(key)}
    views = [each for each in model.views.values() if f"view/{each.name}" in changed]
    about = {after[key].get("entity", key.partition("/")[2]) for key in changed if key.startswith(("entity/", "form/"))}
    own = (view_of(model, here.context, each) for each in views)
    lists = (lists_of(model, here.context)(name, "") for name in sorted(about & model.entities.keys()))
    return next((url for url in (*own, *lists) if url), None)


def _result(here: Bench, number: int) -> Iterator[Note]:
    """Directly after publishing: that it is done, and what goes on in the background."""
    if (how := request.args.get("done")) in ("yes", OF_SET):
        look = Action(text=_("Look at it"), url=_seen_at(here, number) or "/app")
        text = _("Everybody works with it from now on.")
        if how == OF_SET:
            text = _("Everybody works with it from now on; its change set is finished.")
        yield Note(text, "good", lead=_("Published."), action=look)
    waiting = here.workspace.background.waiting()
    if waiting:
        done, total = sum(each.done for each in waiting), sum(each.total for each in waiting)
        text = ngettext(
            "%(n)s slow step goes on in the background: %(done)s of about %(total)s records.",
            "%(n)s slow steps go on in the background: %(done)s of about %(total)s records.",
            len(waiting),
            done=digits(done),
            total=digits(total),
        )
        yield Note(text, icon="hourglass")
