"""The sample records of a blueprint, taken out again in the background by whoever may bring records in."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, ProgressPage, asks_how_far, so_far, stop
from sartor.builder.frame import frame
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.installing.install import installed
from sartor.platform.packaging.samples.waiting import KIND, begin, under_way
from sartor.platform.storage import jobs as rows
from sartor.platform.storage import shipped
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Link, Note

RULE = "/blueprints/<name>/samples"
JOB = f"{RULE}/<job>"


@route(RULE, methods=["POST"])
def take_samples_out(name: str) -> AnyResponse:
    here = _mover()
    job = begin(here.workspace, here.context, name)
    return redirect(url_for("builder.samples_going", name=name, job=encode_id(job)), 303)


@route(JOB, endpoint="samples_going")
def show_going(name: str, job: str) -> AnyResponse:
    here = _mover()
    doing = _job(here, name, job)
    if asks_how_far():
        return so_far(_progress(name, doing), doing.is_over)
    return html(_page(here, name, doing))


@route(f"{JOB}/cancel", methods=["POST"], endpoint="stop_samples_going")
def cancel(name: str, job: str) -> AnyResponse:
    here = _mover()
    doing = _job(here, name, job)
    stop(here, doing)
    return redirect(url_for("builder.samples_going", name=name, job=job), 303)


def taking_out(here: Bench, name: str) -> Iterator[Action]:
    """The button that takes them out, where there are any; the way to look on while that is being done."""
    if not here.context.access.ability("migrate"):
        return
    count = here.workspace.database.run(lambda work: len(shipped.samples(work, name)))
    if doing := under_way(here.workspace, name):
        url = url_for("builder.samples_going", name=name, job=encode_id(doing.id))
        yield Action(text=_("Its sample records are being taken out"), url=url, icon="database")
    elif count:
        yield Action(
            text=ngettext("Take out its sample record", "Take out its %(n)s sample records", count, n=number(count)),
            url=url_for("builder.take_samples_out", name=name),
            method="post",
            icon="database",
            confirm=_("They go into the recycle bin. What your own records need stays."),
        )


def _mover() -> Bench:
    """:raises Forbidden: for whoever may not move records in and out."""
    here = bench()
    here.context.access.require_ability("migrate")
    return here


def _job(here: Bench, name: str, key: str) -> Job:
    doing = rows.get(here.workspace.database, decode_id(key))
    if doing is None or doing.kind != KIND or doing.input["blueprint"] != name:
        raise NotFound(_("There is no such job."))
    return doing


def _page(here: Bench, name: str, job: Job) -> ProgressPage:
    known = next((each for each in installed(here.published) if each.name == name), None)
    title = pick(known.label) if known else name
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(title, url_for("builder.blueprint", name=name)),
    )
    top = frame(_("Sample records of %(what)s", what=title), "blueprints", trail=trail)
    return ProgressPage(top, _progress(name, job))


def _progress(name: str, job: Job) -> Progress:
    beside = _("%(done)s of %(total)s", done=number(job.progress), total=number(job.total)) if job.total else ""
    return Progress(
        title=_headline(job),
        url=url_for("builder.samples_going", name=name, job=encode_id(job.id)),
        done=job.progress,
        total=job.total or 0,
        beside=beside,
        running=not job.is_over,
        every=EVERY,
        note=_note(job),
        actions=(_action(name, job),),
    )


def _headline(job: Job) -> str:
    return {
        "waiting": _("It begins in a moment"),
        "running": _("The sample records are being taken out …"),
        "done": _("The sample records are in the recycle bin"),
        "failed": _("It did not work"),
        "cancelled": _("Stopped"),
    }[job.state]


def _note(job: Job) -> Note | None:
    if not job.is_over:
        return Note(_("You can leave this page; the work goes on."))
    if job.state == "cancelled":
        return Note(_("What went until then is in the recycle bin; the rest is there and can be taken out later."))
    if job.state == "failed":
        return Note(job.message or "", "bad")
    stay = job.result["stay"]
    said = ngettext(
        "%(n)s of them stays: your own records need it.", "%(n)s of them stay: your own records need them.", stay
    )
    return Note(said, "warn") if stay else None


def _action(name: str, job: Job) -> Action:
    if job.is_over:
        back = url_for("builder.blueprint", name=name)
        return Action(text=_("Back to the blueprint"), url=back, icon="arrow-left")
    url = url_for("builder.stop_samples_going", name=name, job=encode_id(job.id))
    return Action(text=_("Stop"), url=url, method="post", look="danger", icon="player-stop")
