"""The way from a form that is being designed to that form at work: on a chosen record, the newest one, or one to be
made."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import ability
from sartor.platform.errors import NotFound
from sartor.platform.model import Form, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import Question, Term
from sartor.platform.text import gettext as _
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import PARAMETER, QUICK
from sartor.runtime.pages.rendering import see


@route(pages, "/app/-/form/<name>", ability("design"), methods=["GET"])
def try_form(name: str) -> AnyResponse:
    """:raises NotFound: for a form that is not there in the design that is looked at."""
    here = desk()
    form = here.model.forms.get(name)
    if form is None:
        raise NotFound(_("There is no form “%(name)s”.", name=name[:80]))
    app = here.app.name
    record = None if form.purpose == QUICK else _given() or _newest(here, form)
    which = {PARAMETER: form.purpose}
    if record is None:
        return see(addresses.of_entity(app, form.entity, "new", **which))
    return see(addresses.record(app, form.entity, record, "edit", **which))


def _given() -> str | None:
    """The record of the address, as its id is written.

    :raises BadRequest: for what is no id.
    """
    text = request.args.get("record", "")
    return encode_id(decode_id(text)) if text else None


def _newest(here: Desk, form: Form) -> str | None:
    """The newest record, if whoever looks may change any."""
    if not here.access.may(Operation.UPDATE, form.entity) or not here.access.may(Operation.READ, form.entity):
        return None
    asked = Question(form.entity, (("id",),), sort=(Term("id", descending=True),), limit=1)
    rows = here.reader.page(here.context, asked).rows
    return str(rows[0]["id"]) if rows else None
