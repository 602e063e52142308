"""Which actions of a view, or buttons of a form, the reader is offered."""

from __future__ import annotations

from sartor.platform.errors import NotFound
from sartor.platform.model import FieldLevel, Form, Operation, RecordAction, View
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.runtime.pages.desk import Desk


def offered_actions(desk: Desk, offering: View | Form) -> list[RecordAction]:
    """The actions of a view, or the buttons of a form, that the reader could do with some record.

    Whoever may write what they set and read what they use.
    """
    actions = offering.actions if isinstance(offering, View) else offering.buttons
    if not actions or not desk.access.may(Operation.UPDATE, offering.entity):
        return []
    return [each for each in actions if _is_open(desk, offering.entity, each)]


def _is_open(desk: Desk, entity: str, action: RecordAction) -> bool:
    used = [*action.values.values(), *([action.when] if action.when else [])]
    writes = all(desk.access.level(entity, name) >= FieldLevel.WRITE for name in action.values)
    return writes and all(desk.names.may_use(each, entity) for each in used)


def offered(desk: Desk, offering: View | Form, name: str) -> RecordAction:
    """:raises NotFound: for an action that is not there, or not for the reader."""
    known = {each.name: each for each in offered_actions(desk, offering)}
    if name not in known:
        hint = did_you_mean(near(name, known))
        raise NotFound(_("There is no action %(name)s here.", name=name[:80]) + hint)
    return known[name]
