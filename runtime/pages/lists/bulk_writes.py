"""Writing many records that were chosen in a list: transferred, or put into the bin. Each has its own result."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import BadRequest, Forbidden
from sartor.platform.model import Entity
from sartor.platform.records.batch import run_batch
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.pages.form import Dialog, Form, FormSection
from sartor.platform.ui.pages.parts import Action
from sartor.runtime.gate import route, with_current_design, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.forms.typed import json_of
from sartor.runtime.pages.forms.widgets import Shown, widget
from sartor.runtime.pages.lists.bulk import OWNER, may_transfer
from sartor.runtime.pages.rendering import html, is_fragment_wanted, see
from sartor.runtime.pages.shell import say

MOST = 1000
IDS = "ids[]"


def chosen() -> list[str]:
    """:raises BadRequest: when nothing, or too much, was chosen."""
    found = [key for each in request.form.getlist(IDS) for key in each.split(",") if key]
    if not 0 < len(found) <= MOST:
        raise BadRequest(_("Choose between 1 and %(most)s records.", most=MOST))
    return found


@route(pages, "/app/<app>/<entity>/r/delete", signed_in, methods=["POST"])
def delete_chosen(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    here.entity(entity)
    done, refused = written(entity, [{"action": "delete", "id": key} for key in chosen()])
    _report(ngettext("One record was deleted.", "%(n)s records were deleted.", done), done, refused)
    return see(_back(app, entity))


@route(pages, "/app/<app>/<entity>/r/transfer", signed_in, methods=["POST"])
def transfer_chosen(app: str, entity: str) -> AnyResponse:
    """The dialog that asks for the new owner; sent with one, the transfer itself."""
    here = desk(app)
    found = here.entity(entity)
    if not may_transfer(here, found):
        raise Forbidden(_("You may not transfer these records."))
    field = found.fields[OWNER]
    owner = json_of(here, field, request.form.get(OWNER, "")) if OWNER in request.form else None
    if owner is None:
        problem = _("Choose somebody.") if OWNER in request.form else None
        return html(transfer_dialog(here, found, chosen(), problem), 422 if problem else 200)
    operations = [{"action": "update", "id": key, "values": {OWNER: owner}} for key in chosen()]
    done, refused = written(entity, operations)
    _report(ngettext("One record was transferred.", "%(n)s records were transferred.", done), done, refused)
    return Response(status=204) if is_fragment_wanted() else see(_back(app, entity))


def transfer_dialog(desk: Desk, entity: Entity, keys: list[str], problem: str | None) -> Dialog:
    field = entity.fields[OWNER]
    shown = Shown(required=True, span=WHOLE, problem=problem)
    count = len(keys)
    form = Form(
        label=_("Transfer"),
        url=addresses.of_entity(desk.app.name, entity.name, "transfer"),
        csrf=desk.csrf,
        save=Action(text=ngettext("Transfer one record", "Transfer %(n)s records", count), url="", look="primary"),
        cancel=Action(text=_("Cancel"), url=addresses.entity(desk.app.name, entity.name), key="Esc"),
        sections=(FormSection("all", None, (widget(desk, entity, field, shown),)),),
        fields={IDS: ",".join(keys)},
    )
    text = _("They get another owner; everything else stays.")
    return Dialog(_("Transfer %(label)s", label=pick(entity.plural)), form, text)


def written(entity: str, operations: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How many succeeded, and why the others did not."""

    def job(serving: Any, asker: Any) -> Any:
        def run(work: Any) -> Any:
            return run_batch(serving.writer, asker, entity, operations, partial=True, work=work)

        return workspace().database.run(run)

    outcomes = with_current_design(job)
    refused = [outcome.error.message for outcome in outcomes if outcome.error is not None]
    return len(outcomes) - len(refused), refused


def _report(text: str, done: int, refused: list[str]) -> None:
    if done:
        say(text)
    if refused:
        count = len(refused)
        first = next(iter(dict.fromkeys(refused)))
        said = ngettext("One record was refused: %(why)s", "%(n)s records were refused: %(why)s", count, why=first)
        say(said, "warn")


def _back(app: str, entity: str) -> str:
    return addresses.entity(app, entity)
