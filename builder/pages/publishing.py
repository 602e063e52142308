"""Publishing what was looked at; where values of a big table come first, how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.pages.changes import done
from sartor.builder.pages.plan import plan_page
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.access.assign import require_own_changes
from sartor.platform.errors import BadRequest, SartorError
from sartor.platform.publishing import preparing
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.preparing import Preparing
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Note

LONGEST_NOTE = 2000
SECONDS = 2.0
"""How long one question for progress works on the values; then it answers how far that has come."""


@dataclass(frozen=True, slots=True)
class PreparingPage:
    template: ClassVar[str] = "build/preparing.html"

    frame: Frame
    progress: Progress


@route("/plan/publish", methods=["POST"])
def publish() -> AnyResponse:
    here = bench()
    said = publication(here)
    try:
        revision = here.workspace.publisher.publish(said, here.set)
    except Preparing:
        return redirect(url_for("builder.preparing_page"), 303)
    except SartorError as error:
        return html(plan_page(here, refusal(error), note=said.note), 409)
    return redirect(url_for("builder.revision", number=revision, done="yes"), 303)


@route("/plan/later", methods=["POST"])
def publish_later() -> AnyResponse:
    """At a time in the reader's zone."""
    here = bench()
    said = publication(here)
    try:
        here.workspace.timing.make(said, here.set, _moment(here), here.context.zone)
    except Preparing:
        return redirect(url_for("builder.preparing_page"), 303)
    except SartorError as error:
        return html(plan_page(here, refusal(error, _("No time was set.")), note=said.note), 409)
    return redirect(url_for("builder.changes"), 303)


@route("/plan/later/not", methods=["POST"])
def publish_later_not() -> AnyResponse:
    here = bench()
    return done(lambda: here.workspace.timing.take_back(here.set, here.context.actor.id))


def _moment(here: Bench) -> datetime:
    """:raises BadRequest: for what is no time"""
    text = request.form.get("at", "")
    try:
        local = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(_("%(text)s is no time.", text=text[:40])) from error
    return local.replace(tzinfo=ZoneInfo(here.context.zone)).astimezone(UTC)


def publication(here: Bench) -> Publication:
    """As it was sent, by whoever sent it; nobody opens in a role what he lacks."""
    return Publication(
        note=request.form.get("note", "").strip()[:LONGEST_NOTE].replace("\x00", ""),
        by=here.context.actor.id,
        confirm=request.form.get("confirm"),
        seen=request.form.get("seen"),
        judge=lambda model: require_own_changes(here.context, model),
    )


def refusal(error: SartorError, lead: str = "") -> Note:
    """Why nothing was published, with every detail."""
    details = " ".join(each.message for each in error.problems if each.message != error.message)
    return Note(f"{error.message} {details}".strip(), "bad", lead=lead or _("Nothing was published."))


@route("/plan/preparing", endpoint="preparing_page")
def preparing_values() -> Response:
    """Converts some values with each question, and tells how far it is."""
    here = bench()
    ready = here.workspace.publisher.prepare(here.set, SECONDS)
    progress = _progress(here, ready)
    if request.headers.get("HX-Request") == "true":
        return html(progress)
    return html(PreparingPage(frame(_("Converting values"), "changes"), progress))


def _progress(here: Bench, ready: bool) -> Progress:
    with here.workspace.database.read() as connection:
        found = [each for each in preparing.read(connection) if each.set == here.set]
    done, total = sum(each.done for each in found), sum(each.total for each in found)
    note = _("Nobody notices it: the values are written beside the old ones. Come back to publish when it is done.")
    back = Action(text=_("Back to the plan"), url=url_for("builder.plan"), icon="arrow-left", look="primary")
    return Progress(
        title=_("The values are ready; publish now") if ready else _("Values are being converted"),
        url=url_for("builder.preparing_page"),
        done=done,
        total=0 if ready else max(total, 1),
        beside=_("%(done)s of about %(total)s", done=number(done), total=number(total)) if total else "",
        running=not ready,
        every=500,
        note=Note(note),
        actions=(back,),
    )
