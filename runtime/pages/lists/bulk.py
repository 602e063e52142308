"""What may be done with several records at once: each is written by the one writer, with a result of its own."""

from __future__ import annotations

from sartor.platform.model import Entity, FieldLevel, Operation
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Action
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk

OWNER = "owner"


def bulk_actions(desk: Desk, entity: Entity) -> tuple[Action, ...]:
    """The buttons that appear when rows are chosen."""
    if entity.line_of:
        return ()
    found = []
    if may_transfer(desk, entity):
        url = addresses.of_entity(desk.app.name, entity.name, "transfer")
        found.append(Action(text=_("Transfer"), url=url, icon="user-share", key="T", method="dialog"))
    if desk.access.may(Operation.DELETE, entity.name):
        url = addresses.of_entity(desk.app.name, entity.name, "delete")
        found.append(
            Action(
                text=_("Delete"),
                url=url,
                icon="trash",
                look="danger",
                method="post",
                confirm=_("The chosen records go to the recycle bin, from where they can be restored."),
            )
        )
    return tuple(found)


def may_transfer(desk: Desk, entity: Entity) -> bool:
    writes = desk.access.level(entity.name, OWNER) >= FieldLevel.WRITE if OWNER in entity.fields else False
    return writes and desk.access.may(Operation.UPDATE, entity.name)
