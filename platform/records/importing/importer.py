"""Running an import: chunk by chunk, each one transaction, going on where it was left.

Records that name others of the same file are written first and linked afterwards, since the other may come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from sartor.platform.access.context import Context
from sartor.platform.errors import SartorError
from sartor.platform.model import Model
from sartor.platform.records.bulk import write_many
from sartor.platform.records.files.table import Row, Table
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.chunk import Chunks
from sartor.platform.records.importing.columns import read_row
from sartor.platform.records.importing.following import followed, noted, require_same_keys
from sartor.platform.records.importing.ledger import Entry, Import
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.revision import StaleModel
from sartor.platform.records.wish import Ask
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

ROWS = 1000
"""Rows of one transaction, as many as a batch has. A roll-up that many of them move is counted once for all of them,
from all of its records: short transactions would do that the more often the more is there."""

LAST_CHANGE = ("updated_at", "updated_by")
"""What a file for transfer says about the last change holds, although the record is written twice."""

Acting = Callable[[], tuple[Writer, Context]]
"""The writer and the context as of now: under the published design, with today's rights."""
Progress = Callable[[int, int | None], object]
"""Told after each chunk how many rows are done, of about how many; raises to stop the import there."""


def import_context(context: Context, number: int, *, migrate: bool) -> Context:
    """Whoever imports, with the import as the cause of what happens."""
    return context.but(purpose="migrate" if migrate else "import", cause=f"import {number}")


class Importer:
    """One import of one file."""

    def __init__(self, database: Database, acting: Acting, found: Import, table: Table) -> None:
        self.database = database
        self.found = found
        self.plan = found.plan
        self.table = table
        self._acting = acting
        self._chunks: Chunks | None = None

    def run(self, progress: Progress = lambda done, total: None) -> dict[str, int]:
        """Write what is not in the books yet; how many rows came to what."""
        begun = self.database.run(lambda work: ledger.last_row(work, self.found.id))
        done = sum(1 for row in self.table.rows() if row.number <= begun) if begun else 0
        total = self.table.row_count_hint
        for rows in in_chunks(row for row in self.table.rows() if row.number > begun):
            self._write(rows)
            done += len(rows)
            progress(done, total)
        self._link(lambda: progress(done, total))
        counts = ledger.counts(self.database, self.found.id)
        self.database.run(lambda work: ledger.set_state(work, self.found.id, state="done", counts=counts))
        return counts

    def chunks(self, work: Work) -> Chunks:
        """Made anew whenever another design was published, or the actor's rights moved."""
        writer, context = self._acting()
        chunks = self._chunks
        if chunks is None or chunks.writer is not writer or chunks.context.access is not context.access:
            acting = import_context(context, self.found.id, migrate=self.plan.migrate)
            chunks = self._chunks = Chunks(self._plan_now(context.model, work), self.table.columns, writer, acting)
            if chunks.points_to_itself:
                chunks.lookups.own = {chunks.entity.name: chunks.titles_in(self.table.rows())}
        return chunks

    def _plan_now(self, model: Model, work: Work) -> ImportPlan:
        """The plan under the design of now. One that was begun before its entity was there is noted here."""
        options = self.found.options
        if "noted" not in options:
            options = {**options, "noted": noted(self.plan, model)}
            ledger.set_state(work, self.found.id, options=options)
            self.found = replace(self.found, options=options)
        plan = followed(self.plan, options["noted"], model)
        require_same_keys(work.connection, options["noted"], model, self.found.at)
        return plan

    def _write(self, rows: list[Row]) -> None:
        def job(work: Work) -> None:
            chunks = self.chunks(work)
            chunks.lookups.forget_if_undone()
            done = chunks.write(rows, work)
            entries = [entry for _meant, entry in done]
            ledger.enter(work, self.database.dialect, self.found.id, chunks.entity.table, entries)
            work.after_commit(chunks.lookups.keep)

        self._run(job, rows[0].number)

    def _link(self, progress: Callable[[], object]) -> None:
        """Fill lookups whose records came in later rows."""
        waiting = {
            entry.row: entry
            for entry in ledger.entries(self.database, self.found.id, actions=("create", "update"), noted=True)
            if entry.later
        }
        if not waiting:
            return
        for rows in in_chunks(row for row in self.table.rows() if row.number in waiting):
            self._link_some(rows, waiting)
            progress()

    def _link_some(self, rows: list[Row], waiting: dict[int, Entry]) -> None:
        def job(work: Work) -> None:
            chunks = self.chunks(work)
            chunks.lookups.forget_if_undone()
            for row in rows:
                ledger.change_entry(work, self.found.id, self._linked(chunks, row, waiting[row.number], work))
            work.after_commit(chunks.lookups.keep)

        self._run(job, rows[0].number)

    def _linked(self, chunks: Chunks, row: Row, entry: Entry, work: Work) -> Entry:
        read = read_row(row, chunks.bound)
        read.wants = [want for want in read.wants if want.column.field.stored_as in entry.later]
        still = chunks.lookups.resolve([read], work)[0]
        names = {each.name for each in chunks.entity.fields.values() if each.stored_as in entry.later}
        values = {name: value for name, value in read.values.items() if name in (*names, *LAST_CHANGE)}
        (outcome,) = write_many(chunks.writer, chunks.context, chunks.entity.name, [Ask(values, entry.record)], work)
        problems = [problem for problem in read.problems if problem not in row.problems]
        reasons = [problem.as_dict() for problem in problems]
        if still:
            missing = ", ".join(repr(wanted.text) for want in still for wanted in want.wanted)
            said = _("It was written without %(names)s, whose row could not be written.", names=missing)
            reasons.append({"field": still[0].column.column, "code": "missing", "message": said})
        if outcome.error is not None:
            reasons.append({"field": "", "code": "link", "message": str(outcome.error)})
            return replace(entry, later=(), reasons=tuple(reasons))
        assert outcome.written is not None
        done = replace(entry, later=(), reasons=tuple(reasons), version=outcome.written.version)
        if entry.action != "update":
            return done
        if not (outcome.written.changed or entry.before):
            return replace(done, action="skip")
        return replace(done, before=chunks.image(outcome.written) | dict(entry.before))

    def _run(self, job: Callable[[Work], None], row: int) -> None:
        """One transaction, under the design of now; once more if a publish came between.

        :raises SartorError: where it cannot go on, with the row; nothing of these rows is kept.
        """
        while True:
            try:
                self.database.run(job)
            except StaleModel:
                self._chunks = None
            except SartorError as error:
                error.message = _("It stopped before row %(row)s: %(reason)s", row=row, reason=error.message)
                raise
            else:
                return


def in_chunks(rows: Iterator[Row], size: int = ROWS) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, size)):
        yield chunk
