"""Upgrading a blueprint: as it came, as it is here, and the new version, merged property by property before anything
happens. What both sides changed is decided on the page; each decision is kept as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.choosing import chosen, written
from sartor.builder.definitions import address_of, calling
from sartor.builder.frame import Frame, frame
from sartor.builder.pages.blueprint_install import Deed, deed_of
from sartor.builder.pages.blueprints import found
from sartor.builder.planned import Planned, planned
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.telling import Group, groups
from sartor.platform.errors import BadRequest, InvalidDefinition, SartorError
from sartor.platform.packaging.record_issues import is_record
from sartor.platform.packaging.upgrades import Look, Upgrades
from sartor.platform.packaging.upgrading import Issue, Ruling
from sartor.platform.publishing.deciding import Choice, Question
from sartor.platform.publishing.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link, Note

ACTS = ("decide_upgrade", "ask_again", "decide_the_rest")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePage:
    """open: to be decided; settled: decided, and what the new version leaves out. begins, ends: the two versions.

    groups: what the upgrade changes, in sentences; records: reference records that it changes; closed: they are not
    shown, nor is the upgrade done, by whoever may not bring records.
    faults: why it does not hold together with what is decided.
    """

    template: ClassVar[str] = "build/blueprint_upgrade.html"

    frame: Frame
    begins: str
    ends: str
    to: str
    known: bool
    urls: Urls
    open: tuple[Asked, ...]
    settled: tuple[Asked, ...]
    groups: tuple[Group, ...]
    records: tuple[str, ...]
    closed: bool
    plan: Planned | None
    deed: Deed | None
    faults: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@route("/blueprints/<name>/upgrade")
def upgrade(name: str) -> Response:
    return html(_page(bench(), name, request.args.get("to", "")))


@route("/blueprints/<name>/upgrade/decide", methods=["POST"])
def decide_upgrade(name: str) -> AnyResponse:
    def act(upgrades: Upgrades, look: Look) -> None:
        ruling = ruling_sent()
        upgrades.look(look.blueprint, [ruling])
        upgrades.book.add([ruling])

    return _done(name, act)


def ruling_sent() -> Ruling:
    """The decision of a form; about a record only from whoever may bring records.

    :raises Forbidden: for anybody else.
    """
    sent, (choice, value) = request.form, chosen()
    key = sent.get("key", "")
    if is_record(key):
        bench().context.access.require_ability("migrate")
    return Ruling(key, sent.get("place", ""), choice, value, sent.get("about", ""))


@route("/blueprints/<name>/upgrade/again", methods=["POST"])
def ask_again(name: str) -> AnyResponse:
    return _done(
        name, lambda upgrades, _look: upgrades.book.forget(request.form.get("key", ""), request.form.get("place", ""))
    )


@route("/blueprints/<name>/upgrade/rest", methods=["POST"])
def decide_the_rest(name: str) -> AnyResponse:
    def act(upgrades: Upgrades, look: Look) -> None:
        choice = request.form.get("choice", "")
        if choice not in (Choice.KEEP, Choice.TAKE):
            raise BadRequest(_("Choose one of the values."))
        upgrades.decided(look, Choice(choice))

    return _done(name, act)


def _done(name: str, act: Callable[[Upgrades, Look], object]) -> AnyResponse:
    """Back to the page; with what was refused, and why, where something was."""
    here, to = bench(), request.form.get("to", "")
    upgrades = _upgrades(here, name)
    look = upgrades.look(upgrades.offered(to))
    try:
        act(upgrades, look)
    except SartorError as error:
        return html(_page(here, name, to, Note(error.message, "bad")), 409)
    return redirect(url_for("builder.upgrade", name=name, to=to or None), 303)


def _upgrades(here: Bench, name: str) -> Upgrades:
    """Reference records are only for whoever may bring records."""
    return Upgrades(here.workspace, name, asker=here.context)


# ---- the page


def _page(here: Bench, name: str, to: str, *notes: Note) -> UpgradePage:
    upgrades = _upgrades(here, name)
    look = upgrades.look(upgrades.offered(to))
    closed = look.records is None and upgrades.touches_records(look.blueprint)
    asked = [asked_of(each, question) for each, question in upgrades.questions(look)]
    plan, deed, faults = _planned(here, look, name, to)
    title = pick(found(here, name).label)
    changes = told(here.workspace.kinds, here.workspace.serving().model, here.published, look.draft.documents)
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(title, url_for("builder.blueprint", name=name)),
    )
    return UpgradePage(
        frame=frame(_("Upgrade %(name)s", name=title), "blueprints", trail=trail),
        begins=look.begins,
        ends=str(look.blueprint.manifest["version"]),
        to=to,
        known=look.known,
        urls=Urls(
            *(url_for(f"builder.{each}", name=name) for each in ("decide_upgrade", "ask_again", "decide_the_rest"))
        ),
        open=tuple(each for each in asked if each.issue.is_open),
        settled=tuple(each for each in asked if not each.issue.is_open),
        groups=tuple(_without_itself(groups(calling(here), changes), name)),
        records=look.changes,
        closed=closed,
        plan=plan,
        deed=None if closed else deed,
        faults=faults,
        notes=(*notes, *(Note(each) for each in look.stays)),
    )


def _planned(here: Bench, look: Look, name: str, to: str) -> tuple[Planned | None, Deed | None, tuple[str, ...]]:
    """The plan, the button once nothing is open, and what does not hold together."""
    try:
        plan = here.workspace.publisher.plan_documents(look.draft.documents)
    except InvalidDefinition as error:
        return None, None, tuple(dict.fromkeys(each.message for each in error.problems)) or (error.message,)
    body, then = {"to": to}, url_for("builder.blueprint", name=name)
    deed = (
        None
        if look.upgrade.open
        else deed_of(here, plan, _("Upgrade"), f"/api/v1/blueprints/{name}/upgrade", body, then)
    )
    return planned(here, plan, (), downloads=False), deed, ()


def _without_itself(told_groups: Iterator[Group], name: str) -> Iterator[Group]:
    return (each for each in told_groups if each.key != f"blueprint/{name}")


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
