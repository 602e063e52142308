"""What an upgrade makes of reference records, written through the writer like everything else."""

from __future__ import annotations

from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Conflict, Invalid
from sartor.platform.packaging.record_base import RecordBase
from sartor.platform.packaging.record_issues import RecordChange, ReferenceRecords
from sartor.platform.packaging.rulings import RulingBook
from sartor.platform.packaging.samples import Row, SampleLoader
from sartor.platform.packaging.shape import Blueprint
from sartor.platform.records.wish import Wish
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace


class RecordUpgrade:
    """The reference records of one blueprint, brought to its new version. What is undecided stays as it is here."""

    def __init__(self, workspace: Workspace, new: Blueprint) -> None:
        self.base = RecordBase(workspace, new.name)
        self.new = new
        rulings = RulingBook(workspace.database, new.name).read()
        self.changes = ReferenceRecords(workspace, self.base.found(), new).merged(rulings).changes

    def carry_out(self, work: Work, loader: SampleLoader) -> int:
        """Write the changes; how many records. loader: knows the records that came meanwhile by their keys."""
        for each in self.changes:
            if each.cells is None:
                _take_out(work, loader, each)
            else:
                wish = Wish(_values(loader, each))
                loader.serving.writer.update(loader.context, each.entity, each.record, wish, work=work)
        self.base.note(work, self.new.digest)
        return len(self.changes)


def _values(loader: SampleLoader, change: RecordChange) -> dict[str, Any]:
    """JSON for the writer; an empty cell clears its field.

    :raises Invalid: for a pointer to a record that is nowhere.
    """
    model = loader.serving.model.entity(change.entity)
    cells = {name: cell for columns in (change.cells or {}).values() for name, cell in columns.items()}
    row = Row(change.entity, change.key, cells, f"{change.entity}.csv", 0)
    values = loader.values(model, row, cells)
    for name, cell in row.later.items():
        said = _("%(field)s: there is no row %(key)s.", field=name, key=cell)
        raise Invalid(f"{row.file} ({row.key}): {said}")
    return {**dict.fromkeys(change.cells or ()), **values}


def _take_out(work: Work, loader: SampleLoader, change: RecordChange) -> None:
    """Into the recycle bin; it stays where other records need it."""
    context: Context = loader.context
    try:
        with work.connection.begin_nested():
            loader.serving.writer.delete(context, change.entity, change.record, work=work)
    except Conflict:
        return
