"""A dry run: every row goes through the writer, every chunk is undone again, and what would happen is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.model import Entity, Field
from sartor.platform.records.files.matching import Miss, Near, group_misses
from sartor.platform.records.files.table import Row, Table
from sartor.platform.records.importing.chunk import Chunks, Meant
from sartor.platform.records.importing.errors import told
from sartor.platform.records.importing.importer import Acting, Progress, import_context, in_chunks
from sartor.platform.records.importing.ledger import COUNTED, Entry
from sartor.platform.records.importing.memory import Memory
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.revision import StaleModel
from sartor.platform.storage.engine import Database
from sartor.platform.text import LANGUAGES
from sartor.platform.work import Work

TOLD = 100
"""Refused rows that are shown; all are counted."""
NEAR = 3
"""Near values that are told for one that means nothing."""
CANDIDATES = 20_000
"""Titles among which a near match is looked for."""


@dataclass(frozen=True, slots=True)
class FieldMisses:
    """Values of one field that mean nothing, with how often each stands there and what is near."""

    path: str
    column: str
    misses: tuple[Miss, ...]

    def as_dict(self) -> dict[str, Any]:
        values = [
            {
                "value": miss.value,
                "rows": miss.count,
                "near": [{"value": near.value, "score": near.score} for near in miss.near],
            }
            for miss in self.misses
        ]
        return {"field": self.path, "column": self.column, "values": values}


@dataclass(slots=True)
class Checked:
    """What an import would do. refused: the first refused rows, each with its number and reasons.

    missed: rows that nothing else is wrong with than values under `misses`; they are not told again under `refused`.
    """

    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    missed: int = 0
    misses: list[FieldMisses] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows, "counts": self.counts, "missed": self.missed,
            "misses": [each.as_dict() for each in self.misses], "refused": self.refused, "warnings": self.warnings,
        }  # fmt: skip


class Check:
    """One dry run of a plan over a table."""

    def __init__(self, database: Database, acting: Acting, plan: ImportPlan, table: Table) -> None:
        self.database = database
        self.plan = plan
        self.table = table
        self.result = Checked()
        self._acting = acting
        self._memory = Memory()
        self._missed: dict[tuple[str, str], Counter[str]] = {}
        self._chunks = self._made()

    def run(self, progress: Progress = lambda done, total: None) -> Checked:
        """Go through the whole file; nothing is kept."""
        for rows in in_chunks(self.table.rows()):
            self._count(self._tried(rows))
            progress(self.result.rows, self.table.row_count_hint)
        self.result.misses = self._grouped()
        self.result.warnings = [problem.message for problem in self.table.warnings]
        return self.result

    def _made(self) -> Chunks:
        writer, context = self._acting()
        acting = import_context(context, 0, migrate=self.plan.migrate)
        chunks = Chunks(self.plan, self.table.columns, writer, acting, self._memory)
        if chunks.points_to_itself:
            chunks.lookups.own = {self.plan.entity: chunks.titles_in(self.table.rows())}
        return chunks

    def _tried(self, rows: list[Row]) -> list[tuple[Meant, Entry]]:
        while True:
            try:
                return self.database.run(lambda work: self._undone(rows, work))
            except StaleModel:
                self._chunks = self._made()

    def _undone(self, rows: list[Row], work: Work) -> list[tuple[Meant, Entry]]:
        """Write a chunk and take it back. What was found in it may have been made by it."""
        self._chunks.lookups.forget_if_undone()
        with work.connection.begin_nested() as savepoint:
            try:
                return self._chunks.write(rows, work)
            finally:
                savepoint.rollback()

    def _count(self, done: list[tuple[Meant, Entry]]) -> None:
        for meant, entry in done:
            self.result.rows += 1
            self.result.counts[entry.action] += 1
            if entry.action == "fail" and len(meant.refusals) == len(entry.reasons):
                self.result.missed += 1
            elif entry.action == "fail" and len(self.result.refused) < TOLD:
                self.result.refused.append({"row": entry.row, "reasons": [told(each) for each in entry.reasons]})
            for refusal in meant.refusals:
                place = (refusal.path, refusal.problem.field)
                self._missed.setdefault(place, Counter())[refusal.text] += 1

    def _grouped(self) -> list[FieldMisses]:
        found = []
        columns = list(self.table.columns)
        for (path, column), texts in sorted(self._missed.items(), key=lambda one: columns.index(one[0][1])):
            candidates = self._candidates(path)
            misses = group_misses(texts.elements(), candidates, NEAR * len(LANGUAGES))
            found.append(FieldMisses(path, column, tuple(_shown(miss, candidates) for miss in misses)))
        return found

    def _candidates(self, path: str) -> dict[str, str]:
        """What the values of a field could have meant, and what to show for it: titles of records, or what is offered
        to choose, in whatever language the file may be written."""
        item = self._chunks.entity.fields[path.partition(".")[0]]
        context: Context = self._chunks.context
        targets: list[Entity] = [context.model.entity(name) for name in item.type.targets(item)]
        if targets:
            titles = self.database.run(
                lambda work: [self._chunks.finder.titles(each, CANDIDATES, work) for each in targets]
            )
            return {title: title for each in titles for title in each}
        shown = _offered(item, context.language)
        return {text: shown[key] for each in LANGUAGES for key, text in _offered(item, each).items()}


def _offered(item: Field, language: str) -> dict[str, str]:
    """The choices of a field as people call them, by key."""
    return {
        str(each["value"]): str(each["text"]) for each in item.type.widget_options(item, language).get("options", ())
    }


def _shown(miss: Miss, candidates: Mapping[str, str]) -> Miss:
    """A miss whose near values are said in the reader's language, each once."""
    best: dict[str, Near] = {}
    for near in miss.near:
        text = candidates[near.value]
        best.setdefault(text, Near(text, near.score))
    return replace(miss, near=tuple(best.values())[:NEAR])
