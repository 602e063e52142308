"""What an upgrade makes of reference records, written through the writer like everything else."""

from __future__ import annotations

import logging
from typing import Any

from sartor.platform.errors import Conflict, Invalid, NotFound
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.base import RecordBase
from sartor.platform.packaging.records.issues import ReferenceRecords
from sartor.platform.packaging.records.lines import LineNotes, Place, RecordChange, as_sent, children_of
from sartor.platform.packaging.samples.files import Row
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.records.wish import Wish
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

log = logging.getLogger(__name__)


class RecordUpgrade:
    """The reference records of one blueprint, brought to its new version. What is undecided stays as it is here."""

    def __init__(self, workspace: Workspace, new: Blueprint) -> None:
        self.base = RecordBase(workspace, new.name)
        self.new = new
        rulings = RulingBook(workspace.database, new.name).read()
        self.changes = ReferenceRecords(workspace, self.base.found(), new).merged(rulings).changes

    def carry_out(self, work: Work, loader: SampleLoader) -> int:
        """Write the changes; how many records. loader: knows the records that came meanwhile by their keys.

        What was left alone is compared again the next time, so the version is noted only if nothing was.
        """
        together: dict[Place, list[RecordChange]] = {}
        for each in self.changes:
            together.setdefault(each.parent or (each.entity, each.key), []).append(each)
        notes = LineNotes(loader.serving, work, self.new.name, sample=False)
        done = sum(_carried_out(notes, loader, place, changes) for place, changes in together.items())
        if done == len(self.changes):
            self.base.note(work, self.new.digest)
        return done


def _carried_out(notes: LineNotes, loader: SampleLoader, place: Place, changes: list[RecordChange]) -> int:
    """How much was done of a record with its lines: what somebody has saved since it was compared stays, and what
    other records need."""
    try:
        with notes.work.connection.begin_nested():
            return _write(notes, loader, (place[0], loader.cells.ids[place]), changes)
    except (Conflict, NotFound) as error:
        log.warning("record/%s/%s stays as it is: %s", *place, error.message)
        return 0


def _write(notes: LineNotes, loader: SampleLoader, record: tuple[str, int], changes: list[RecordChange]) -> int:
    """Change a record and its lines, and note the lines that are new."""
    writer, entities = loader.serving.writer, loader.serving.model.entities
    own = next((each for each in changes if each.parent is None), None)
    if own and own.cells is None:
        writer.delete(loader.context, *record, version=own.version, work=notes.work)
        return 1
    values = _values(loader, own) if own else {}
    fresh = notes.unchanged(changes)
    for name, lines in fresh.items():
        sent = ((each.record, None if each.cells is None else _values(loader, each)) for each in lines)
        values[children_of(entities[name]).field] = as_sent(sent)
    before = {name: notes.there(entities[name], record[1]) for name in fresh}
    writer.update(loader.context, *record, Wish(values, own.version if own else None), work=notes.work)
    for name, there in before.items():
        notes.forget(entities[name], [each.key for each in fresh[name] if each.cells is None])
        notes.note(entities[name], [each.key for each in fresh[name] if each.record is None], record[1], there)
    return sum(map(len, fresh.values())) + (own is not None)


def _values(loader: SampleLoader, change: RecordChange) -> dict[str, Any]:
    """JSON for the writer; an empty cell clears its field, one that means nobody here leaves it alone.

    :raises Invalid: for a pointer to a record that is nowhere.
    """
    model = loader.serving.model.entity(change.entity)
    cells = {name: cell for columns in (change.cells or {}).values() for name, cell in columns.items()}
    row = Row(change.entity, change.key, cells, f"{change.entity}.csv", 0)
    values = loader.cells.values(model, row, cells)
    for name, cell in row.later.items():
        said = _("%(field)s: there is no row %(key)s.", field=name, key=cell)
        raise Invalid(f"{row.file} ({row.key}): {said}")
    cleared = [name for name, columns in (change.cells or {}).items() if not any(columns.values())]
    return {**dict.fromkeys(cleared), **values}
