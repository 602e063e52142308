"""What publishing a change set would do: every step, what is lost, what depends on it, and the button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import calling, link_to
from sartor.builder.lists.designers import designer
from sartor.builder.rendering import html
from sartor.builder.review.finished import finished
from sartor.builder.review.planned import Planned, planned
from sartor.builder.review.talk import Appointment, Decision, missed, talk_of
from sartor.builder.review.under_way import doing, kept_note, under_way
from sartor.builder.routes import route
from sartor.builder.sheets.begun import waiting_for_data
from sartor.platform.definitions.documents import Document
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.publishing.change_sets.deciding import Decisions
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.uses.mending import mended, mending
from sartor.platform.publishing.uses.mending import problems as problems_in
from sartor.platform.publishing.uses.mending_words import mending_said
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.pages.parts import Action, Empty, Link, Note

MENDED = 50
"""Faults for which a mending is proposed at once; the others follow when these are gone."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps the design from being compiled. at: the definition, opened at the place; place: where in it.

    mend: what would do away with it, in words; key, pointer: what is sent for that.
    """

    at: Link
    place: str
    text: str
    mend: str = ""
    key: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """plan: None where there is nothing to be published, or where it does not hold together (faults).

    mark: what the reader looks at; another change set is not published unseen.
    """

    template: ClassVar[str] = "build/plan.html"

    frame: Frame
    notes: tuple[Note, ...]
    plan: Planned | None
    next: int
    publish_url: str
    progress_url: str
    button: str
    note: str
    mark: str
    later_url: str
    cancel_url: str
    approve: Link | None
    appointment: Appointment
    faults: tuple[Fault, ...] = ()
    mend_url: str = ""
    empty: Empty | None = None


@route("/plan")
def plan() -> Response:
    here = bench()
    return html(plan_page(here, *waiting_for_data(here)))


def plan_page(here: Bench, *notes: Note, note: str = "") -> PlanPage:
    """note: what was already written about the publication."""
    publisher = here.workspace.publisher
    plan: Planned | None = None
    faults: tuple[Fault, ...] = ()
    conflicts, talk = tuple(_conflicts(here)), talk_of(here)
    going, told = doing(here), tuple(under_way(here))
    try:
        made = publisher.plan(here.set)
        if not made.is_empty:
            plan = planned(here, made, Reviews(publisher.sets).told(here.set), url_for("builder.losses"))
            if conflicts and not plan.blocked:
                plan = replace(plan, blocked=_("There is something to decide first."))
            if not plan.blocked and going:
                plan = replace(plan, blocked=_("It can be published when what is being published is done."))
            if not plan.blocked and talk.decision.blocked:
                plan = replace(plan, blocked=talk.decision.blocked, may_later=True)
    except InvalidDefinition as error:
        faults = tuple(_faults(here, error.problems))
    return PlanPage(
        frame=without_review(frame(_("Publish revision %(n)s", n=here.revision + 1), "changes", actions=_actions())),
        notes=(*notes, *told, *conflicts, *missed(here)),
        plan=plan,
        next=here.revision + 1,
        publish_url=url_for("builder.publish"),
        progress_url=url_for("builder.publishing_progress"),
        button=_("Publish revision %(n)s", n=here.revision + 1),
        note=note or kept_note(here),
        mark=publisher.sets.get(here.set).mark,
        later_url=url_for("builder.publish_later"),
        cancel_url=url_for("builder.publish_later_not"),
        approve=_approve(talk.decision) if plan and plan.may_later else None,
        appointment=talk.appointment,
        faults=faults,
        mend_url=url_for("builder.mend"),
        empty=None if plan or faults else _nothing(here),
    )


def _approve(decision: Decision) -> Link | None:
    """Whoever is waited for is led to where that is said."""
    if not decision.content:
        return None
    return Link(_("Approve or refuse"), url_for("builder.changes", _anchor="approval"), "user-check")


def without_review(made: Frame) -> Frame:
    """The frame of a page that publishes: its own button is the one that counts."""
    return replace(made, draft=replace(made.draft, review_url=None))


def _actions() -> tuple[Action, ...]:
    again = Action(text=_("Plan again"), url=url_for("builder.plan"), icon="refresh", look="quiet", only="desk")
    return (again, Action(text=_("Changes"), url=url_for("builder.changes"), icon="versions"))


def _conflicts(here: Bench) -> Iterator[Note]:
    count = len(Decisions(here.workspace.publisher.sets).questions(here.set))
    if count:
        said = ngettext(
            "%(n)s property was published with another value since it was edited here. Decide what stays first.",
            "%(n)s properties were published with other values since they were edited here. Decide what stays first.",
            count,
        )
        yield Note(said, "warn", action=Action(text=_("Decide"), url=url_for("builder.changes")))


def _faults(here: Bench, problems: Sequence[Problem]) -> Iterator[Fault]:
    """What does not even fit its schema has its mendings on the page Check."""
    names, mended_here = calling(here), 0 if here.workspace.compiler.validate(here.documents) else MENDED
    for number, each in enumerate(dict.fromkeys(problems)):
        if not each.file:
            yield Fault(Link(_("Changes"), url_for("builder.changes"), "versions"), "", each.message)
            continue
        at = replace(link_to(names, each.file), url=designer(each.file, each.field))
        place = names.spot(each.file, each.field).inside if each.field else ""
        found = mending(here.documents, here.workspace.kinds, each) if number < mended_here else None
        yield Fault(at, place, each.message, mending_said(names, found) if found else "", each.file, each.field)


@route("/plan/mend", methods=["POST"])
def mend() -> AnyResponse:
    """Take out what does not hold together: one place, or all of them."""
    here, sent = bench(), request.form
    kinds, documents = here.workspace.kinds, here.documents
    if "all" in sent:
        changed: Mapping[str, Document | None] = mended(documents, kinds)
    else:
        asked = (sent.get("key", ""), sent.get("pointer", ""))
        meant = next((each for each in problems_in(documents, kinds) if (each.file, each.field) == asked), None)
        found = mending(documents, kinds, meant) if meant else None
        changed = found.changed if found else {}
    if changed:
        here.workspace.publisher.sets.put_all(changed, by=here.context.actor.id, name=here.set)
    return redirect(url_for("builder.plan"), 303)


def _nothing(here: Bench) -> Empty:
    return finished(here) or Empty(
        title=_("There is nothing to publish"),
        text=_("This change set says what revision %(n)s says already.", n=here.revision),
        icon="circle-check",
    )
