"""What a change set changes, in sentences: what has to be decided first, then every change, each with its way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder import navigation
from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import address_of, calling
from sartor.builder.lists.paging import Pages, part_of
from sartor.builder.people import face_of, moment_of, name_of
from sartor.builder.rendering import html
from sartor.builder.review.choosing import chosen, rest, written
from sartor.builder.review.finished import finished
from sartor.builder.review.own_notes import said_note
from sartor.builder.review.talk import Talk, missed, talk_of
from sartor.builder.review.telling import Group, groups
from sartor.builder.review.under_way import under_way
from sartor.builder.routes import route
from sartor.platform.errors import InvalidDefinition, SartorError
from sartor.platform.publishing.change_sets.deciding import Decision, Decisions, Question
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.words.telling import Told
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.pages.parts import Action, Empty, Note

ACTS = (
    "take_out_change", "discard_changes", "decide_change", "decide_all_changes",
    "comment", "ask_for_approval", "withdraw_approval", "judge_change_set", "publish_later_not",
)  # fmt: skip
"""Where the forms of the page are sent, in the order of `Urls`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be decided. value: mine as JSON or text, to be edited; is_text: it is plain text.

    theirs: who published the other value, when, and under which note.
    """

    question: Question
    url: str
    theirs: str
    value: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class Together:
    """A change that was not discarded, by its `id`, because others stand on it: all of them may go."""

    change: str
    others: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the forms of the page are sent, each with the part that is shown: what is done there leads back to it."""

    take_out: str
    discard: str
    decide: str
    decide_all: str
    comment: str
    ask: str
    withdraw: str
    judge: str
    cancel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    template: ClassVar[str] = "build/changes.html"

    frame: Frame
    urls: Urls
    notes: tuple[Note, ...]
    together: Together | None
    asked: tuple[Asked, ...]
    groups: tuple[Group, ...]
    pages: Pages
    summary: str
    discard_all: Action | None
    empty: Empty | None
    talk: Talk | None


@route("/changes")
def changes() -> Response:
    return html(_page(bench()))


@route("/changes/take-out", methods=["POST"])
def take_out_change() -> AnyResponse:
    """One change goes; the rest stays. Where others stand on it, they are named and offered to go with it."""
    here, change = bench(), request.form.get("change", "")
    reviews, also = Reviews(here.workspace.publisher.sets), request.form.getlist("also[]")
    others: list[Told] = []

    def act() -> None:
        try:
            reviews.take_out(change, also=also, by=here.context.actor.id, name=here.set)
        except InvalidDefinition:
            others[:] = () if also else reviews.standing_on(change, here.set)
            raise

    answer = done(act)
    return html(_page(bench(), together=Together(change, tuple(others))), 409) if others else answer


@route("/changes/discard", methods=["POST"])
def discard_changes() -> AnyResponse:
    """The edits of one definition, or all of them."""
    here, key = bench(), request.form.get("key")
    return done(lambda: here.workspace.publisher.sets.discard([key] if key else None, name=here.set))


@route("/changes/decide", methods=["POST"])
def decide_change() -> AnyResponse:
    here = bench()
    decisions = Decisions(here.workspace.publisher.sets)
    return done(lambda: decisions.decide(_decision(), by=here.context.actor.id, name=here.set))


@route("/changes/decide-all", methods=["POST"])
def decide_all_changes() -> AnyResponse:
    """Everything that is asked at once: mine stays, or what is published is taken."""
    here, choice = bench(), rest()
    decisions = Decisions(here.workspace.publisher.sets)
    return done(lambda: decisions.decide_all(choice, by=here.context.actor.id, name=here.set))


def _decision() -> Decision:
    choice, value = chosen()
    return Decision(request.form.get("key", ""), request.form.get("place", ""), choice, value)


def done(act: Callable[[], object], part: str | None = None) -> AnyResponse:
    """Back to the page, to a part of it; with what was refused, and why, where something was."""
    try:
        act()
    except SartorError as error:
        details = " ".join(each.message for each in error.problems if each.message != error.message)
        note = Note(f"{error.message} {details}".strip(), "bad")
        return html(_page(bench(), note), 409)
    return redirect(url_for("builder.changes", _anchor=part, page=request.args.get("page")), 303)


# ---- the page


def _page(here: Bench, *notes: Note, together: Together | None = None) -> ChangesPage:
    sets = here.workspace.publisher.sets
    told = Reviews(sets).told(here.set)
    runs = [tuple(run) for _key, run in groupby(told, key=lambda each: each.key)]
    part = part_of(runs, len, 50, "builder.changes")
    found = tuple(_signed(here, [each for run in part.items for each in run]))
    asked = tuple(_asked(here, each) for each in Decisions(sets).questions(here.set))
    summary = ngettext("%(n)s change", "%(n)s changes", len(told)) + " · " + _definitions(len(runs))
    all_sets = Action(text=_("All change sets"), url=url_for("builder.change_sets"), icon="versions")
    talk = talk_of(here)
    return ChangesPage(
        frame=frame(_("Changes"), "changes", actions=(all_sets,)),
        urls=Urls(*(url_for(f"builder.{each}", page=request.args.get("page")) for each in ACTS)),
        notes=(*notes, *under_way(here), *missed(here)),
        together=together,
        asked=asked,
        groups=found,
        pages=part.pages,
        summary=summary,
        discard_all=_discard_all(len(runs)) if found else None,
        empty=None if found or asked else _nothing(here),
        talk=talk if found or asked or talk.said else None,
    )


def _definitions(count: int) -> str:
    return ngettext("in %(n)s definition", "in %(n)s definitions", count)


def _signed(here: Bench, told: Sequence[Told]) -> Iterator[Group]:
    """The groups with who edited each definition last, and when."""
    for group in groups(calling(here), told):
        edit = here.edited.edits.get(group.key)
        yield replace(group, by=face_of(here, edit.by), when=moment_of(here, edit.at)) if edit else group


def _asked(here: Bench, question: Question) -> Asked:
    value, is_text = written(question.clash.mine)
    return Asked(question, address_of(question.key), _published(here, question.key), value, is_text)


def _published(here: Bench, key: str) -> str:
    found = here.workspace.publisher.published_by(key)
    if found is None:
        return ""
    said = _("%(name)s, %(when)s, revision %(n)s") % {
        "name": name_of(here, found.by), "when": moment_of(here, found.at), "n": found.number,
    }  # fmt: skip
    return f"{said}: {said_note(here, found.note)}" if found.note else said


def _discard_all(count: int) -> Action:
    said = ngettext(
        "The edits of %(n)s definition are thrown away. What is published stays as it is.",
        "The edits of %(n)s definitions are thrown away. What is published stays as it is.",
        count,
    )
    return Action(
        text=_("Discard everything"), url=url_for("builder.discard_changes"), icon="trash", look="danger",
        method="post", confirm=said,
    )  # fmt: skip


def _nothing(here: Bench) -> Empty:
    where = navigation.address("entities")
    actions = (Action(text=_("Edit entities"), url=where, icon="table", look="primary"),) if where else ()
    return finished(here) or Empty(
        title=_("Nothing is changed here"),
        text=_("What you edit in the designers gathers here until you publish it."),
        icon="needle-thread",
        actions=actions,
    )
