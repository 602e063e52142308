"""The plan of an application from spreadsheets, publishing it with its data, and how far the data is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, asks_how_far, so_far, stop
from sartor.builder.frame import Frame
from sartor.builder.pages.from_files import ONE, RULE, desk_of, kept, top
from sartor.builder.pages.plan import PlanPage, plan_page, without_review
from sartor.builder.pages.publishing import publication, refusal
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.sheets.begun import data_url, may_fill
from sartor.builder.sheets.steps import DATA, PLAN, steps
from sartor.platform.errors import NotFound, SartorError
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.sheets.begun import FILLING, PUBLISHED, begun_as, require_first
from sartor.platform.packaging.sheets.documents import left_closed
from sartor.platform.packaging.sheets.filling import KIND, begin
from sartor.platform.packaging.sheets.proposal import Proposal
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.ledger import Import
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.import_ import WizardStep
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Empty, Note
from sartor.platform.work import Work

JOB = f"{RULE}/data/<job>"


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingPlanPage:
    """about: what is imported when it is published, and what its role leaves closed."""

    template: ClassVar[str] = "build/from_files_plan.html"

    frame: Frame
    steps: tuple[WizardStep, ...]
    planned: PlanPage
    about: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """One import. counts: new, refused; errors_url: the refused rows with their reasons."""

    label: str
    file: str
    state: str
    new: str
    refused: str
    errors_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingPage:
    template: ClassVar[str] = "build/from_files_data.html"

    frame: Frame
    steps: tuple[WizardStep, ...]
    progress: Progress
    tables: tuple[Filled, ...]


@route(f"{ONE}/plan", endpoint="filling_plan")
def show_plan(proposal: str) -> Response:
    here = bench()
    return html(_plan_page(here, kept(here, proposal), proposal))


def _plan_page(here: Bench, proposal: Proposal, key: str, *notes: Note, note: str = "") -> FillingPlanPage:
    planned = plan_page(here, *notes, note=note or _("Made from spreadsheets: %(label)s", label=pick(proposal.label)))
    url = url_for("builder.publish_filling", proposal=key)
    return FillingPlanPage(
        frame=without_review(top(pick(proposal.label))),
        steps=steps(PLAN, key),
        planned=replace(
            planned,
            publish_url=url,
            button=_("Publish with the data"),
            empty=planned.empty and (_published(here, key) or planned.empty),
        ),
        about=(_about(here, proposal), *_closed(here, proposal)),
    )


def _published(here: Bench, key: str) -> Empty | None:
    """Where there is nothing to publish any more: what became of the data, or how it comes in now."""
    found = begun_as(desk_of(here), decode_id(key), here.published, here.documents)
    if found.job is not None and found.state == FILLING:
        there = Action(text=_("See what came in"), url=data_url(found), look="primary")
        return Empty(title=_("It is published, with its data"), icon="circle-check", actions=(there,))
    if found.state != PUBLISHED:
        return None
    url = url_for("builder.fill", proposal=key)
    now = Action(text=_("Bring the data in"), url=url, method="post", look="primary", icon="file-spreadsheet")
    never = Action(text=_("Leave it out"), url=url_for("builder.forget_proposal", proposal=key), method="post")
    return Empty(
        title=_("It is published, but its data is not in yet"),
        text=_about(here, found.proposal, published=True).text,
        icon="file-spreadsheet",
        actions=(now, never) if may_fill(here.context) else (),
    )


def _about(here: Bench, proposal: Proposal, *, published: bool = False) -> Note:
    if not may_fill(here.context):
        return Note(
            _("You may design, but not bring records in; an administrator imports the data afterwards."), "warn"
        )
    count = number(sum(each.rows for each in proposal.taken))
    if published:
        return Note(_("%(n)s rows of the spreadsheets wait to be imported.", n=count))
    return Note(_("%(n)s rows are imported right after it is published; you can leave the page meanwhile.", n=count))


def _closed(here: Bench, proposal: Proposal) -> Iterator[Note]:
    """A role opens only what was made with it: that is said where it points to something else."""
    names = [pick(here.published[f"entity/{each}"].get("plural")) or each for each in left_closed(proposal)]
    if names and may_fill(here.context):
        said = _("The new role does not open %(names)s, to which these tables point: whoever has no other role for "
                 "them sees no names there and chooses none.", names=listed(names))  # fmt: skip
        yield Note(said, "warn")


@route(f"{ONE}/publish", methods=["POST"], endpoint="publish_filling")
def publish(proposal: str) -> AnyResponse:
    """Publish the change set and write the imports down, both or neither."""
    here = bench()
    found = kept(here, proposal)
    begun: list[int] = []
    said = publication(here)
    try:
        here.workspace.publisher.publish(
            replace(said, also=lambda work: begun.extend(_begin(here, found, work))), here.set
        )
    except Preparing:
        return redirect(url_for("builder.preparing_page"), 303)
    except SartorError as error:
        return html(_plan_page(here, found, proposal, refusal(error), note=said.note), 409)
    if not begun:
        return redirect(url_for("builder.overview"), 303)
    return redirect(url_for("builder.filling", job=encode_id(begun[-1]), app=found.name), 303)


@route(f"{ONE}/data", methods=["POST"])
def fill(proposal: str) -> AnyResponse:
    """Bring the data of what was published without it, once."""
    here = bench()
    found = begun_as(desk_of(here), decode_id(proposal), here.published, here.documents)
    if found.state != PUBLISHED or not may_fill(here.context):
        return redirect(url_for("builder.filling_plan", proposal=proposal), 303)
    return redirect(data_url(replace(found, job=_job(here, encode_id(_fill_once(here, found.proposal))))), 303)


def _fill_once(here: Bench, proposal: Proposal) -> int:
    def begin_it(work: Work) -> int:
        (job,) = _begin(here, proposal, work)
        require_first(work, job, proposal)
        return job

    return here.workspace.database.run(begin_it)


def _begin(here: Bench, proposal: Proposal, work: Work) -> Iterator[int]:
    if may_fill(here.context):
        desk, context = desk_of(here), here.context
        for each in proposal.taken:
            desk.mine(each.file)
        told = {"language": context.language, "zone": context.zone}
        yield begin(here.workspace.database, work, proposal, context.actor.id, told)


# ---- how far it is


@route(JOB, endpoint="filling")
def show_filling(job: str) -> Response:
    here = bench()
    found = _job(here, job)
    page = _page(here, found, job)
    return so_far(page, found.is_over, "build/parts/filling.html") if asks_how_far() else html(page)


@route(f"{JOB}/cancel", methods=["POST"], endpoint="cancel_filling")
def cancel(job: str) -> AnyResponse:
    here = bench()
    found = _job(here, job)
    stop(here, found)
    return redirect(url_for("builder.filling", job=job, app=request.args.get("app")), 303)


def _job(here: Bench, key: str) -> Job:
    """:raises NotFound: for another's, in the same words as for none."""
    found = rows.get(here.workspace.database, decode_id(key))
    mine = found is not None and (found.owner == here.context.actor.id or here.context.access.rights.complete)
    if found is None or not mine or found.kind != KIND:
        raise NotFound(_("There is no such job."))
    return found


def _page(here: Bench, job: Job, key: str) -> FillingPage:
    imports = [ledger.get(here.workspace.database, int(each)) for each in job.input["imports"]]
    tables = tuple(_filled(here, each, job, done) for each, done in zip(imports, _done(job), strict=True))
    return FillingPage(
        frame=top(_("Bringing the data in")),
        steps=steps(DATA),
        progress=_progress(here, job, key),
        tables=tables,
    )


def _done(job: Job) -> Iterator[int]:
    """Of each table the rows that were read: one comes after the other."""
    left = job.progress
    for expected in map(int, job.input["rows"]):
        yield max(0, left)
        left -= expected


def _filled(here: Bench, each: Import, job: Job, done: int) -> Filled:
    """done: its rows that were read by now, with those of all behind it."""
    counts = each.counts or (ledger.counts(here.workspace.database, each.id) if job.is_over else {})
    refused = int(counts.get("fail", 0)) + int(counts.get("incomplete", 0))
    entity = here.documents.get(f"entity/{each.entity}", {})
    stopped = dict.fromkeys(("cancelled", "failed"), _("not finished"))
    begun = _("%(n)s rows so far", n=number(done)) if done else _("waiting")
    states = {"running": _("not finished") if job.is_over else begun, "done": _("done"), **stopped}
    return Filled(
        label=pick(entity.get("plural") or entity.get("label")) or each.entity,
        file=each.file,
        state=states.get(each.state, each.state),
        new=number(int(counts.get("create", 0))) if counts else "",
        refused=number(refused) if refused else "",
        errors_url=f"/api/v1/imports/{each.id}/errors" if refused else None,
    )


def _progress(here: Bench, job: Job, key: str) -> Progress:
    titles = {
        "waiting": _("It begins in a moment"), "running": _("Bringing the data in …"), "done": _("The data is in"),
        "failed": _("It did not work"), "cancelled": _("Stopped"),
    }  # fmt: skip
    app, total = request.args.get("app", ""), job.total or sum(int(each) for each in job.input["rows"])
    return Progress(
        title=titles[job.state],
        url=url_for("builder.filling", job=key, app=app),
        done=total if job.state == "done" else job.progress,
        total=total,
        beside=_beside(job, total),
        running=not job.is_over,
        every=EVERY,
        note=_note(job),
        actions=tuple(_actions(here, job, key)),
    )


def _beside(job: Job, total: int) -> str:
    """How many rows; of how many, about, until it is known."""
    if job.state == "done":
        return _("%(n)s rows", n=number(job.progress))
    return _("%(done)s of about %(total)s", done=number(min(job.progress, total)), total=number(total))


def _note(job: Job) -> Note | None:
    if job.state == "failed":
        return Note(job.message or "", "bad")
    if job.state == "cancelled":
        return Note(
            _("What was written until then is there. Rolling back takes the whole application out again."), "warn"
        )
    return None if job.is_over else Note(_("You can leave this page; the work goes on."))


def _actions(here: Bench, job: Job, key: str) -> Iterator[Action]:
    app = request.args.get("app", "")
    if not job.is_over:
        url = url_for("builder.cancel_filling", job=key, app=app)
        yield Action(text=_("Stop"), url=url, method="post", look="danger", icon="player-stop")
        return
    if f"app/{app}" in here.published:
        yield Action(text=_("Open the application"), url=f"/app/{app}", look="primary", icon="arrow-right")
        yield Action(text=_("Design it further"), url=url_for("builder.app", name=app), icon="layout-sidebar")
    yield Action(text=_("Revisions"), url=url_for("builder.revisions"), icon="history")
