"""What comes from elsewhere, merged with what is here, as a page: what is asked and decided, what it changes, the plan
and the button. An upgrade and a promotion are this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame
from sartor.builder.lists.definitions import address_of
from sartor.builder.pages.blueprint_install import Deed, deed_of
from sartor.builder.people import addresses
from sartor.builder.rendering import html
from sartor.builder.review.choosing import chosen, written
from sartor.builder.review.planned import Planned, planned
from sartor.builder.review.telling import Group
from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import InvalidDefinition, SartorError
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.issues import is_record
from sartor.platform.packaging.records.strangers import Stranger, strangers_among
from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.packaging.versions.upgrading import Issue, Ruling
from sartor.platform.publishing.change_sets.deciding import Choice, Question
from sartor.platform.publishing.plan import Plan
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Note


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. url: of the definition; a record has none. value: mine, to be edited;
    is_text: it is plain text. ruled: in words. may_edit: another value may be given, by whoever sees mine.
    """

    issue: Issue
    question: Question
    url: str
    value: str
    is_text: bool
    ruled: str
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the forms of the page are sent."""

    decide: str
    again: str
    rest: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What is merged: questions that are open, blueprints of which the records come, the design with all of it."""

    open: tuple[Issue, ...]
    coming: tuple[Blueprint, ...]
    documents: Documents


@dataclass(frozen=True, slots=True)
class Draft:
    """plan: with what is decided; faults: why there is none. deed: the button, once nothing is open.

    strangers: people in the records that come who are unknown here; people: name and address of who may be meant.
    """

    plan: Planned | None = None
    deed: Deed | None = None
    faults: tuple[str, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPage:
    """open: to be decided; settled: decided, and what is left out there. to: what comes.

    groups: what it changes, in sentences; records: reference records that it changes; closed: they are not shown, nor
    is it done, by whoever may not bring records.
    """

    frame: Frame
    to: str
    urls: Urls
    asked: tuple[Asked, ...]
    groups: tuple[Group, ...]
    records: tuple[str, ...]
    closed: bool
    draft: Draft
    notes: tuple[Note, ...] = ()

    @property
    def open(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.issue.is_open)

    @property
    def settled(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if not each.issue.is_open)

    @property
    def plan(self) -> Planned | None:
        return self.draft.plan

    @property
    def deed(self) -> Deed | None:
        return None if self.closed else self.draft.deed

    @property
    def strangers(self) -> tuple[Stranger, ...]:
        return self.draft.strangers

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        return self.draft.people

    @property
    def faults(self) -> tuple[str, ...]:
        return self.draft.faults


# ---- what a form sends


def decide(book: RulingBook, tried: Callable[[list[Ruling]], object]) -> None:
    """Keep the decision of a form, once it was tried; about a record only from whoever may bring records.

    :raises Forbidden: for anybody else.
    """
    sent, (choice, value) = request.form, chosen()
    ruling = Ruling(_key(), sent.get("place", ""), choice, value, sent.get("about", ""))
    tried([ruling])
    book.add([ruling])


def forget(book: RulingBook) -> None:
    """Ask again about the place that a form names; about a record only for whoever may bring records.

    :raises Forbidden: for anybody else.
    """
    book.forget(_key(), request.form.get("place", ""))


def _key() -> str:
    key = request.form.get("key", "")
    if is_record(key):
        bench().context.access.require_ability("migrate")
    return key


def done(act: Callable[[], object], back: str, page: Callable[[Note], MergedPage]) -> AnyResponse:
    """Back to the page; with what was refused, and why, where something was."""
    try:
        act()
    except SartorError as error:
        return html(page(Note(error.message, "bad")), 409)
    return redirect(back, 303)


# ---- the page


def drafted(here: Bench, plan: Callable[[], Plan], merge: Merge, *button: str, to: str = "") -> Draft:
    """The plan, the button once nothing is open, and what does not hold together. button: text, address, where then."""
    try:
        made = plan()
    except InvalidDefinition as error:
        return Draft(faults=tuple(dict.fromkeys(each.message for each in error.problems)) or (error.message,))
    text, url, then = button
    shown = planned(here, made, ())
    if merge.open:
        return Draft(shown)
    people = tuple(addresses(here))
    strangers = strangers_among(here.workspace, merge.coming, merge.documents) if people else []
    meant = {each.email: each.near for each in strangers if each.near}
    body = {**({"to": to} if to else {}), **({"people": meant} if strangers else {})}
    deed = deed_of(here, made, text, url, body, then)
    deed = replace(deed, consent=shown.consent) if deed else None
    return Draft(shown, deed, (), tuple(strangers), people)


def asked_of(issue: Issue, question: Question) -> Asked:
    """A question as a form asks it."""
    hidden = question.clash.mine is not issue.clash.mine
    value, is_text = ("", True) if hidden else written(issue.clash.mine)
    url = "" if is_record(issue.key) else address_of(issue.key)
    return Asked(issue, question, url, value, is_text, _ruled(issue, question), issue.may_edit and not hidden)


def _ruled(issue: Issue, question: Question) -> str:
    if issue.ruling is None:
        return _("It stays, since missing never means delete.")
    if issue.ruling.choice is Choice.EDIT:
        return _("Another value: %(value)s", value=written(issue.ruling.value)[0])
    if issue.ruling.choice is Choice.KEEP:
        return _("Mine stays: %(value)s", value=question.mine)
    return _("The new version's: %(value)s", value=question.theirs)
