"""From test to production: the design that was exported there is brought here, merged, looked at and published.

What both sides changed since the last time is decided on the page; the same design a second time has nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.definitions import calling
from sartor.builder.frame import Frame, frame
from sartor.builder.pages.blueprint_install import Deed, deed_of
from sartor.builder.pages.blueprint_upgrade import Asked, Urls, asked_of, ruling_sent
from sartor.builder.planned import Planned, planned
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.telling import Group, groups
from sartor.platform.errors import BadRequest, InvalidDefinition, SartorError
from sartor.platform.packaging.promoting import Promotion, kept_design, unpacked_design
from sartor.platform.packaging.upgrades import Upgrades
from sartor.platform.packaging.upgrading import Upgrade
from sartor.platform.publishing.deciding import Choice
from sartor.platform.publishing.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Link, Note

LARGEST = 64 * 1024 * 1024
API = "/api/v1/promotions"


@dataclass(frozen=True, slots=True)
class BringPage:
    """url: where the file goes; file_url: the design of this workspace, to be brought elsewhere."""

    template: ClassVar[str] = "build/promote.html"

    frame: Frame
    url: str
    file_url: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionPage:
    """open: to be decided; settled: decided. groups: what it changes, in sentences. faults: why it does not hold.
    closed: it changes reference records, which is for whoever may bring records.
    """

    template: ClassVar[str] = "build/promotion.html"

    frame: Frame
    to: str
    urls: Urls
    open: tuple[Asked, ...]
    settled: tuple[Asked, ...]
    groups: tuple[Group, ...]
    closed: bool
    plan: Planned | None
    deed: Deed | None
    faults: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@route("/promote")
def promote() -> Response:
    return html(_bring())


@route("/promote", methods=["POST"], largest=LARGEST)
def bring_design() -> AnyResponse:
    """Keep the design that was sent, and lead to what it would do here."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return html(_bring(Note(_("Choose a file first."), "bad")), 422)
    try:
        to = Promotion(bench().workspace, unpacked_design(sent.read())).keep()
    except SartorError as error:
        return html(_bring(Note(error.message, "bad")), 422)
    return redirect(url_for("builder.promotion", to=to), 303)


def _bring(*notes: Note) -> BringPage:
    top = frame(_("From test to production"), "blueprints", trail=_trail()[:1])
    return BringPage(top, url_for("builder.bring_design"), f"{API}/file", notes)


@route("/promote/<to>")
def promotion(to: str) -> Response:
    return html(_page(bench(), to))


@route("/promote/<to>/decide", methods=["POST"])
def decide_promotion(to: str) -> AnyResponse:
    def act(here: Promotion) -> None:
        ruling = ruling_sent()
        here.look([ruling])
        here.book.add([ruling])

    return _done(to, act)


@route("/promote/<to>/again", methods=["POST"])
def ask_promotion_again(to: str) -> AnyResponse:
    return _done(to, lambda here: here.book.forget(request.form.get("key", ""), request.form.get("place", "")))


@route("/promote/<to>/rest", methods=["POST"])
def decide_rest_of_promotion(to: str) -> AnyResponse:
    def act(here: Promotion) -> None:
        choice = request.form.get("choice", "")
        if choice not in (Choice.KEEP, Choice.TAKE):
            raise BadRequest(_("Choose one of the values."))
        here.decided(rest=Choice(choice))

    return _done(to, act)


def _done(to: str, act: Callable[[Promotion], object]) -> AnyResponse:
    """Back to the page; with what was refused, and why, where something was."""
    here = bench()
    try:
        act(_promotion(here, to))
    except SartorError as error:
        return html(_page(here, to, Note(error.message, "bad")), 409)
    return redirect(url_for("builder.promotion", to=to), 303)


# ---- the page


def _promotion(here: Bench, to: str) -> Promotion:
    return Promotion(here.workspace, kept_design(here.workspace, to), asker=here.context)


def _page(here: Bench, to: str, *notes: Note) -> PromotionPage:
    coming = _promotion(here, to)
    look = coming.look()
    asked = [asked_of(each, question) for each, question in coming.questions(look)]
    plan, deed, faults = _planned(here, coming, look, to)
    may = here.context.access.ability("migrate")
    closed = not may and any(Upgrades(here.workspace, e.name).touches_records(e) for e in coming.coming(look))
    changes = told(here.workspace.kinds, here.workspace.serving().model, here.published, look.documents)
    names = ("decide_promotion", "ask_promotion_again", "decide_rest_of_promotion")
    return PromotionPage(
        frame=frame(_("Bring the design over"), "blueprints", trail=_trail()),
        to=to,
        urls=Urls(*(url_for(f"builder.{each}", to=to) for each in names)),
        open=tuple(each for each in asked if each.issue.is_open),
        settled=tuple(each for each in asked if not each.issue.is_open),
        groups=tuple(groups(calling(here), changes)),
        plan=plan,
        closed=closed,
        deed=None if closed else deed,
        faults=faults,
        notes=notes,
    )


def _trail() -> tuple[Link, Link]:
    return (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(_("From test to production"), url_for("builder.promote")),
    )


def _planned(
    here: Bench, coming: Promotion, look: Upgrade, to: str
) -> tuple[Planned | None, Deed | None, tuple[str, ...]]:
    """The plan, the button once nothing is open, and what does not hold together."""
    try:
        plan = coming.drafts.plan(coming.draft(look))
    except InvalidDefinition as error:
        return None, None, tuple(dict.fromkeys(each.message for each in error.problems)) or (error.message,)
    then = url_for("builder.promotion", to=to)
    deed = None if look.open else deed_of(here, plan, _("Publish it here"), f"{API}/{to}", {}, then)
    # In a change set, what came over would not be noted when that is published.
    deed = replace(deed, aside=None) if deed else None
    return planned(here, plan, (), downloads=False), deed, ()
