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
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import calling
from sartor.builder.rendering import html
from sartor.builder.review.choosing import rest
from sartor.builder.review.merged import Merge, MergedPage, Urls, asked_of, decide, done, drafted, forget
from sartor.builder.review.telling import groups
from sartor.builder.routes import route
from sartor.platform.errors import SartorError
from sartor.platform.packaging.versions.promoting import Promotion, kept_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Link, Note

ACTS = ("decide_promotion", "ask_promotion_again", "decide_rest_of_promotion")
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
class PromotionPage(MergedPage):
    """to: the design, by its digest."""

    template: ClassVar[str] = "build/promotion.html"


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
    return _done(to, lambda here: decide(here.book, here.look))


@route("/promote/<to>/again", methods=["POST"])
def ask_promotion_again(to: str) -> AnyResponse:
    return _done(to, lambda here: forget(here.book))


@route("/promote/<to>/rest", methods=["POST"])
def decide_rest_of_promotion(to: str) -> AnyResponse:
    return _done(to, lambda here: here.decided(rest=rest()))


def _done(to: str, act: Callable[[Promotion], object]) -> AnyResponse:
    here = bench()
    coming, back = _promotion(here, to), url_for("builder.promotion", to=to)
    return done(lambda: act(coming), back, lambda note: _page(here, to, note))


# ---- the page


def _promotion(here: Bench, to: str) -> Promotion:
    return Promotion(here.workspace, kept_design(here.workspace, to), asker=here.context)


def _page(here: Bench, to: str, *notes: Note) -> PromotionPage:
    coming = _promotion(here, to)
    look = coming.look()
    may = here.context.access.ability("migrate")
    changes = told(here.workspace.kinds, here.workspace.serving().model, here.published, look.documents)
    button = _("Publish it here"), f"{API}/{to}", url_for("builder.promotion", to=to)
    merge = Merge(tuple(look.open), coming.coming(look), look.documents)
    draft = drafted(here, lambda: coming.drafts.plan(coming.draft(look)), merge, *button)
    # In a change set, what came over would not be noted when that is published.
    deed = replace(draft.deed, aside=None) if draft.deed else None
    return PromotionPage(
        frame=frame(_("Bring the design over"), "blueprints", trail=_trail()),
        to=to,
        urls=Urls(*(url_for(f"builder.{each}", to=to) for each in ACTS)),
        asked=tuple(asked_of(*each) for each in coming.questions(look)),
        groups=tuple(groups(calling(here, look.documents), changes)),
        records=coming.told(look),
        closed=not may and any(Upgrades(here.workspace, e.name).touches_records(e) for e in coming.coming(look)),
        draft=replace(draft, deed=deed),
        notes=(*notes, *(Note(each) for each in coming.stays(look))),
    )


def _trail() -> tuple[Link, Link]:
    return (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(_("From test to production"), url_for("builder.promote")),
    )
