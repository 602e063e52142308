"""An action that is done with a record from its row."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.runtime.gate import route
from sartor.runtime.pages import pages
from sartor.runtime.pages.acting.asked import ONE
from sartor.runtime.pages.acting.doing import act
from sartor.runtime.pages.acting.offering import offered
from sartor.runtime.pages.desk import desk
from sartor.runtime.pages.lists.seeing import seen
from sartor.runtime.pages.rendering import see


@route(pages, f"{ONE}/act/<action>", signed_in, methods=["POST"])
def do_row_action(app: str, entity: str, record: str, action: str) -> AnyResponse:
    """Sets what the action sets, and back to the list. :raises Conflict: where it is not offered for the record."""
    here = desk(app)
    seeing = seen(here, entity, request.args.get("view"))
    chosen = offered(here, seeing.view, action)
    act(here, seeing.entity, record, chosen)
    return see(seeing.url(here))
