"""Sample records of a blueprint: CSV files with stable keys, written through the writer like everything else.

Rows may refer to each other in any order: entities that others need come first, and an optional lookup whose target
is not there yet is filled in afterwards.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from itertools import chain
from typing import Any

from sartor.platform.access.assign import Assignment
from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem, SartorError
from sartor.platform.fields.base import ColumnKind, Reading
from sartor.platform.model import Entity, Field
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.dates import sample_day, sample_instant, sample_integer
from sartor.platform.packaging.keys import came
from sartor.platform.packaging.newcomers import OWNER, Newcomers
from sartor.platform.packaging.record_lines import LineNotes
from sartor.platform.packaging.shape import Blueprint
from sartor.platform.records.past import write_past_stays
from sartor.platform.records.wish import Wish
from sartor.platform.storage import shipped
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Serving, Workspace

SAMPLES, RECORDS = "samples", "records"
EXACT = Reading(exact=True)
FOR_PEOPLE = Reading()


@dataclass(slots=True)
class Row:
    """One record to be made. later: cells that point to rows which are not there yet."""

    entity: str
    key: str
    cells: dict[str, str]
    file: str
    number: int
    later: dict[str, str] = field(default_factory=dict)


class SampleLoader:
    """Writes the samples of blueprints in one transaction."""

    def __init__(
        self,
        workspace: Workspace,
        say: Callable[[str], None] = lambda text: None,
        newcomers: Newcomers | None = None,
    ) -> None:
        self.workspace = workspace
        self.newcomers = newcomers or Newcomers()
        self.directory = workspace.directory(workspace.stamp())
        self.serving: Serving = workspace.serving()
        self.context: Context = workspace.system("samples", purpose="migrate")
        self.today: date = self.context.env().today
        self.say = say
        self.ids: dict[tuple[str, str], int] = {}
        self.stages: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self.lines: dict[tuple[str, str], list[Row]] = defaultdict(list)

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
        self.what = what
        rows = self._collect(blueprints)
        self._remember_lines(rows)

        def job(work: Work) -> int:
            made = 0
            self._begin_anew(rows)
            also(work)
            self._leave_out(work, rows)
            for entity in self._in_order(rows):
                for row in rows[entity].values():
                    self._make(work, row)
                    made += 1
                self.say(f"{entity}: {len(rows[entity])}")
            self._fill_in(work, rows)
            then(work)
            return made

        return self.workspace.database.run(job)

    def _begin_anew(self, rows: Mapping[str, Mapping[str, Row]]) -> None:
        """Forget the ids of an attempt that was rolled back."""
        self.ids.clear()
        for row in (*(row for each in rows.values() for row in each.values()), *chain(*self.lines.values())):
            row.later = {}

    # ---- reading the files

    def _collect(self, blueprints: Iterable[Blueprint]) -> dict[str, dict[str, Row]]:
        """Rows by entity and key; a later blueprint may add cells to a row of an earlier one."""
        rows: dict[str, dict[str, Row]] = defaultdict(dict)
        self.shipped: dict[tuple[str, str], str] = {}
        for blueprint in blueprints:
            for name, text in blueprint.table(self.what).items():
                entity, _dot, what = name.partition(".")
                file = f"{name}.csv"
                self._require(
                    entity in self.serving.model.entities, file, 0, _("There is no entity %(name)s.", name=entity)
                )
                for number, cells in read_rows(text):
                    key = cells.pop("key")
                    if what == "stages":
                        self.stages[entity, key].append((cells["stage"], cells["at"]))
                    elif key in rows[entity]:
                        rows[entity][key].cells.update(cells)
                    else:
                        rows[entity][key] = Row(entity, key, cells, file, number)
                        self.shipped[entity, key] = blueprint.name
        return rows

    def _leave_out(self, work: Work, rows: dict[str, dict[str, Row]]) -> None:
        """What came before is known by its key, and not made again; nor what somebody has deleted since."""
        for entity, key, record in came(work.connection, self.serving.model):
            self.ids.setdefault((entity, key), record)
            rows.get(entity, {}).pop(key, None)

    def _remember_lines(self, rows: dict[str, dict[str, Row]]) -> None:
        """Take lines out of the rows; they are written with their parents."""
        for entity in list(rows):
            line_of = self.serving.model.entity(entity).line_of
            if line_of is not None:
                for row in rows.pop(entity).values():
                    self.lines[line_of.parent, row.cells.pop(line_of.lookup)].append(row)

    def _in_order(self, rows: Mapping[str, Any]) -> list[str]:
        """Each entity after those that its required lookups point to."""
        waiting, placed = sorted(rows), []
        while waiting:
            ready = [name for name in waiting if not (self._needs(name) & set(waiting)) - {name}]
            placed += ready or waiting[:1]
            waiting = [name for name in waiting if name not in placed]
        return sorted(placed, key=lambda name: (name not in ("department", "user"), placed.index(name)))

    def _needs(self, entity: str) -> set[str]:
        """Entities that its required lookups, and those of its lines, point to."""
        found: set[str] = set()
        for item in self.serving.model.entity(entity).fields.values():
            owned = item.type.owns(item)
            if owned is not None:
                found |= self._needs(owned[0]) - {entity}
            elif item.required:
                found |= set(item.type.targets(item))
        return found

    # ---- writing

    def _make(self, work: Work, row: Row) -> None:
        entity = self.serving.model.entity(row.entity)
        cells = dict(row.cells)
        roles = cells.pop("roles", "") if row.entity == "user" else ""
        try:
            values = self.values(entity, row, cells)
            for item in entity.fields.values():
                owned = item.type.owns(item)
                if owned and (lines := self._lines_of(row, owned[0])):
                    values[item.name] = lines
            written = self.serving.writer.create(self.context, row.entity, values, work=work)
        except (SartorError, ValueError) as error:
            raise self._refused(row, error) from None
        self.ids[row.entity, row.key] = written.id
        self._note(work, row, written.id)
        self._note_lines(work, entity, row, written.id)
        self._past(work, entity, row, written.id)
        for role in (each.strip() for each in roles.split(";") if each.strip()):
            Assignment(self.workspace.database, self.serving.tables).assign(work, self.context, written.id, role)

    def values(self, entity: Entity, row: Row, cells: Mapping[str, str]) -> dict[str, Any]:
        """The cells of a row as JSON for the writer; empty ones are left out."""
        values: dict[str, Any] = {}
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        for name, cell in cells.items():
            head, dot, part = name.partition(".")
            self._require(head in entity.fields, row.file, row.number, _("There is no field %(name)s.", name=head))
            if cell == "":
                continue
            if dot:
                parts[head][part] = cell
            else:
                values[head] = cell
        made = {}
        for name, cell in values.items():
            item = entity.fields[name]
            found = self._value(item, cell, row)
            if found is not None:
                made[name] = {**found, **parts.pop(name)} if name in parts else found
        return made | {name: dict(each) for name, each in parts.items()}

    def _value(self, item: Field, cell: str, row: Row) -> Any:
        if item.type.targets(item):
            return self._pointer(item, cell, row)
        kinds = [column.kind for column in item.type.columns(item)]
        if kinds[:1] == [ColumnKind.DATE]:
            return sample_day(cell, self.today).isoformat()
        if kinds[:1] == [ColumnKind.INSTANT]:
            return sample_instant(cell, self.today, self.context.zone).isoformat()
        if kinds[:1] == [ColumnKind.INTEGER] and (number := sample_integer(cell, self.today)) is not None:
            return number
        is_list = item.type.members(item) and not cell.startswith("[")
        return item.type.read_text(item, cell, FOR_PEOPLE if is_list else EXACT)

    def _pointer(self, item: Field, cell: str, row: Row) -> Any:
        """Ids for keys; a pointer to a row that is not there yet is kept for later."""
        targets = item.type.targets(item)
        keys = [each.strip() for each in cell.split(";") if each.strip()]
        named = [each for key in keys if (each := self._known(item, *pointed_at(key, targets[0])))]
        if not named:
            return None
        if any(each not in self.ids for each in named):
            row.later[item.name] = cell
            return None
        found = [encode_id(self.ids[each]) for each in named]
        if item.type.members(item) is not None:
            return found
        return found[0] if ":" not in cell else {"entity": named[0][0], "id": found[0]}

    def _known(self, item: Field, entity: str, key: str) -> tuple[str, str] | None:
        """What a cell points to. A person may be named by mail address; what a stranger owned gets another owner."""
        if entity != "user" or "@" not in key or (entity, key) in self.ids:
            return entity, key
        person = self.directory.by_email(self.newcomers.meant.get(key, key))
        number = person.id if person else self.newcomers.by if item.name == OWNER else None
        if person is None:
            self.newcomers.strangers.add(key)
        if number is not None:
            self.ids[entity, key] = number
        return None if number is None else (entity, key)

    def _rows_of_lines(self, row: Row, entity: str) -> list[Row]:
        return [each for each in self.lines.get((row.entity, row.key), ()) if each.entity == entity]

    def _lines_of(self, row: Row, entity: str) -> list[dict[str, Any]]:
        model = self.serving.model.entity(entity)
        return [self.values(model, line, line.cells) for line in self._rows_of_lines(row, entity)]

    def _past(self, work: Work, entity: Entity, row: Row, record: int) -> None:
        steps = self.stages.get((row.entity, row.key))
        if not steps:
            return
        item = next(each for each in entity.fields.values() if each.type.pipelines(each))
        tools = self.serving.writer.tools
        try:
            dated = [(stage, sample_instant(at, self.today, self.context.zone)) for stage, at in steps]
            write_past_stays(tools, work, self.context, item, record, dated)
        except (SartorError, ValueError) as error:
            raise self._refused(row, error) from None

    def _fill_in(self, work: Work, rows: Mapping[str, Mapping[str, Row]]) -> None:
        for each in rows.values():
            for row in each.values():
                if not row.later:
                    continue
                later, row.later = row.later, {}
                values = self.values(self.serving.model.entity(row.entity), row, later)
                for name, cell in row.later.items():
                    self._require(
                        False, row.file, row.number, _("%(field)s: there is no row %(key)s.", field=name, key=cell)
                    )
                try:
                    wish = Wish(values)
                    self.serving.writer.update(self.context, row.entity, self.ids[row.entity, row.key], wish, work=work)
                except SartorError as error:
                    raise self._refused(row, error) from None

    def _note(self, work: Work, row: Row, record: int) -> None:
        table = self.serving.model.entity(row.entity).table
        blueprint = self.shipped[row.entity, row.key]
        shipped.note(work, shipped.Shipped(blueprint, table, row.key, record, self.what == SAMPLES))

    def _note_lines(self, work: Work, entity: Entity, row: Row, record: int) -> None:
        notes = LineNotes(self.serving, work, self.shipped[row.entity, row.key], self.what == SAMPLES)
        for item in entity.fields.values():
            owned = item.type.owns(item)
            if owned and (keys := [each.key for each in self._rows_of_lines(row, owned[0])]):
                notes.note(self.serving.model.entity(owned[0]), keys, record)

    # ---- refusing

    def _refused(self, row: Row, error: Exception) -> Invalid:
        problems = getattr(error, "problems", ())
        said = "; ".join(f"{each.field}: {each.message}" for each in problems) or str(error)
        return Invalid(f"{row.file}, row {row.number} ({row.key}): {said}", problems)

    @staticmethod
    def _require(good: bool, file: str, number: int, said: str) -> None:
        if not good:
            raise Invalid(f"{file}, row {number}: {said}", [Problem("", "sample", said, file=file)])


def pointed_at(key: str, entity: str) -> tuple[str, str]:
    """Entity and key of what `entity:key` or, where there is one entity to point at, `key` names."""
    head, colon, tail = key.partition(":")
    return (head, tail) if colon else (entity, key)


def read_rows(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows of a table with their numbers in the file.

    :raises Invalid: for a row without a key.
    """
    for number, cells in enumerate(csv.DictReader(StringIO(text, newline="")), start=2):
        if cells.get("key") is None:
            raise Invalid(_("Row %(number)s of a table of records has no key.", number=number))
        yield number, {name: (cell or "") for name, cell in cells.items() if name}


def missing_rows(workspace: Workspace, blueprint: Blueprint, what: str) -> int:
    """How many records of a blueprint have not come; lines come with their parents and are not counted."""
    with workspace.database.read() as connection:
        there = {(entity, key) for entity, key, _record in came(connection, workspace.serving().model)}
    entities = workspace.serving().model.entities
    return sum(
        (name, cells["key"]) not in there
        for name, text in blueprint.table(what).items()
        if name in entities and entities[name].line_of is None
        for _number, cells in read_rows(text)
    )
