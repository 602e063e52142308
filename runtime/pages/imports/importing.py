"""Importing, step by step: the file, its columns, a trial run with the values that were not found, then the writing."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.files.encoding import UnsureEncoding
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.targets import require_import
from sartor.platform.storage.files import StoredFile
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.job import JobPage
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.imports.columns import guessed
from sartor.runtime.pages.imports.form import plan_of, with_meanings
from sartor.runtime.pages.imports.job_progress import CHECK, progress
from sartor.runtime.pages.imports.pages import (
    columns_page,
    entity_link,
    file_page,
    reading_page,
    sample_table,
    trial_page,
)
from sartor.runtime.pages.imports.transferring import job_of, transfers
from sartor.runtime.pages.imports.trials import Trial, trial_of
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import shell

RULE = "/app/<app>/<entity>/r/import"
FILE = f"{RULE}/<file>"
LARGEST_FILE = 256 * 1024 * 1024


def start(desk: Desk, entity: str) -> ImportPlan:
    """The plan that nobody has said anything about yet.

    :raises Forbidden: for whom such records may not be brought in by.
    """
    plan = ImportPlan(entity=desk.entity(entity).name)
    require_import(desk.context, plan)
    return plan


@route(pages, RULE, signed_in, methods=["GET"])
def choose_file(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    start(here, entity)
    return html(file_page(here, here.entity(entity)))


@route(pages, RULE, signed_in, methods=["POST"], endpoint="upload_file", largest=LARGEST_FILE)
def upload(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    start(here, entity)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return html(file_page(here, here.entity(entity), _("Choose a file first.")), 422)
    kind = "application/octet-stream"
    file = workspace().files.put(sent.stream, sent.filename, kind, here.context.actor.id, limit=LARGEST_FILE)
    encoding = request.form.get("encoding") or None
    url = addresses.of_entity(app, entity, f"import/{encode_id(file.id)}", encoding=encoding)
    return see(url)


@route(pages, FILE, signed_in, methods=["GET"])
def match_columns(app: str, entity: str, file: str) -> AnyResponse:
    here = desk(app)
    tried = request.args.get("trial")
    plan = _trial(here, entity, file, tried).plan if tried else _begun(here, entity)
    return _columns(here, plan, transfers(here).staged(decode_id(file)))


@route(pages, FILE, signed_in, methods=["POST"], endpoint="try_import")
def try_out(app: str, entity: str, file: str) -> AnyResponse:
    """Begin a trial run with the columns as they are matched."""
    here = desk(app)
    plan, stored = _begun(here, entity), transfers(here).staged(decode_id(file))
    try:
        columns = transfers(here).table(stored, plan).columns
        plan = plan_of(plan, columns, request.form)
        job = transfers(here).begin_check(stored, plan)
    except Invalid as refused:
        return _columns(here, plan, stored, refused)
    return see(addresses.of_entity(app, entity, f"import/{file}/trial/{encode_id(job)}"))


@route(pages, f"{FILE}/preview", signed_in, methods=["POST"])
def preview_rows(app: str, entity: str, file: str) -> AnyResponse:
    """The first rows as the columns are matched now: a fragment."""
    here = desk(app)
    stored = transfers(here).staged(decode_id(file))
    table = transfers(here).table(stored, _begun(here, entity))
    plan = plan_of(_begun(here, entity), table.columns, request.form)
    shown = sample_table(here, here.entity(entity), transfers(here).preview(stored, plan))
    return html(shown, template="fragments/import_preview.html")


@route(pages, f"{FILE}/reading", signed_in, methods=["POST"])
def read_again(app: str, entity: str, file: str) -> AnyResponse:
    """The same file, read in another encoding."""
    start(desk(app), entity)
    encoding = request.form.get("encoding") or None
    return see(addresses.of_entity(app, entity, f"import/{file}", encoding=encoding))


def _begun(desk: Desk, entity: str) -> ImportPlan:
    """What the address and the form say of how the file is read."""
    values = request.values
    plan = start(desk, entity)
    return ImportPlan(entity=plan.entity, encoding=values.get("encoding") or None, sheet=values.get("sheet") or None)


def _columns(desk: Desk, plan: ImportPlan, file: StoredFile, refused: Invalid | None = None) -> AnyResponse:
    entity = desk.entity(plan.entity)
    try:
        preview = transfers(desk).preview(file, plan)
        if plan.columns is None:
            plan = guessed(entity, plan, preview)
            preview = transfers(desk).preview(file, plan)
    except UnsureEncoding as question:
        return html(reading_page(desk, entity, file, plan, question))
    except Invalid as unreadable:
        return html(reading_page(desk, entity, file, plan, unreadable), 422)
    return html(columns_page(desk, entity, (file, plan, preview), refused), 422 if refused else 200)


# ---- the trial run


@route(pages, f"{FILE}/trial/<job>", signed_in, methods=["GET"])
def show_trial(app: str, entity: str, file: str, job: str) -> AnyResponse:
    """How far the trial is; when it is over, what it found."""
    here = desk(app)
    trial = _trial(here, entity, file, job)
    if not trial.job.is_over:
        title = _("Import: %(label)s", label=pick(trial.entity.plural))
        bar = TitleBar(title=title, beside=trial.file.name, back=entity_link(here, trial.entity))
        return html(JobPage(shell(here, title, f"entity/{entity}"), bar, progress(here, trial.job)))
    return html(trial_page(here, trial))


@route(pages, f"{FILE}/trial/<job>", signed_in, methods=["POST"], endpoint="write_import")
def write(app: str, entity: str, file: str, job: str) -> AnyResponse:
    """Write what was tried; or, with what values mean that were not found, try once more."""
    here = desk(app)
    trial = _trial(here, entity, file, job)
    if request.form.get("act") == "write":
        _number, begun = transfers(here).begin_import(trial.file, trial.plan)
        return see(addresses.job(app, encode_id(begun)))
    plan = with_meanings(trial.plan, trial.misses, request.form)
    again = transfers(here).begin_check(trial.file, plan)
    return see(addresses.of_entity(app, entity, f"import/{file}/trial/{encode_id(again)}"))


def _trial(desk: Desk, entity: str, file: str, job: str) -> Trial:
    start(desk, entity)
    stored = transfers(desk).staged(decode_id(file))
    return trial_of(desk.entity(entity), stored, job_of(desk, job), CHECK)
