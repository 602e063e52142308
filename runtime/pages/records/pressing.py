"""Buttons in the head of a record, designed on its form: one press sets fields."""

from __future__ import annotations

from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import NotFound
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Action
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.acting.doing import act
from sartor.runtime.pages.acting.offering import offered, offered_actions
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import page_form
from sartor.runtime.pages.records.neighbours import place_of_request
from sartor.runtime.pages.records.opening import Opened
from sartor.runtime.pages.rendering import see


@route(pages, "/app/<app>/<entity>/r/<record>/press/<button>", signed_in, methods=["POST"])
def press(app: str, entity: str, record: str, button: str) -> AnyResponse:
    """Sets what the button sets, and back to the record. :raises Conflict: where it is not offered for the record."""
    here = desk(app)
    layout = page_form(here, here.entity(entity).name)
    if layout is None:
        raise NotFound(_("There is no action %(name)s here.", name=button[:80]))
    act(here, here.entity(entity), record, offered(here, layout, button))
    return see(addresses.record(app, entity, record, **place_of_request()))


def buttons(desk: Desk, found: Opened) -> tuple[Action, ...]:
    """Those that are offered for this record, where the reader may change it."""
    if not found.may_change or found.layout is None:
        return ()
    name, place = found.entity.name, place_of_request()
    return tuple(
        Action(
            text=pick(each.label),
            url=addresses.record(desk.app.name, name, found.key, "press", each.name, **place),
            icon=each.icon,
            method="post",
            confirm=pick(each.confirm) or None,
            fields={"_version": str(found.row["version"])},
        )
        for each in offered_actions(desk, found.layout)
        if found.values.holds(each.when)
    )
