"""A publication that takes long: how far it is, for whoever may design, and the way to stop it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, ProgressPage, asks_how_far, so_far
from sartor.builder.frame import frame
from sartor.builder.pages.plan import without_review
from sartor.builder.people import moment_of, name_of
from sartor.builder.rendering import html
from sartor.builder.review.finished import published_at
from sartor.builder.review.under_way import step_said
from sartor.builder.routes import route
from sartor.platform.automation import publishing
from sartor.platform.automation.publishing import LongPublication
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.under_way import UnderWay
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number, span
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Note

SURE = 3
"""Seconds after which it can be said how long the rest takes."""
PART = 50
"""Before so much of the rest is done (a fiftieth), what came before the first record would count for all others."""


def begin(here: Bench, publication: Publication, rollback: int | None = None) -> AnyResponse:
    """A worker does it; here one sees how far it is. rollback: the revision to go back to."""
    told = {"language": here.context.language, "zone": here.context.zone}
    publishing.begin(here.workspace.database, here.set, publication, told, rollback)
    return redirect(url_for("builder.publishing_page"), 303)


@route("/plan/publishing", endpoint="publishing_page")
def publishing_of_set() -> AnyResponse:
    """How far it is. Nothing is done by asking, and whoever leaves may come back."""
    here = bench()
    found, far = _state(here)
    progress = _of_worker(here, found) if found is not None else _of_another(here, far)
    if asks_how_far():
        return so_far(progress, not progress.running)
    if found is not None and found.revision is not None:
        return redirect(published_at(here, found.revision), 303)
    if found is None and far is None:
        return redirect(url_for("builder.plan"), 303)
    return html(ProgressPage(without_review(frame(_("Publishing"), "changes")), progress))


@route("/plan/publishing/stop", methods=["POST"])
def stop_publishing() -> AnyResponse:
    here, publisher = bench(), bench().workspace.publisher
    found, far = _state(here)
    if found is not None and not found.job.is_over:
        publishing.stop(publisher, found.job.id)
    elif far is not None:
        publisher.stop(far.token)
    return redirect(url_for("builder.publishing_page"), 303)


def _state(here: Bench) -> tuple[LongPublication | None, UnderWay | None]:
    """What a worker does or did; else what another one tells: a publication at a time, or by a program."""
    found, far = publishing.newest(here.workspace.publisher, here.set), here.workspace.publisher.under_way
    if far is not None and far.set == here.set and (found is None or found.far is None):
        return None, far
    return found, None


# ---- what a worker does


def _of_worker(here: Bench, found: LongPublication) -> Progress:
    job, far = found.job, found.far
    done, total = (far.done, far.total) if far else (job.progress, job.total or 0)
    if job.is_over:
        done, total = int(job.state == "done"), 1
    return Progress(
        title=_headline(found),
        url=url_for("builder.publishing_page"),
        done=done,
        total=total,
        beside="" if job.is_over else _beside(here, found, done, total),
        running=not job.is_over,
        every=EVERY,
        note=_note(here, found),
        actions=tuple(_actions(found)),
    )


def _headline(found: LongPublication) -> str:
    if found.far is not None:
        return _("It is being published")
    if found.job.state == "running":
        if found.job.progress < (found.job.total or 0):
            return _("Values are being converted")
        return _("It is planned once more, with what is there now")
    done = _("The values are ready; look at the plan once more") if found.is_to_be_looked_at else _("Published.")
    return {
        "waiting": _("It begins in a moment"),
        "done": done,
        "failed": _("Nothing was published."),
        "cancelled": _("Stopped"),
    }[found.job.state]


def _beside(here: Bench, found: LongPublication, done: int, total: int) -> str:
    if not total or done > total:
        return ""
    part = f"{100 * done // total} %"
    if found.far is not None:
        return " · ".join(filter(None, (part, left(found.far.seconds, done, total))))
    part = _("%(done)s of about %(total)s", done=number(done), total=number(total))
    seconds = (here.context.now() - found.job.created_at).total_seconds()
    return " · ".join(filter(None, (part, left(seconds, done, total, found.converted_before))))


def left(seconds: float, done: int, total: int, before: int = 0) -> str:
    """before: what was done when it was begun; that took none of its time."""
    if seconds < SURE or (done - before) * PART < total - before:
        return ""
    return _("about %(time)s left", time=span(max(1, round(seconds * (total - done) / (done - before)))))


def _note(here: Bench, found: LongPublication) -> Note | None:
    job = found.job
    whose = _("Begun by %(name)s, %(when)s.", name=name_of(here, job.owner), when=moment_of(here, job.created_at))
    if found.far is not None:
        return Note(f"{_waiting()} {whose}", lead=step_said(here, found.far, found.back_to) or None)
    if not job.is_over:
        leave = _("You can leave this page: it goes on, and is published when the values are ready.")
        return Note(f"{leave} {whose}" if job.total else whose)
    if found.is_to_be_looked_at:
        said = _("Every value has been tried: the plan says exactly now what would be lost. Nothing is published yet.")
        return Note(said, "warn")
    if job.state == "cancelled":
        return Note(_("Nothing was published; everything is as it was before."))
    return Note(job.message or "", "bad") if job.state == "failed" else None


def _waiting() -> str:
    return _("Whoever saves something waits until it is done; everybody can read.")


def _actions(found: LongPublication) -> Iterator[Action]:
    if not found.job.is_over:
        yield _stop()
    look = "default" if not found.job.is_over else "primary"
    plan = url_for("builder.plan")
    if found.back_to is not None:
        plan = url_for("builder.rollback", number=found.back_to)
    yield Action(text=_("Back to the plan"), url=plan, icon="arrow-left", look=look)


def _stop() -> Action:
    url = url_for("builder.stop_publishing")
    return Action(text=_("Stop"), url=url, method="post", look="danger", icon="player-stop")


# ---- what another one does


def _of_another(here: Bench, far: UnderWay | None) -> Progress:
    """Of what no worker was asked for only its open transaction tells."""
    note = (
        Note(f"{_waiting()} {_('By %(name)s.', name=name_of(here, far.by))}", lead=step_said(here, far) or None)
        if far
        else None
    )
    back = Action(text=_("Back to the plan"), url=url_for("builder.plan"), icon="arrow-left")
    return Progress(
        title=_("It is being published") if far else _("Nothing is being published"),
        url=url_for("builder.publishing_page"),
        done=far.done if far else 0,
        total=far.total if far else 0,
        beside=f"{100 * far.done // far.total} %" if far else "",
        running=far is not None,
        every=EVERY,
        note=note,
        actions=(_stop(), back) if far else (back,),
    )
