"""An action being done: its values are worked out for the record as it is, and the one writer saves them."""

from __future__ import annotations

from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Conflict
from sartor.platform.expressions import evaluate
from sartor.platform.model import Entity, RecordAction
from sartor.platform.model.ids import decode_id
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.workspace import Serving
from sartor.runtime.gate import with_current_design
from sartor.runtime.pages.acting.asked import sent_version
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.row_values import RowValues
from sartor.runtime.pages.shell import say


def act(here: Desk, entity: Entity, record: str, action: RecordAction) -> None:
    """Do it with a record, and say so. :raises Conflict: where it is not offered for the record."""
    version = sent_version()
    require_version(version)
    number = decode_id(record)
    values = _values(here, entity, number, action)

    def change(serving: Serving, asker: Context) -> Any:
        return serving.writer.update(asker, entity.name, number, Wish(values, version=version))

    with_current_design(change)
    say(_("Done: %(action)s", action=pick(action.label)))


def _values(here: Desk, entity: Entity, number: int, action: RecordAction) -> dict[str, Any]:
    """JSON of what it sets, for the record as the reader sees it."""
    paths = tuple((item.name,) for item in here.names.listed(entity.name))
    row = RowValues(here, entity, here.reader.record(here.context, entity.name, number, paths))
    if not row.holds(action.when):
        raise Conflict(_("“%(action)s” is not for this record any more.", action=pick(action.label)))
    env = here.context.env()
    return {name: _json(entity, name, evaluate(formula, row, env)) for name, formula in action.values.items()}


def _json(entity: Entity, name: str, value: Any) -> Any:
    item = entity.fields[name]
    if value is None:
        return None
    return item.type.dump(item, item.type.from_operand(item, value))
