"""A job in words and numbers, by its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.model.ids import encode_id
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.import_ import WizardStep
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Link, Note, Table
from sartor.runtime.gate import workspace
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.imports.refused import refused_by, refused_table
from sartor.runtime.pages.imports.steps import TRIAL, WRITE, WRITTEN, steps
from sartor.runtime.pages.imports.transferring import transfers

EVERY = 1000
NAMED = 3
"""Files of one job that are named in its title."""
TOLD = 5
"""Problems of one job that are told; the rest is counted."""
IMPORT, CHECK, UNDO, EXPORT = "import", "import_check", "import_undo", "export"
FILL, CONVERT = "fill", "prepare"
READ, PLAY, SAMPLES = "propose", "scenarios", "samples"
PUBLISH = "publish"


def words() -> Mapping[str, str]:
    return {
        IMPORT: _("Import: %(what)s"),
        CHECK: _("Trial run: %(what)s"),
        UNDO: _("Import taken back: %(what)s"),
        EXPORT: _("Export: %(what)s"),
        FILL: _("Application from spreadsheets: %(what)s"),
        CONVERT: _("Values converted for the change set %(what)s"),
        PUBLISH: _("Published: %(what)s"),
        READ: _("Spreadsheets read: %(what)s"),
        PLAY: _("Scenarios of %(what)s"),
        SAMPLES: _("Sample records of %(what)s taken out"),
    }


def job_title(desk: Desk, job: Job) -> str:
    return words().get(job.kind, "%(what)s") % {"what": _about(desk, job)}


def _about(desk: Desk, job: Job) -> str:
    """What the job is about: the records, the file."""
    given = job.input
    if job.kind == CONVERT:
        return str(given.get("set", ""))
    if job.kind == PUBLISH:
        number = given.get("rollback")
        return str(given["set"]) if number is None else _("Back to revision %(number)s", number=number)
    if job.kind in (PLAY, SAMPLES):
        return str(given.get("blueprint", ""))
    entity, file = (given.get("plan") or {}).get("entity"), ""
    try:
        if "import" in given:
            found = transfers(desk).found(int(given["import"]))
            entity, file = found.entity, found.file
        elif "imports" in given:
            names = dict.fromkeys(transfers(desk).found(int(each)).file for each in given["imports"])
            file = listed([*names][:NAMED])
        elif "files" in given:
            file = listed(workspace().files.get(int(each)).name for each in given["files"][:NAMED])
        elif "file" in given:
            file = workspace().files.get(int(given["file"])).name
    except SartorError:
        return job.kind
    known = desk.model.entities.get(str(entity))
    label = pick(known.plural) if known else str(entity or "")
    return " · ".join(part for part in (label, file) if part)


def state_text(job: Job) -> str:
    return {
        "waiting": _("waits for a worker"),
        "running": _("running"),
        "done": _("done"),
        "failed": _("failed"),
        "cancelled": _("cancelled"),
    }.get(job.state, job.state)


def progress(desk: Desk, job: Job) -> Progress:
    key = encode_id(job.id)
    url = addresses.job(desk.app.name, key)
    result = job.result if isinstance(job.result, dict) else {}
    return Progress(
        title=_headline(job),
        url=f"{url}/progress",
        done=job.progress,
        total=_total(job),
        beside=_beside(job),
        running=not job.is_over,
        every=EVERY,
        note=_note(job, result),
        steps=_steps(desk, job),
        counts=_taken_back(result) if job.kind == UNDO else counts_of(_counts(result)),
        refused=_refused(job, result),
        refused_file=_refused_file(job, key, result),
        actions=tuple(_actions(desk, job, key, url, result)),
    )


def _steps(desk: Desk, job: Job) -> tuple[WizardStep, ...]:
    """Where an import stands; other work has no steps."""
    if job.kind == CHECK:
        file = encode_id(int(job.input["file"]))
        return steps(desk.app.name, str(job.input["plan"]["entity"]), TRIAL, file, encode_id(job.id))
    entity = _entity_of(desk, job) if job.kind == IMPORT else None
    return steps(desk.app.name, entity, WRITTEN if job.state == "done" else WRITE) if entity else ()


def _refused(job: Job, result: Mapping[str, Any]) -> Table | None:
    count = _not_whole(result) if job.kind == IMPORT else 0
    return refused_table(refused_by(workspace().database, int(job.input["import"])), count) if count else None


def _not_whole(result: Mapping[str, Any]) -> int:
    """Rows that were refused, and records that lack something."""
    counts = result.get("counts") or {}
    return int(counts.get("fail", 0)) + int(counts.get("incomplete", 0))


def _headline(job: Job) -> str:
    if job.state == "waiting":
        return _("It begins in a moment")
    if job.state == "running":
        return _("Writing …") if job.kind in (IMPORT, EXPORT) else _("Working …")
    return {"done": _("Done"), "failed": _("It did not work"), "cancelled": _("Stopped")}[job.state]


def _beside(job: Job) -> str:
    total = _total(job)
    if total:
        return _("%(done)s of %(total)s", done=number(min(job.progress, total)), total=number(total))
    return number(job.progress) if job.progress else ""


def _total(job: Job) -> int:
    """How many rows a file has is only guessed until it was read to its end."""
    return (job.progress if job.state == "done" else 0) or job.total or 0


def _note(job: Job, result: Mapping[str, Any]) -> Note | None:
    if job.state == "failed":
        return Note(job.message or "", "bad")
    if job.state == "cancelled" and job.kind == IMPORT:
        return Note(_("What was written until then is there, and can be taken back."), "warn")
    if not job.is_over:
        return Note(_("You can leave this page; the work goes on."))
    problems = result.get("problems") or []
    if problems:
        more = max(int(result.get("refused", 0)), len(problems)) - TOLD
        rest = [ngettext("and %(n)s more", "and %(n)s more", more)] if more > 0 else []
        return Note("; ".join([*problems[:TOLD], *rest]), "warn")
    return None


def _taken_back(result: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What became of the rows of an import that was taken back."""
    if "undone" not in result:
        return ()
    left = int(result.get("refused", 0))
    undone = (_("Taken back"), number(int(result["undone"])), "")
    return (undone, (_("Changed since, left as they are"), number(left), "bad" if left else ""))


def counts_of(counts: Any) -> tuple[tuple[str, str, str], ...]:
    """What became of the rows."""
    if not isinstance(counts, dict):
        return ()
    known = (
        ("create", _("New"), ""),
        ("update", _("Changed"), ""),
        ("skip", _("Left as they are"), ""),
        ("fail", _("Refused"), "bad"),
        ("incomplete", _("Incomplete"), "bad"),
    )
    return tuple(
        (label, number(counts.get(name, 0)), tone if counts.get(name) else "")
        for name, label, tone in known
        if name in counts
    )


def _counts(result: Mapping[str, Any]) -> Any:
    """What became of the rows; of several tables, of all together."""
    if "imports" not in result:
        return result.get("counts")
    together = Counter[str]()
    for each in result["imports"]:
        together.update(each.get("counts") or {})
    return dict(together)


def _refused_file(job: Job, key: str, result: Mapping[str, Any]) -> Link | None:
    refused = _not_whole(result) if job.kind == IMPORT else 0
    return Link(_("Refused rows with reasons"), f"/api/v1/jobs/{key}/errors") if refused and job.is_over else None


def _actions(desk: Desk, job: Job, key: str, url: str, result: Mapping[str, Any]) -> list[Action]:
    found = []
    if not job.is_over:
        found.append(Action(text=_("Stop"), url=f"{url}/cancel", method="post", look="danger", icon="player-stop"))
        return found
    if job.kind == EXPORT and job.state == "done":
        text = _("Download %(name)s", name=str(result.get("name", "")))
        found.append(Action(text=text, url=f"/api/v1/jobs/{key}/file", icon="download", look="primary"))
    if job.kind in (IMPORT, UNDO):
        entity = _entity_of(desk, job)
        if entity:
            found.append(Action(text=_("Show the list"), url=addresses.entity(desk.app.name, entity), look="primary"))
    if job.kind == IMPORT:
        found += _undoing(job, url, result)
    return found


def _undoing(job: Job, url: str, result: Mapping[str, Any]) -> list[Action]:
    counts = result.get("counts") or {}
    found = []
    if counts.get("create") or counts.get("update") or job.state in ("cancelled", "failed"):
        said = _("What the import made goes into the recycle bin; what it changed gets its former values back.")
        found.append(
            Action(text=_("Take it back"), url=f"{url}/undo", method="post", icon="arrow-back-up", confirm=said)
        )
    return found


def _entity_of(desk: Desk, job: Job) -> str | None:
    try:
        return transfers(desk).found(int(job.input["import"])).entity
    except SartorError:
        return None
