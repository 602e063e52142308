"""Taking an import back: records that it made go into the recycle bin, records that it changed get their values back.

A record that somebody changed since is left as it is, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from sartor.platform.access.context import Context
from sartor.platform.errors import Conflict, Problem, SartorError
from sartor.platform.model import Entity, Operation
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.images import values_in
from sartor.platform.records.importing.importer import Acting, Progress
from sartor.platform.records.importing.ledger import Entry, Import
from sartor.platform.records.revision import StaleModel
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

ROWS = 100
TOLD = 200
"""Refused rows that are told one by one; the rest is counted."""


@dataclass(slots=True)
class Undone:
    """How it went: records taken back, and rows of which that was refused, with the reasons."""

    undone: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Who takes back, and where: under the design of now."""

    writer: Writer
    context: Context
    entity: Entity


class Undo:
    """Takes one import back, last row first. What was taken back before is not touched again."""

    def __init__(self, database: Database, acting: Acting, found: Import) -> None:
        self.database = database
        self.found = found
        self._acting = acting
        self.result = Undone()

    def run(self, progress: Progress = lambda done, total: None) -> Undone:
        """:raises Forbidden: without the right to import such records. :raises Conflict: for one that still writes."""
        ledger.require_over(self.found)
        total = sum(self.found.counts.get(name, 0) for name in ("create", "update")) or None
        changed = ledger.entries(self.database, self.found.id, actions=("create", "update"), backwards=True)
        while chunk := list(islice(changed, ROWS)):
            self._some(chunk)
            progress(self.result.undone + self.result.refused, total)
        values = {"state": self.found.state if self.result.refused else "undone", "counts": dict(self.found.counts)}
        self.database.run(lambda work: ledger.set_state(work, self.found.id, **values, undone_at=work.now))
        return self.result

    def _some(self, entries: list[Entry]) -> None:
        while True:
            try:
                found = self.database.run(lambda work: [self._one(entry, work) for entry in entries])
            except StaleModel:
                continue
            for problem in found:
                self._count(problem)
            return

    def _count(self, problem: Problem | None) -> None:
        if problem is None:
            self.result.undone += 1
            return
        self.result.refused += 1
        if len(self.result.problems) < TOLD:
            self.result.problems.append(problem)

    def _one(self, entry: Entry, work: Work) -> Problem | None:
        """Why a row cannot be taken back; None where it was."""
        here = self._here()
        try:
            with work.connection.begin_nested():
                self._take_back(entry, here, work)
                ledger.change_entry(work, self.found.id, replace(entry, action="undone"))
            return None
        except StaleModel:
            raise
        except SartorError as error:
            said = "; ".join(_sentences(error))
            return Problem(str(entry.row), error.code, _("Row %(row)s: %(reason)s", row=entry.row, reason=said))

    def _here(self) -> _Place:
        writer, context = self._acting()
        entity = ledger.entity_of(self.database, self.found, context.model)
        context.access.require(Operation.IMPORT, entity)
        return _Place(writer, context.but(cause=f"undo of import {self.found.id}"), context.model.entities[entity])

    def _take_back(self, entry: Entry, here: _Place, work: Work) -> None:
        name = here.entity.name
        if entry.action == "create":
            version: int | None = entry.version
            here.writer.delete(here.context, name, entry.record, version=version, work=work)
            return
        values = values_in(work.connection, here.entity, entry.before, here.context.model, self.found.at)
        wish = Wish(values, entry.version)
        written = here.writer.update(here.context, name, entry.record, wish, work=work)
        if written.version > entry.version + 1:
            raise Conflict(_("Somebody changed this record since the import."))


def _sentences(error: SartorError) -> Iterator[str]:
    yield error.message
    yield from (problem.message for problem in error.problems if problem.message != error.message)
