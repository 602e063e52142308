"""What each kind of long job does, by kind. Each can be called again after a crash and goes on where it was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.automation import converting, publishing
from sartor.platform.automation.jobs import Handler, Jobs, Running
from sartor.platform.fields.clock import use_zone
from sartor.platform.packaging.samples.waiting import KIND as SAMPLES
from sartor.platform.packaging.samples.waiting import taken_out
from sartor.platform.packaging.scenarios.waiting import KIND as PLAY
from sartor.platform.packaging.scenarios.waiting import played
from sartor.platform.packaging.sheets.filling import KIND as FILL
from sartor.platform.packaging.sheets.waiting import KIND as PROPOSE
from sartor.platform.packaging.sheets.waiting import proposed
from sartor.platform.records.exporting.exporter import Exporter
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.check import Check
from sartor.platform.records.importing.importer import Importer
from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.undo import Undo
from sartor.platform.records.writer import Writer
from sartor.platform.text import use_language
from sartor.platform.workspace import Workspace
from sartor.runtime.transfers import acting_as

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def handlers(workspace: Workspace) -> Mapping[str, Handler]:
    """The handlers of a workspace's jobs."""
    kinds = {
        "import": run_import, "import_check": run_check, "import_undo": run_undo, "export": run_export, FILL: run_fill,
        converting.KIND: run_conversion, publishing.KIND: run_publication, PROPOSE: run_proposal, PLAY: run_scenarios,
        SAMPLES: run_samples,
    }  # fmt: skip
    return {kind: partial(handler, workspace) for kind, handler in kinds.items()}


def jobs_of(workspace: Workspace) -> Jobs:
    return Jobs(workspace.database, handlers(workspace))


def cancel(workspace: Workspace, number: int) -> None:
    """Stop a job at its next step. A publication is told so where it hears it while its transaction is open."""
    found = jobs_of(workspace).get(number)
    if found.kind == publishing.KIND:
        publishing.stop(workspace.publisher, number)
    else:
        jobs_of(workspace).cancel(number)


def run_import(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Write the rows that are not in the books yet."""
    found = ledger.get(workspace.database, int(running.job.input["import"]))
    file = workspace.files.get(found.stored_file)
    acting = _acting(workspace, running)
    table = open_file(workspace.files.path(file), file.name, found.plan)
    counts = Importer(workspace.database, acting, found, table).run(running.progress)
    return {"import": found.id, "counts": counts, "warnings": [problem.message for problem in table.warnings]}


def run_fill(workspace: Workspace, running: Running) -> dict[str, Any]:
    """One import after the other, in the order in which they name one another's records."""
    done, rows = 0, [int(each) for each in running.job.input["rows"]]
    total, counts = sum(rows), []
    for number, expected in zip(running.job.input["imports"], rows, strict=True):
        found = ledger.get(workspace.database, int(number))
        file, acting = workspace.files.get(found.stored_file), _acting(workspace, running)
        table = open_file(workspace.files.path(file), file.name, found.plan)

        def tell(at: int, _of: int | None, before: int = done) -> None:
            running.progress(before + at, max(total, before + at))

        counts.append({"import": found.id, "counts": Importer(workspace.database, acting, found, table).run(tell)})
        done += expected
    return {"imports": counts}


def run_proposal(workspace: Workspace, running: Running) -> dict[str, str]:
    """Look through spreadsheets and propose what they could become."""
    _writer, context = _acting(workspace, running)()
    return {"proposal": str(proposed(workspace, context, running.job.input, running.progress))}


def run_check(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Try an import; nothing is kept."""
    plan = ImportPlan.from_dict(running.job.input["plan"])
    file = workspace.files.get(int(running.job.input["file"]))
    acting = _acting(workspace, running)
    table = open_file(workspace.files.path(file), file.name, plan)
    return Check(workspace.database, acting, plan, table).run(running.progress).as_dict()


def run_undo(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Take an import back."""
    found = ledger.get(workspace.database, int(running.job.input["import"]))
    result = Undo(workspace.database, _acting(workspace, running), found).run(running.progress)
    problems = [problem.message for problem in result.problems]
    return {"import": found.id, "undone": result.undone, "refused": result.refused, "problems": problems}


def run_export(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Write a file; from the beginning again after a crash, since half a file is none."""
    _writer, context = _acting(workspace, running)()
    here = workspace.serving(context.model.revision)
    plan = ExportPlan.from_dict(running.job.input["plan"])
    exporter = Exporter(workspace.database, here.reader, here.names.of(context), context, plan)
    with workspace.files.scratch() as path:
        written = exporter.to_path(path, running.progress)
        file = workspace.files.adopt(path, exporter.name(), TYPES[plan.format], running.job.owner)
    return {"file": str(file.id), "name": file.name, "size": file.size, **written.as_dict()}


def run_scenarios(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Play the scenarios of a blueprint in a workspace that is gone afterwards; from the beginning after a crash."""
    _writer, context = _acting(workspace, running)()
    context.access.require_ability("design")
    return {"data": played(workspace, running.job.input, running.progress)}


def run_samples(workspace: Workspace, running: Running) -> dict[str, int]:
    """Take the sample records of a blueprint out; what went before a crash counts as done."""
    acting, before = _acting(workspace, running), running.job.total or 0

    def tell(done: int, total: int) -> None:
        acting()[1].access.require_ability("migrate")
        gone = max(0, before - total)
        running.progress(gone + done, gone + total)

    acting()[1].access.require_ability("migrate")
    return taken_out(workspace, running.job.input, tell)


def run_conversion(workspace: Workspace, running: Running) -> dict[str, int]:
    """Convert values of big tables before a change set is published."""
    acting = _acting(workspace, running)
    return converting.convert(workspace.publisher, running, lambda: acting()[1].access.require_ability("design"))


def run_publication(workspace: Workspace, running: Running) -> dict[str, Any]:
    """Publish what takes long."""
    acting = _acting(workspace, running)
    return publishing.publish(workspace.publisher, running, lambda: acting()[1])


def _acting(workspace: Workspace, running: Running) -> Callable[[], tuple[Writer, Context]]:
    """The person who began the job, in that person's language."""
    given = running.job.input
    language, zone = given.get("language"), given.get("zone")
    use_language(language or workspace.settings.language)
    use_zone(zone or workspace.settings.timezone)
    return acting_as(workspace, running.job.owner, language=language, zone=zone)
