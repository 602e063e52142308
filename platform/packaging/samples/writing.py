"""Sample records of a blueprint, written through the writer like everything else.

Rows may refer to each other in any order: entities that others need come first, and an optional lookup whose target
is not there yet is filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sartor.platform.access.assign import Assignment
from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, SartorError
from sartor.platform.model import Entity
from sartor.platform.packaging.files.names_of_now import tables_of_now
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.keys import came
from sartor.platform.packaging.records.lines import LineNotes
from sartor.platform.packaging.records.newcomers import Newcomers
from sartor.platform.packaging.samples.cells import SampleCells
from sartor.platform.packaging.samples.files import SAMPLES, Row, SampleFiles, in_order, read_rows, wrong
from sartor.platform.records.saving.past import write_past_stays
from sartor.platform.records.wish import Wish
from sartor.platform.storage import shipped
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Serving, Workspace


class SampleLoader:
    """Writes the samples of blueprints in one transaction."""

    def __init__(
        self,
        workspace: Workspace,
        say: Callable[[str], None] = lambda text: None,
        newcomers: Newcomers | None = None,
    ) -> None:
        self.workspace = workspace
        self.serving: Serving = workspace.serving()
        self.context: Context = workspace.system("samples", purpose="migrate")
        self.cells = SampleCells(workspace.directory(workspace.stamp()), self.context, newcomers)
        self.files = SampleFiles()
        self.say = say

    def load(
        self,
        blueprints: Iterable[Blueprint],
        what: str = SAMPLES,
        *,
        also: Callable[[Work], None] = lambda work: None,
        then: Callable[[Work], None] = lambda work: None,
    ) -> int:
        """Make every record that has not come yet; how many. what: SAMPLES, or RECORDS, which stay.
        also, then: what else happens in the same transaction, before anything is made and after that.

        :raises Invalid: naming file and row of what is refused; nothing is kept then.
        """
        self.files = SampleFiles.of(blueprints, what, self.serving.design)
        rows = self.files.rows

        def job(work: Work) -> int:
            made = 0
            self._begin_anew()
            also(work)
            self._leave_out(work)
            for entity in in_order(rows, self.serving.model):
                for row in rows[entity].values():
                    self._make(work, row)
                    made += 1
                self.say(f"{entity}: {len(rows[entity])}")
            self._fill_in(work)
            then(work)
            return made

        return self.workspace.database.run(job)

    def _begin_anew(self) -> None:
        """Forget what an attempt that was rolled back has found."""
        self.cells.ids.clear()
        self.files.forget_pointers()

    def _leave_out(self, work: Work) -> None:
        """What came before is known by its key, and not made again; nor what somebody has deleted since."""
        for entity, key, record in came(work.connection, self.serving.model):
            self.cells.ids.setdefault((entity, key), record)
            self.files.rows.get(entity, {}).pop(key, None)

    # ---- writing

    def _make(self, work: Work, row: Row) -> None:
        entity = self.serving.model.entity(row.entity)
        cells = dict(row.cells)
        roles = cells.pop("roles", "") if row.entity == "user" else ""
        try:
            values = self.cells.values(entity, row, cells)
            for item in entity.fields.values():
                owned = item.type.owns(item)
                if owned and (lines := self._lines_of(row, owned[0])):
                    values[item.name] = lines
            written = self.serving.writer.create(self.context, row.entity, values, work=work)
        except (SartorError, ValueError) as error:
            raise _refused(row, error) from None
        self.cells.ids[row.entity, row.key] = written.id
        self._note(work, row, written.id)
        self._note_lines(work, entity, row, written.id)
        self._past(work, entity, row, written.id)
        for role in (each.strip() for each in roles.split(";") if each.strip()):
            Assignment(self.workspace.database, self.serving.tables).assign(work, self.context, written.id, role)

    def _lines_of(self, row: Row, entity: str) -> list[dict[str, Any]]:
        model = self.serving.model.entity(entity)
        return [self.cells.values(model, line, line.cells) for line in self.files.lines_of(row, entity)]

    def _past(self, work: Work, entity: Entity, row: Row, record: int) -> None:
        steps = self.files.stages.get((row.entity, row.key))
        if not steps:
            return
        item = next(each for each in entity.fields.values() if each.type.pipelines(each))
        tools = self.serving.writer.tools
        try:
            dated = [(stage, self.cells.instant(at)) for stage, at in steps]
            write_past_stays(tools, work, self.context, item, record, dated)
        except (SartorError, ValueError) as error:
            raise _refused(row, error) from None

    def _fill_in(self, work: Work) -> None:
        """Pointers to rows that came after the ones that point."""
        for row in (row for each in self.files.rows.values() for row in each.values() if row.later):
            later, row.later = {**row.later, **_last_change(row)}, {}
            values = self.cells.values(self.serving.model.entity(row.entity), row, later)
            for name, cell in row.later.items():
                raise wrong(row.file, row.number, _("%(field)s: there is no row %(key)s.", field=name, key=cell))
            record = self.cells.ids[row.entity, row.key]
            try:
                self.serving.writer.update(self.context, row.entity, record, Wish(values), work=work)
            except SartorError as error:
                raise _refused(row, error) from None

    def _note(self, work: Work, row: Row, record: int) -> None:
        table = self.serving.model.entity(row.entity).table
        shipped.note(work, shipped.Shipped(row.blueprint, table, row.key, record, self.files.samples))

    def _note_lines(self, work: Work, entity: Entity, row: Row, record: int) -> None:
        notes = LineNotes(self.serving, work, row.blueprint, self.files.samples)
        for item in entity.fields.values():
            owned = item.type.owns(item)
            if owned and (keys := [each.key for each in self.files.lines_of(row, owned[0])]):
                notes.note(self.serving.model.entity(owned[0]), keys, record)


def _last_change(row: Row) -> dict[str, str]:
    """When the record was changed last, as its row says: filling in what it points to is no change."""
    return {name: row.cells[name] for name in ("updated_at",) if row.cells.get(name)}


def _refused(row: Row, error: Exception) -> Invalid:
    problems = getattr(error, "problems", ())
    said = "; ".join(f"{each.field}: {each.message}" for each in problems) or str(error)
    return Invalid(f"{row.file}, row {row.number} ({row.key}): {said}", problems)


def missing_rows(workspace: Workspace, blueprint: Blueprint, what: str) -> int:
    """How many records of a blueprint have not come; lines come with their parents and are not counted."""
    with workspace.database.read() as connection:
        there = {(entity, key) for entity, key, _record in came(connection, workspace.serving().model)}
    entities = workspace.serving().model.entities
    return sum(
        (name, cells["key"]) not in there
        for name, text in tables_of_now(blueprint, what, workspace.serving().design.documents).items()
        if name in entities and entities[name].line_of is None and not entities[name].inert
        for _number, cells in read_rows(text)
    )
