"""Imports: upload, look, try, write, and take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.importing.plan import ImportPlan, one_of
from sartor.platform.records.importing.targets import require_import
from sartor.platform.storage.files import StoredFile
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_object
from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.jobs import BEGUN, begun, transfers
from sartor.runtime.api.shapes import ID, TEXT, opened
from sartor.runtime.gate import context, workspace

MIB = 1024 * 1024
LARGEST_FILE = 256 * MIB
STEPS = ("preview", "check", "run")
MAP = {"type": "object", "additionalProperties": TEXT}
PLAN = opened(
    {
        "entity": TEXT,
        "columns": {**MAP, "description": "Column -> field, or `lookup.field`; the sure suggestions when left out."},
        "values": {"type": "object", "description": "Field -> what the file says -> what is meant."},
        "key": {"description": "A field, or a list of fields, that tells which record a row is about."},
        "on_match": {"enum": ["update", "skip", "create"], "default": "update"},
        "encoding": TEXT,
        "delimiter": TEXT,
        "sheet": TEXT,
        "header_row": {"type": "integer", "minimum": 1},
        "dates": {**MAP, "description": "Column -> format, such as `M/D/Y`."},
        "numbers": {**MAP, "description": "Column -> style, such as `1.234,56`."},
        "exact": {"type": "boolean", "description": "The file was exported for transfer."},
        "blanks": {"type": "boolean", "description": "An empty cell clears the field of a record that is there."},
        "migrate": {"type": "boolean", "description": "Write read-only and system fields too."},
    },
    "entity",
)
BODY = opened({"file": ID, "step": {"enum": list(STEPS), "default": "preview"}, "plan": PLAN}, "file", "plan")


@endpoint(api, "POST", "/jobs/import", signed_in, Says(body=BODY, answer=BEGUN, status=202))
def import_records() -> Response:
    """Bring records in. A file comes as multipart (`file`, and `plan` or `entity`) and is answered with its id and a
    preview; the further steps name it: `preview`, `check` (a dry run) and `run`."""
    if request.mimetype == "multipart/form-data":
        return _uploaded()
    body = sent_object()
    step = body.get("step", "preview")
    one_of("step", step, STEPS)
    plan = ImportPlan.from_dict(body.get("plan"))
    require_import(context(), plan)
    file = transfers().staged(decode_id(body.get("file")))
    if step == "preview":
        return _previewed(file, plan, 200)
    if step == "check":
        return begun(transfers().begin_check(file, plan))
    number, job = transfers().begin_import(file, plan)
    return begun(job, **{"import": number})


def _uploaded() -> Response:
    request.max_content_length = LARGEST_FILE
    plan = _sent_plan(request.form)
    require_import(context(), plan)
    sent = request.files.get("file")
    if sent is None:
        said = _("Send the file as the part `file`.")
        raise Invalid(said, [Problem("file", "required", said)])
    name = sent.filename or "file"
    file = workspace().files.put(sent.stream, name, "application/octet-stream", context().actor.id, limit=LARGEST_FILE)
    return _previewed(file, plan, 201)


def _sent_plan(form: Mapping[str, str]) -> ImportPlan:
    if "plan" in form:
        return ImportPlan.from_dict(strict_json(form["plan"].encode()))
    if "entity" not in form:
        raise BadRequest(_("Say which entity the records are to be."))
    return ImportPlan.from_dict({"entity": form["entity"]})


def _previewed(file: StoredFile, plan: ImportPlan, status: int) -> Response:
    """The file and how it would be read. A file that cannot be read (yet) is kept, and its id told."""
    stored: dict[str, Any] = {"file": encode_id(file.id), "name": file.name, "size": file.size}
    try:
        preview = transfers().preview(file, plan).as_dict()
    except Invalid as error:
        said = {"detail": error.message, "errors": [each.as_dict() for each in error.problems], "code": error.code}
        return answer({**stored, "preview": None, "unreadable": said}, status)
    return answer({**stored, "preview": preview}, status)


@endpoint(api, "GET", "/imports/<int:number>", signed_in, Says(answer=opened({"import": {"type": "integer"}})))
def get_import(number: int) -> Response:
    """An import: its file, plan and counts."""
    found = transfers().found(number)
    undone = instant(found.undone_at) if found.undone_at else None
    return answer(
        {
            "import": found.id, "entity": found.entity, "file": found.file, "state": found.state,
            "plan": found.options["plan"], "counts": found.counts, "at": instant(found.at), "undone_at": undone,
        }
    )  # fmt: skip


@endpoint(api, "POST", "/imports/<int:number>/undo", signed_in, Says(answer=BEGUN, status=202))
def undo_import(number: int) -> Response:
    """Take an import back: what it made goes into the recycle bin, what it changed gets its values back."""
    return begun(transfers().begin_undo(number))
