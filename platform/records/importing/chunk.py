"""A few hundred rows of a file, made into records in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem, SartorError
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Entity, Field
from sartor.platform.records.bulk import write_many
from sartor.platform.records.files.table import Row
from sartor.platform.records.importing.columns import Bound, Read, Refusal, Want, bind_columns, read_row
from sartor.platform.records.importing.finding import Finder, Key, key_fields
from sartor.platform.records.importing.images import image_of
from sartor.platform.records.importing.ledger import Entry
from sartor.platform.records.importing.lookups import Lookups
from sartor.platform.records.importing.memory import Memory
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.targets import require_import
from sartor.platform.records.wish import Ask, Outcome, Written
from sartor.platform.records.writer import Writer
from sartor.platform.text import fold, listed, pick
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


@dataclass(slots=True)
class Meant:
    """A row that is understood. ask: what to write; None where there is nothing to write, and then `entry` says so."""

    read: Read
    key: Key | None = None
    ask: Ask | None = None
    entry: Entry | None = None
    later: list[Want] = field(default_factory=list)

    @property
    def refusals(self) -> list[Refusal]:
        return self.read.refusals


class Chunks:
    """Writes chunk after chunk of one file under one design. memory: for a dry run, whose chunks leave no records."""

    def __init__(
        self, plan: ImportPlan, columns: Sequence[str], writer: Writer, context: Context, memory: Memory | None = None
    ) -> None:
        self.plan = plan
        self.writer = writer
        self.context = context
        self.entity: Entity = require_import(context, plan)
        self.bound: list[Bound] = bind_columns(plan, columns, self.entity, context)
        self.finder = Finder(writer.tools, context)
        self.key: list[Field] = key_fields(plan.key, self.entity, context)
        self._require_filled_key()
        self.lookups = Lookups(context.model, self.finder)
        self.memory = memory

    def _require_filled_key(self) -> None:
        """:raises Invalid: where no column fills a field of the key, and so nothing could ever match."""
        filled = {each.field.name for each in self.bound}
        for item in self.key:
            if item.name not in filled:
                said = _("No column fills %(name)s, which is the key.", name=repr(item.name))
                raise Invalid(said, [Problem("key", "key", said)])

    @property
    def points_to_itself(self) -> bool:
        """Whether rows may name records that come in later rows."""
        return any(self.entity.name in each.field.type.targets(each.field) for each in self.bound)

    def titles_in(self, rows: Iterable[Row]) -> frozenset[str]:
        """What the rows of the file call their own records, folded: as it is written, and as it is compared."""
        unique = {key.fields[0] for key in self.entity.keys if len(key.fields) == 1} | {self.entity.title}
        naming = [each for each in self.bound if each.field.name in unique and not each.part]
        return frozenset(name for row in rows for each in naming for name in _names(each, row))

    def write(self, rows: Sequence[Row], work: Work) -> list[tuple[Meant, Entry]]:
        """Write rows in order; what became of each."""
        done: list[tuple[Meant, Entry]] = []
        waiting = [Meant(read_row(row, self.bound)) for row in rows]
        for meant in waiting:
            meant.key = self._key(meant.read)
        for wave in _waves(waiting):
            done += zip(wave, self._write_wave(wave, work), strict=True)
        return done

    # ---- one wave: rows with different keys

    def _write_wave(self, wave: list[Meant], work: Work) -> list[Entry]:
        for meant, later in zip(wave, self.lookups.resolve([each.read for each in wave], work), strict=True):
            meant.later = later
        self._decide(wave, work)
        asked = [meant for meant in wave if meant.ask is not None]
        asks = [meant.ask for meant in asked if meant.ask is not None]
        outcomes = write_many(self.writer, self.context, self.entity.name, asks, work) if asks else []
        for meant, outcome in zip(asked, outcomes, strict=True):
            meant.entry = self._entry(meant, outcome)
            if self.memory and outcome.written:
                self.memory.note(meant, outcome.written, self)
        return [meant.entry for meant in wave if meant.entry is not None]

    def _decide(self, wave: list[Meant], work: Work) -> None:
        keys = [meant.key for meant in wave if meant.key is not None and not meant.read.problems]
        found = self.finder.by_key(self.entity, self.key, keys, work) if keys else {}
        for meant in wave:
            read = meant.read
            if self.key and meant.key is None and not read.problems:
                labels = listed(pick(item.label) for item in self.key)
                read.problems.append(Problem("", "key", _("%(fields)s: the key of the row is blank.", fields=labels)))
            ids = found.get(meant.key, []) if meant.key else []
            if not read.problems:
                self._choose(meant, ids)
            if read.problems:
                meant.ask, meant.entry = None, failed(read.number, read.problems)

    def _choose(self, meant: Meant, ids: Sequence[int]) -> None:
        """Make, change or skip."""
        read, way = meant.read, self.plan.on_match
        if len(ids) > 1 and way != "create":
            said = _("%(count)s records have this key; it must be one.", count=len(ids))
            read.problems.append(Problem("", "several", said))
            return
        made_before = self.memory is not None and self.memory.has(meant.key)
        if (ids or made_before) and way == "skip":
            meant.entry = Entry(read.number, "skip", ids[0] if ids else 0)
        elif ids and way == "update":
            meant.ask = Ask(self._values(read, new=False), ids[0])
        elif made_before and way == "update":
            meant.entry = Entry(read.number, "update")
        elif self.memory and (problem := self.memory.clash(meant, self)):
            read.problems.append(problem)
        else:
            meant.ask = Ask(self._values(read, new=True))

    def _values(self, read: Read, *, new: bool) -> dict[str, Any]:
        """What is sent to the writer. A blank cell is not sent, unless it is to say that the field is blank."""
        keep_blanks = self.plan.exact or (self.plan.blanks and not new)
        return {name: value for name, value in read.values.items() if keep_blanks or value not in (None, [])}

    def _entry(self, meant: Meant, outcome: Outcome) -> Entry:
        number = meant.read.number
        if outcome.error is not None:
            return failed(number, self._in_columns(outcome.error))
        written = outcome.written
        assert written is not None
        assert meant.ask is not None
        later = tuple(want.column.field.stored_as for want in meant.later)
        action = "create" if meant.ask.record is None else "update" if written.changed or later else "skip"
        return Entry(number, action, written.id, written.version, self.image(written), later=later)

    def image(self, written: Written) -> dict[str, Any]:
        """The former values of a record, as the books keep them."""
        return image_of(self.entity, written.before, self.context.model)

    def _in_columns(self, error: SartorError) -> list[Problem]:
        """Problems of a record, told by the columns of the file."""
        columns = {each.field.name: each.column for each in reversed(self.bound)}
        return [
            Problem(columns.get(each.field, each.field), each.code, each.message, each.near) for each in error.problems
        ] or [Problem("", error.code, error.message)]

    def _key(self, read: Read) -> Key | None:
        """The row's key as records are compared by it; None where a part is blank or cannot be read."""
        return self.compared(self.key, read.values) if self.key else None

    def compared(self, fields: Sequence[Field], values: Mapping[str, Any]) -> Key | None:
        """What decides whether two records agree in these fields; None where one is blank or wrong."""
        found = []
        for item in fields:
            said = values.get(item.name)
            try:
                value = None if said is None else item.type.schema_field(item).deserialize(said)
            except ma.ValidationError:
                value = None
            if value is None:
                return None
            found.append(self.finder.compared(item, value))
        return tuple(found)


def failed(row: int, problems: Iterable[Problem]) -> Entry:
    reasons = [{k: v for k, v in each.as_dict().items() if v} for each in problems]
    return Entry(row, "fail", reasons=tuple(reasons))


def _waves(waiting: list[Meant]) -> list[list[Meant]]:
    """Runs in which no key comes twice: a later row of the same key is about the record that an earlier one made."""
    waves: list[list[Meant]] = []
    seen: set[Key] = set()
    for meant in waiting:
        if not waves or meant.key in seen:
            waves.append([])
            seen.clear()
        waves[-1].append(meant)
        if meant.key is not None:
            seen.add(meant.key)
    return waves


def _names(column: Bound, row: Row) -> Iterator[str]:
    cell = row.values[column.place]
    if text := cell_text(cell):
        yield fold(text)
    value = column.value(cell)
    if isinstance(value, str):
        yield column.field.type.fold(column.field, value)
