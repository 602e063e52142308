"""An import begun on the command line: as a job that this process does at once.

If the process is killed, the next worker goes on with it, as with any other job.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from sartor.platform.access.context import Context
from sartor.platform.errors import SartorError
from sartor.platform.fields.clock import use_zone
from sartor.platform.records.files.table import Table
from sartor.platform.records.importing.check import Check, Checked
from sartor.platform.records.importing.complete import completed
from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.writer import Writer
from sartor.platform.storage.jobs import Job
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.opening import acting
from sartor.runtime.handlers import jobs_of
from sartor.runtime.transfers import Transfers

PAUSE = 0.2
Step = Callable[[int, int | None], None]


class LocalImport:
    """One import by one person, or by the system."""

    def __init__(self, workspace: Workspace, person: str | None, file: Path, plan: ImportPlan) -> None:
        self.workspace = workspace
        self.person = person
        self.file = file
        _writer, context = self.acting()
        use_zone(context.zone)
        self.table: Table = open_file(file, file.name, plan)
        self.plan = plan

    def acting(self) -> tuple[Writer, Context]:
        context = acting(self.workspace, self.person, f"command line: import of {self.file.name}")
        return self.workspace.serving(context.model.revision).writer, context

    def settle(self, maps: Mapping[str, str]) -> None:
        """Complete the plan: what was said about columns comes before what the file suggests."""
        _writer, context = self.acting()
        found = completed(self.plan, self.table, context).columns or {}
        suggested = {column: path for column, path in found.items() if path not in maps.values()}
        given = {**self.plan.as_dict(), "columns": {**suggested, **maps}}
        self.plan = completed(ImportPlan.from_dict(given), self.table, context)

    def check(self, step: Step) -> Checked:
        return Check(self.workspace.database, self.acting, self.plan, self.table).run(step)

    def run(self, step: Step) -> dict[str, Any]:
        """What the job answers: the import's number, counts, warnings."""
        _writer, context = self.acting()
        with self.file.open("rb") as stream:
            kept = self.workspace.files.put(stream, self.file.name, "application/octet-stream", context.actor.id)
        jobs = jobs_of(self.workspace)
        _number, job = Transfers(self.workspace, jobs, context).begin_import(kept, self.plan)
        if not jobs.run(job, "command line", step):
            while not jobs.get(job).is_over:  # a worker was quicker
                time.sleep(PAUSE)
        return result_of(jobs.get(job))


def result_of(job: Job) -> dict[str, Any]:
    """:raises SartorError: when the job did not end well."""
    if job.state != "done":
        raise SartorError(job.message or job.state)
    found: dict[str, Any] = job.result
    return found


def pairs(option: str, given: Iterable[str]) -> dict[str, str]:
    """`COLUMN=FIELD` as a mapping; the last `=` divides, since columns may hold one."""
    found = {}
    for text in given:
        left, mark, right = text.rpartition("=")
        if not mark or not left.strip():
            raise click.BadParameter(f"{text!r} is not of the form LEFT=RIGHT", param_hint=option)
        found[left.strip()] = right.strip()
    return found


def meanings(given: Iterable[str]) -> dict[str, dict[str, str]]:
    """`FIELD:FROM=TO` by field."""
    found: dict[str, dict[str, str]] = {}
    for text in given:
        name, colon, meaning = text.partition(":")
        if not colon or "=" not in meaning:
            raise click.BadParameter(f"{text!r} is not of the form FIELD:FROM=TO", param_hint="--value")
        found.setdefault(name.strip(), {}).update(pairs("--value", [meaning]))
    return found


def progress(quiet: bool) -> Step:
    """A line on standard error that counts rows, where somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        return lambda done, total: None

    def tell(done: int, total: int | None) -> None:
        click.echo(f"\r{done}/{total} " if total else f"\r{done} ", err=True, nl=bool(total) and done >= (total or 0))

    return tell
