"""Long work: how far it is, what came of it, how it is stopped or taken back."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model.ids import encode_id
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import moment
from sartor.platform.ui.pages.job import JobPage, JobsPage
from sartor.platform.ui.pages.parts import Cell, Head, Link, Table
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route, workspace
from sartor.runtime.handlers import cancel
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.imports.job_progress import job_title, progress, state_text
from sartor.runtime.pages.imports.transferring import job_of, transfers
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import shell

ALL = "/app/<app>/-/jobs"
ONE = f"{ALL}/<job>"


@route(pages, ALL, signed_in, methods=["GET"])
def list_jobs(app: str) -> AnyResponse:
    here = desk(app)
    title = _("Long work")
    owner = here.context.actor.id
    found = rows.latest(workspace().database, owner) if owner else []
    heads = (Head(_("What")), Head(_("State")), Head(_("Begun")))
    table = Table(title, heads, tuple(_row(here, each) for each in found))
    return html(JobsPage(shell(here, title), TitleBar(title=title), table, _("You have not begun any long work yet.")))


def _row(desk: Desk, job: Job) -> tuple[Cell, ...]:
    url = addresses.job(desk.app.name, encode_id(job.id))
    begun = moment(job.created_at, desk.zone, desk.now)
    return Cell(text=job_title(desk, job), href=url), Cell(text=state_text(job)), Cell(text=begun)


@route(pages, ONE, signed_in, methods=["GET"])
def show_job(app: str, job: str) -> AnyResponse:
    here = desk(app)
    found = job_of(here, job)
    title = job_title(here, found)
    back = Link(_("Long work"), addresses.jobs(app))
    return html(JobPage(shell(here, title), TitleBar(title=title, back=back), progress(here, found)))


@route(pages, f"{ONE}/progress", signed_in, methods=["GET"])
def show_progress(app: str, job: str) -> Response:
    """The fragment that the page asks for again and again; what is over sends the page on where it leads."""
    here = desk(app)
    found = job_of(here, job)
    response = html(progress(here, found))
    if found.is_over:
        response.headers["HX-Refresh"] = "true"
    return response


@route(pages, f"{ONE}/cancel", signed_in, methods=["POST"])
def cancel_job(app: str, job: str) -> AnyResponse:
    here = desk(app)
    cancel(workspace(), job_of(here, job).id)
    return see(addresses.job(app, job))


@route(pages, f"{ONE}/undo", signed_in, methods=["POST"])
def undo_import(app: str, job: str) -> AnyResponse:
    """Take back what an import wrote: another job."""
    here = desk(app)
    found = job_of(here, job)
    undoing = transfers(here).begin_undo(int(found.input["import"]))
    return see(addresses.job(app, encode_id(undoing)))
