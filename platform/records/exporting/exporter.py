"""Running an export: page after page from one state of the database, into a file that grows, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.fields.clock import use_zone
from sartor.platform.model import Operation
from sartor.platform.query.asking import Names
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.query.reader import Reader
from sartor.platform.records.exporting.columns import OutColumn, out_columns
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.files.target import written_file
from sartor.platform.records.files.writing import CsvWriter, Writer
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.history import sys_history
from sartor.platform.text import pick
from sartor.platform.work import Work

Progress = Callable[[int, int | None], object]
EVERY = 1000
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. warnings: texts that did not fit their cell."""

    rows: int
    columns: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"rows": self.rows, "columns": list(self.columns), "warnings": list(self.warnings)}


class Exporter:
    """One export for one person, with that person's rights to export."""

    def __init__(self, database: Database, reader: Reader, names: Names, context: Context, plan: ExportPlan) -> None:
        context.access.require(Operation.EXPORT, plan.entity)
        self.database = database
        self.reader = reader
        self.context = context
        self.plan = plan
        self.columns: list[OutColumn] = out_columns(plan, names, context)
        self.question = Question(
            plan.entity,
            tuple(dict.fromkeys(each.path for each in self.columns)),
            where=names.conditions(plan.entity, [plan.condition]),
            sort=names.terms(plan.entity, plan.sort),
            limit=LARGEST_PAGE,
            deleted=plan.deleted,
            operation=Operation.EXPORT,
        )

    @property
    def heads(self) -> list[str]:
        return [each.head for each in self.columns]

    def name(self) -> str:
        """What the file is called."""
        entity = self.context.model.entity(self.plan.entity)
        shown = entity.name if self.plan.purpose == "transfer" else pick(entity.plural or entity.label)
        return f"{shown}.{self.plan.format}"

    def to_path(self, path: Path, progress: Progress = lambda done, total: None) -> Exported:
        """Write the whole file; nothing usable is left behind when it fails."""
        with written_file(path, self.plan.format, self.heads, purpose=self.plan.purpose) as writer:
            return self._written(writer, progress)

    def to_stream(self, stream: IO[bytes], progress: Progress = lambda done, total: None) -> Exported:
        """Write CSV into a stream that the caller closes."""
        with CsvWriter(stream, self.heads, purpose=self.plan.purpose) as writer:
            return self._written(writer, progress)

    def _written(self, writer: Writer, progress: Progress) -> Exported:
        total, _capped = self.reader.count(self.context, self.question, exact=True)
        progress(0, total)
        use_zone(self.context.zone)
        for row in self._rows():
            writer.write(row)
            if writer.rows % EVERY == 0:
                progress(writer.rows, total)
        self.database.run(lambda work: self._note(work, writer.rows))
        warnings = tuple(problem.message for problem in writer.warnings)
        return Exported(writer.rows, tuple(self.heads), warnings)

    def _rows(self) -> Iterator[list[Any]]:
        purpose, language = self.plan.purpose, self.context.language
        steps = [(".".join(each.path), each.cell) for each in self.columns]
        for row in self._records():
            yield [cell(row.get(name), purpose, language) for name, cell in steps]

    def _records(self) -> Iterator[dict[str, Any]]:
        """Every record, from one state of the database however long it takes."""
        question = self.question
        with self.database.read() as connection:

            def fetch(statement: Any, values: Any) -> list[tuple]:
                return self.database.fetch_in(connection, statement, values)

            while True:
                page = self.reader.page(self.context, question, fetch=fetch)
                yield from page.rows
                if page.next is None:
                    return
                question = replace(question, cursor=page.next)

    def _note(self, work: Work, rows: int) -> None:
        """Who took what out of the workspace, and when, stands in the history."""
        table = self.context.model.entity(self.plan.entity).table
        entry = {
            "id": self.database.new_id(), "entity": table, "record": 0, "at": work.now, "version": 0,
            "actor": self.context.actor.id, "action": "export",
            "changes": {"rows": [None, rows], "plan": [None, self.plan.as_dict()]},
        }  # fmt: skip
        work.connection.execute(sa.insert(sys_history).values(entry))
