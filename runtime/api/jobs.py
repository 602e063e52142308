"""Long work: jobs as somebody began them, how far they are, and what they made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.automation import publishing
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.importing.errors import write_errors
from sartor.platform.records.importing.ledger import Import
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_object
from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import COUNT, ID, TEXT, listed, nullable, opened
from sartor.runtime.gate import context, workspace
from sartor.runtime.handlers import TYPES, cancel, jobs_of
from sartor.runtime.transfers import ADMINISTER, Transfers

JOBS = "/jobs"
JOB = f"{JOBS}/<job>"
CHUNK = 256 * 1024
TOLD = opened(
    {
        "id": ID,
        "kind": {
            "enum": [
                "import", "import_check", "import_undo", "export", "fill", "prepare", "propose", "publish", "samples",
                "scenarios",
            ],
        },
        "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
        "progress": COUNT,
        "total": nullable(COUNT),
        "message": nullable(TEXT),
        "result": {"description": "What came of it; for an import how many rows came to what."},
        "created_at": TEXT,
        "ended_at": nullable(TEXT),
    },
    "id", "kind", "state", "progress",
)  # fmt: skip
BEGUN = opened({"job": ID, "import": {"type": "integer"}}, "job")
EXPORT = opened(
    {
        "entity": TEXT,
        "purpose": {"enum": ["spreadsheet", "transfer"], "default": "spreadsheet"},
        "format": {"enum": ["csv", "xlsx"], "default": "csv"},
        "condition": {**TEXT, "description": "A filter in the expression language."},
        "sort": TEXT,
        "paths": {**TEXT, "description": "Fields and paths, `name,account.name`."},
        "deleted": {"type": "boolean"},
    },
    "entity",
)


def transfers() -> Transfers:
    return Transfers(workspace(), jobs_of(workspace()), context())


def mine(job: str) -> Job:
    """A job of the asker's own; an administrator sees all.

    :raises NotFound: for another's, in the same words as for none.
    """
    asker = context()
    owner = None if asker.access.ability(ADMINISTER) else asker.actor.id or 0
    return jobs_of(workspace()).get(decode_id(job), owner)


def told(job: Job) -> dict[str, Any]:
    result = job.result
    if isinstance(result, dict) and "file" in result:
        result = {**result, "file": f"jobs/{encode_id(job.id)}/file"}
    done, total, message = _far(job)
    return {
        "id": encode_id(job.id), "kind": job.kind, "state": job.state, "progress": done, "total": total,
        "message": message, "result": result if job.is_over else None, "cancel": job.cancel,
        "created_at": instant(job.created_at), "ended_at": instant(job.ended_at) if job.ended_at else None,
    }  # fmt: skip


def _far(job: Job) -> tuple[int, int | None, str | None]:
    """How far it is. Of a publication whose transaction is open that is told beside it."""
    found = publishing.told(workspace().publisher, job) if job.kind == publishing.KIND else None
    if found is None or found.far is None:
        return job.progress, job.total, job.message
    return found.far.done, found.far.total, found.far.now


def begun(job: int, **more: Any) -> Response:
    """202: it is written down and will be done."""
    made = encode_id(job)
    return answer({"job": made, **more}, 202, headers={"Location": f"/api/v1{JOBS}/{made}"})


@endpoint(api, "GET", JOBS, signed_in, Says(answer=listed(TOLD)))
def list_jobs() -> Response:
    """One's own jobs, the newest first."""
    owner = context().actor.id
    return answer({"data": [told(each) for each in rows.latest(workspace().database, owner)] if owner else []})


@endpoint(api, "GET", JOB, signed_in, Says(answer=TOLD))
def get_job(job: str) -> Response:
    """How far a job is, and what came of it."""
    return answer(told(mine(job)))


@endpoint(api, "POST", f"{JOB}/cancel", signed_in, Says(answer=TOLD))
def cancel_job(job: str) -> Response:
    """Stop a job at its next step; what an import wrote so far stays, and can be undone."""
    found = mine(job)
    cancel(workspace(), found.id)
    return answer(told(mine(job)))


@endpoint(api, "POST", f"{JOBS}/export", signed_in, Says(body=EXPORT, answer=BEGUN, status=202))
def export_records() -> Response:
    """Begin an export; its file is at `jobs/{job}/file` when it is done."""
    return begun(transfers().begin_export(ExportPlan.from_dict(sent_object())))


@endpoint(api, "GET", f"{JOB}/file", signed_in, Says(answer={"description": "The file."}))
def get_job_file(job: str) -> Response:
    """The file that an export made. Whoever may not export these records any more does not get it."""
    found = mine(job)
    result = found.result if isinstance(found.result, dict) else {}
    if found.kind != "export" or found.state != "done":
        raise Conflict(_("This job has no file (yet)."))
    context().access.require(Operation.EXPORT, found.input["plan"]["entity"])
    file = workspace().files.get(int(result["file"]))
    return attachment(_chunks(workspace().files.path(file)), file.name, file.type)


@endpoint(api, "GET", f"{JOB}/errors", signed_in, Says(answer={"description": "The refused rows, as CSV."}))
def get_job_errors(job: str) -> Response:
    """The rows that an import refused, each with its reasons: corrected, the file can be imported again."""
    found = mine(job)
    if found.kind != "import":
        raise NotFound(_("Only an import has refused rows."))
    return _errors(transfers().found(int(found.input["import"])))


@endpoint(api, "GET", "/imports/<int:number>/errors", signed_in, Says(answer={"description": "Refused rows, as CSV."}))
def get_import_errors(number: int) -> Response:
    """The rows that an import refused, each with its reasons."""
    return _errors(transfers().found(number))


def _errors(made: Import) -> Response:
    context().access.require(Operation.IMPORT, made.entity)
    file = workspace().files.get(made.stored_file)
    table = transfers().table(file, made.plan)
    with workspace().files.scratch() as path:
        target = path.with_suffix(".csv")
        try:
            write_errors(workspace().database, made.id, table, target)
            lines = _chunks(target)
            first = next(lines, b"")
        finally:
            target.unlink(missing_ok=True)
    return attachment(_after(first, lines), f"{Path(file.name).stem}-errors.csv", TYPES["csv"])


def attachment(chunks: Iterator[bytes], name: str, kind: str) -> Response:
    """A download: never shown in the browser, whatever it holds."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._- ") else "_" for char in name)
    return Response(
        chunks,
        mimetype=kind,
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"},
    )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while data := stream.read(CHUNK):
            yield data


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """A file that is open already is read on although its name is gone."""
    yield first
    yield from rest
