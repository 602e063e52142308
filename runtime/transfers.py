"""Imports and exports as people begin them: a file is staged, looked at, tried, and written by a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.automation.jobs import Jobs
from sartor.platform.errors import NotFound
from sartor.platform.records.exporting.exporter import Exporter
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.files.table import Table
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.complete import completed
from sartor.platform.records.importing.following import noted
from sartor.platform.records.importing.ledger import Import
from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.preview import FilePreview, preview_file
from sartor.platform.records.importing.targets import require_import
from sartor.platform.records.writer import Writer
from sartor.platform.storage.files import StoredFile
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

ADMINISTER = "administer"


def acting_as(workspace: Workspace, owner: int | None, **more: Any) -> Callable[[], tuple[Writer, Context]]:
    """Who a job acts as, with today's rights and under the design of now, however long ago it was begun."""

    def now() -> tuple[Writer, Context]:
        context = context_of(workspace, owner, **more)
        return workspace.serving(context.model.revision).writer, context

    return now


def context_of(workspace: Workspace, owner: int | None, **more: Any) -> Context:
    """:raises Unauthenticated: when the owner may not act any more."""
    if owner is None:
        return workspace.system("long work", **more)
    return workspace.person(workspace.stamp(), owner, **more)


class Transfers:
    """Begins imports and exports for one person."""

    def __init__(self, workspace: Workspace, jobs: Jobs, context: Context) -> None:
        self.workspace = workspace
        self.jobs = jobs
        self.context = context

    # ---- files

    def staged(self, number: int) -> StoredFile:
        """A file that this person brought.

        :raises NotFound: for another's, in the same words as for none.
        """
        found = self.workspace.files.get(number)
        if not self._mine(found.by):
            raise NotFound(_("There is no such file."))
        return found

    def table(self, file: StoredFile, plan: ImportPlan) -> Table:
        return open_file(self.workspace.files.path(file), file.name, plan)

    # ---- imports

    def preview(self, file: StoredFile, plan: ImportPlan) -> FilePreview:
        require_import(self.context, plan)
        return preview_file(plan, self.table(file, plan), self.context)

    def begin_check(self, file: StoredFile, plan: ImportPlan) -> int:
        """A dry run; the number of its job."""
        whole = self._completed(file, plan)
        given = {"file": str(file.id), "plan": whole.as_dict()}
        return self.jobs.begin("import_check", self._told(given), self.context.actor.id)

    def begin_import(self, file: StoredFile, plan: ImportPlan) -> tuple[int, int]:
        """The import's number and that of its job."""
        whole, owner = self._completed(file, plan), self.context.actor.id

        def job(work: Work) -> tuple[int, int]:
            number = ledger.begin(work, whole, (file.id, file.name), owner, noted(whole, self.context.model))
            return number, self.jobs.begin("import", self._told({"import": number}), owner, work)

        return self.workspace.database.run(job)

    def begin_undo(self, number: int) -> int:
        """:raises Conflict: for an import that still runs."""
        found = self.found(number)
        ledger.require_over(found)
        entity = ledger.entity_of(self.workspace.database, found, self.context.model)
        require_import(self.context, replace(found.plan, entity=entity))
        return self.jobs.begin("import_undo", self._told({"import": found.id}), self.context.actor.id)

    def found(self, number: int) -> Import:
        """An import that this person made.

        :raises NotFound: for another's, in the same words as for none.
        """
        found = ledger.get(self.workspace.database, number)
        if not self._mine(found.by):
            raise NotFound(_("There is no import %(number)s.", number=number))
        return found

    # ---- exports

    def begin_export(self, plan: ExportPlan) -> int:
        """:raises Forbidden: :raises Invalid: at once, for what could not be exported."""
        self.exporter(plan)
        return self.jobs.begin("export", self._told({"plan": plan.as_dict()}), self.context.actor.id)

    def exporter(self, plan: ExportPlan) -> Exporter:
        here = self.workspace.serving(self.context.model.revision)
        return Exporter(self.workspace.database, here.reader, here.names.of(self.context), self.context, plan)

    # ---- who

    def _completed(self, file: StoredFile, plan: ImportPlan) -> ImportPlan:
        require_import(self.context, plan)
        return completed(plan, self.table(file, plan), self.context)

    def _told(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {**given, "language": self.context.language, "zone": self.context.zone}

    def _mine(self, owner: int | None) -> bool:
        actor = self.context.actor
        return actor.is_system or (owner is not None and owner == actor.id) or self.context.access.ability(ADMINISTER)
