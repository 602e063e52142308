"""What an upgrade makes of reference records, written through the writer like everything else."""

from __future__ import annotations

import logging
from typing import Any

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

log = logging.getLogger(__name__)


class RecordUpgrade:
    """The reference records of one blueprint, brought to its new version. What is undecided stays as it is here."""

    def __init__(self, workspace: Workspace, new: Blueprint) -> None:
        self.base = RecordBase(workspace, new.name)
        self.new = new
        rulings = RulingBook(workspace.database, new.name).read()
        self.changes = ReferenceRecords(workspace, self.base.found(), new).merged(rulings).changes

    def carry_out(self, work: Work, loader: SampleLoader) -> int:
        """Write the changes; how many records. loader: knows the records that came meanwhile by their keys."""
        done = sum(_carried_out(work, loader, each) for each in self.changes)
        self.base.note(work, self.new.digest)
        return done


def _carried_out(work: Work, loader: SampleLoader, change: RecordChange) -> bool:
    """Whether it was done: what somebody has saved since it was compared stays, and what other records need."""
    writer, context = loader.serving.writer, loader.context
    try:
        with work.connection.begin_nested():
            if change.cells is None:
                writer.delete(context, change.entity, change.record, version=change.version, work=work)
            else:
                wish = Wish(_values(loader, change), change.version)
                writer.update(context, change.entity, change.record, wish, work=work)
    except Conflict as error:
        log.warning("record/%s/%s stays as it is: %s", change.entity, change.key, error.message)
        return False
    return True


def _values(loader: SampleLoader, change: RecordChange) -> dict[str, Any]:
    """JSON for the writer; an empty cell clears its field, one that means nobody here leaves it alone.

    :raises Invalid: for a pointer to a record that is nowhere.
    """
    model = loader.serving.model.entity(change.entity)
    cells = {name: cell for columns in (change.cells or {}).values() for name, cell in columns.items()}
    row = Row(change.entity, change.key, cells, f"{change.entity}.csv", 0)
    values = loader.values(model, row, cells)
    for name, cell in row.later.items():
        said = _("%(field)s: there is no row %(key)s.", field=name, key=cell)
        raise Invalid(f"{row.file} ({row.key}): {said}")
    cleared = [name for name, columns in (change.cells or {}).items() if not any(columns.values())]
    return {**dict.fromkeys(cleared), **values}
