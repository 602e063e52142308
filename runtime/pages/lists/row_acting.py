"""A row action being done: its values are worked out for the record as it is, and the one writer saves them."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.context import Context
from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.expressions import evaluate
from sartor.platform.model import Entity, Form, RowAction, View
from sartor.platform.model.ids import decode_id
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import require_version
from sartor.platform.text import did_you_mean, near, pick
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Serving
from sartor.runtime.gate import route, with_current_design
from sartor.runtime.pages import pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.lists.row_marks import offered_actions
from sartor.runtime.pages.lists.row_values import RowValues
from sartor.runtime.pages.lists.seeing import seen
from sartor.runtime.pages.records.acts import ONE, sent_version
from sartor.runtime.pages.rendering import see
from sartor.runtime.pages.shell import say


@route(pages, f"{ONE}/act/<action>", signed_in, methods=["POST"])
def do_row_action(app: str, entity: str, record: str, action: str) -> AnyResponse:
    """Sets what the action sets, and back to the list. :raises Conflict: where it is not offered for the record."""
    here = desk(app)
    seeing = seen(here, entity, request.args.get("view"))
    chosen = offered(here, seeing.view, action)
    act(here, seeing.entity, record, chosen)
    return see(seeing.url(here))


def act(here: Desk, entity: Entity, record: str, action: RowAction) -> None:
    """Do it with a record, and say so. :raises Conflict: where it is not offered for the record."""
    version = sent_version()
    require_version(version)
    number = decode_id(record)
    values = _values(here, entity, number, action)

    def change(serving: Serving, asker: Context) -> Any:
        return serving.writer.update(asker, entity.name, number, Wish(values, version=version))

    with_current_design(change)
    say(_("Done: %(action)s", action=pick(action.label)))


def offered(here: Desk, offering: View | Form, name: str) -> RowAction:
    """:raises NotFound: for an action that is not there, or not for the reader."""
    known = {each.name: each for each in offered_actions(here, offering)}
    if name not in known:
        hint = did_you_mean(near(name, known))
        raise NotFound(_("There is no action %(name)s here.", name=name[:80]) + hint)
    return known[name]


def _values(here: Desk, entity: Entity, number: int, action: RowAction) -> dict[str, Any]:
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
