"""Going back to an earlier revision: its own plan first, then it is published as a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import calling
from sartor.builder.lists.paging import Pages, part_of
from sartor.builder.pages.plan import without_review
from sartor.builder.pages.publishing import publication, refusal
from sartor.builder.pages.under_way import begin
from sartor.builder.rendering import html
from sartor.builder.review.planned import Planned, planned
from sartor.builder.review.telling import Group, groups
from sartor.builder.review.under_way import doing, going
from sartor.builder.routes import route
from sartor.platform.errors import InvalidDefinition, Problem, SartorError
from sartor.platform.publishing.names.lineage import lineage_since
from sartor.platform.publishing.publisher import TakesLong
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import between
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Empty, Link, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPage:
    """plan: None where the revision says what is published, or holds together no more."""

    template: ClassVar[str] = "build/rollback.html"

    frame: Frame
    notes: tuple[Note, ...]
    plan: Planned | None
    groups: tuple[Group, ...]
    pages: Pages
    publish_url: str
    progress_url: str
    button: str
    note: str
    mark: str
    empty: Empty | None


@route("/revisions/<int:number>/rollback")
def rollback(number: int) -> Response:
    return html(_page(bench(), number))


@route("/revisions/<int:number>/rollback", methods=["POST"])
def roll_back(number: int) -> AnyResponse:
    here = bench()
    said = publication(here)
    if said.seen != str(here.revision):
        return html(_page(here, number, Note(_("Another revision was published meanwhile; look again."), "bad")), 409)
    if doing(here) is not None:
        return html(_page(here, number, note=said.note), 409)
    if "long" in request.form:
        return begin(here, said, number)
    try:
        made = here.workspace.publisher.rollback(number, replace(said, quick=True))
    except (Preparing, TakesLong):
        return begin(here, said, number)
    except SartorError as error:
        return html(_page(here, number, refusal(error), note=said.note), 409)
    return redirect(url_for("builder.revision", number=made, done="yes"), 303)


def _page(here: Bench, number: int, *notes: Note, note: str = "") -> RollbackPage:
    workspace = here.workspace
    before, after = here.published, workspace.publisher.documents(number)
    pairs = lineage_since(after, before, rollback=True)
    changes = told(workspace.kinds, workspace.serving(here.revision).model, before, after, pairs)
    part = part_of([tuple(run) for _key, run in groupby(changes, key=lambda each: each.key)], len, 50)
    names = calling(here)
    names.worlds = (after, before)
    plan, under_way_now = None, going(here)
    try:
        made = workspace.publisher.plan_rollback(number)
        lost = url_for("builder.rollback_losses", number=number)
        plan = None if made.is_empty else planned(here, made, changes, lost)
        if plan and not plan.blocked and under_way_now:
            plan = replace(plan, blocked=_("It can be published when what is being published is done."))
    except InvalidDefinition as error:
        notes = (*notes, _kept_back(names, number, error))
    title = _("Back to revision %(number)s", number=number)
    trail = (Link(_("Revisions"), url_for("builder.revisions"), "history"),)
    return RollbackPage(
        frame=without_review(frame(title, "revisions", trail=trail)),
        notes=(*under_way_now, *notes),
        plan=plan,
        groups=tuple(groups(names, [each for run in part.items for each in run])),
        pages=part.pages,
        publish_url=url_for("builder.roll_back", number=number),
        progress_url=url_for("builder.publishing_progress"),
        button=_("Roll back to revision %(n)s", n=number),
        note=note or title,
        mark=str(here.revision),
        empty=None if plan or notes else _nothing(number),
    )


def _kept_back(names: Calling, number: int, error: InvalidDefinition) -> Note:
    """What of the revision is in the way, each at its place: a plugin is gone, say."""
    said = [_at_its_place(names, each) for each in error.problems]
    return Note(between().join(said), "bad", lead=_("Revision %(n)s cannot come back as it is.", n=number))


def _at_its_place(names: Calling, problem: Problem) -> str:
    if not problem.file:
        return problem.message
    place = (raised(names.definition(problem.file)), names.spot(problem.file, problem.field).inside)
    return _("%(thing)s: %(said)s", thing=" › ".join(each for each in place if each), said=problem.message)


def _nothing(number: int) -> Empty:
    return Empty(
        title=_("There is nothing to roll back"),
        text=_("What is published says the same as revision %(n)s.", n=number),
        icon="circle-check",
    )
