"""Publishing what was looked at: now, or at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.pages.changes import done
from sartor.builder.pages.plan import plan_page
from sartor.builder.pages.preparing import convert
from sartor.builder.pages.under_way import begin
from sartor.builder.rendering import html
from sartor.builder.review.finished import published_at
from sartor.builder.review.under_way import doing, step_said
from sartor.builder.routes import route
from sartor.platform.access.assign import require_own_changes
from sartor.platform.errors import BadRequest, SartorError
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.publisher import TakesLong
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Note

LONGEST_NOTE = 2000


@route("/plan/publish", methods=["POST"])
def publish() -> AnyResponse:
    here = bench()
    said = publication(here)
    if doing(here) is not None:
        return html(plan_page(here, note=said.note), 409)
    if "long" in request.form:
        return begin(here, said)
    try:
        revision = here.workspace.publisher.publish(replace(said, quick=True), here.set)
    except (Preparing, TakesLong):
        return begin(here, said)
    except SartorError as error:
        return html(plan_page(here, refusal(error), note=said.note), 409)
    return redirect(published_at(here, revision), 303)


@route("/plan/progress")
def publishing_progress() -> Response:
    """How far the publication is that any process of the workspace is at; nothing where none is at one."""
    here = bench()
    found = here.workspace.publisher.under_way
    return jsonify({"done": found.done, "total": found.total, "now": step_said(here, found)} if found else {})


@route("/plan/later", methods=["POST"])
def publish_later() -> AnyResponse:
    """At a time in the reader's zone."""
    here = bench()
    said = publication(here)
    try:
        here.workspace.timing.make(said, here.set, _moment(here), here.context.zone)
    except Preparing:
        return convert(here)
    except SartorError as error:
        return html(plan_page(here, refusal(error, _("No time was set.")), note=said.note), 409)
    return redirect(url_for("builder.changes", _anchor="time"), 303)


@route("/plan/later/not", methods=["POST"])
def publish_later_not() -> AnyResponse:
    here = bench()
    return done(lambda: here.workspace.timing.take_back(here.set, here.context.actor.id))


def _moment(here: Bench) -> datetime:
    """:raises BadRequest: for what is no time"""
    text = request.form.get("at", "")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(here.context.zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("%(text)s is no time.", text=text[:40])) from error


def publication(here: Bench) -> Publication:
    """As it was sent, by whoever sent it; nobody opens in a role what he lacks."""
    return Publication(
        note=request.form.get("note", "").strip()[:LONGEST_NOTE].replace("\x00", ""),
        by=here.context.actor.id,
        confirm=request.form.get("confirm"),
        seen=request.form.get("seen"),
        judge=lambda model, moved: require_own_changes(here.context, model, moved),
    )


def refusal(error: SartorError, lead: str = "") -> Note:
    """Why nothing was published, with every detail."""
    details = " ".join(each.message for each in error.problems if each.message != error.message)
    return Note(f"{error.message} {details}".strip(), "bad", lead=lead or _("Nothing was published."))
