"""How far the reading of long spreadsheets is; it leads to what is proposed, and can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, asks_how_far, so_far, stop
from sartor.builder.frame import Frame
from sartor.builder.pages.from_files import RULE, top
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.sheets.steps import FILES, steps
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.sheets.waiting import KIND
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.import_ import WizardStep
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Note

JOB = f"{RULE}/reading/<job>"


@dataclass(frozen=True, slots=True)
class ReadingPage:
    template: ClassVar[str] = "build/from_files_reading.html"

    frame: Frame
    steps: tuple[WizardStep, ...]
    progress: Progress


@route(JOB, endpoint="reading")
def show_reading(job: str) -> AnyResponse:
    found = _job(bench(), job)
    if asks_how_far():
        return so_far(_progress(found, job), found.is_over)
    if found.state == "done":
        return redirect(url_for("builder.proposal", proposal=encode_id(int(found.result["proposal"]))), 303)
    return html(ReadingPage(top(_("App from spreadsheets")), steps(FILES), _progress(found, job)))


@route(f"{JOB}/cancel", methods=["POST"], endpoint="cancel_reading")
def cancel(job: str) -> AnyResponse:
    here = bench()
    found = _job(here, job)
    stop(here, found)
    return redirect(url_for("builder.reading", job=job), 303)


def _job(here: Bench, key: str) -> Job:
    """:raises NotFound: for another's, in the same words as for none."""
    found = rows.get(here.workspace.database, decode_id(key))
    if found is None or found.kind != KIND or found.owner != here.context.actor.id:
        raise NotFound(_("There is no such job."))
    return found


def _progress(job: Job, key: str) -> Progress:
    titles = {
        "waiting": _("It begins in a moment"), "running": _("Looking through the files …"),
        "done": _("The files were read"), "failed": _("It did not work"), "cancelled": _("Stopped"),
    }  # fmt: skip
    return Progress(
        title=titles[job.state],
        url=url_for("builder.reading", job=key),
        done=job.progress,
        total=0,
        beside=_("%(n)s rows", n=number(job.progress)) if job.progress else "",
        running=not job.is_over,
        every=EVERY,
        note=_note(job),
        actions=(_action(job, key),),
    )


def _note(job: Job) -> Note | None:
    if job.state == "failed":
        return Note(job.message or "", "bad")
    return None if job.is_over else Note(_("You can leave this page; the work goes on."))


def _action(job: Job, key: str) -> Action:
    if job.is_over:
        return Action(text=_("Choose other files"), url=url_for("builder.from_files"), icon="file-spreadsheet")
    url = url_for("builder.cancel_reading", job=key)
    return Action(text=_("Stop"), url=url, method="post", look="danger", icon="player-stop")
