"""The records before and after, in the list that the reader came from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from sartor.platform.errors import SartorError
from sartor.platform.model import Entity
from sartor.platform.query.question import LARGEST_PAGE
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing, question, seen

KEPT = ("view", "filter", "sort")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """back: the list. place: "3 / 42", as far as the first pages of the list reach."""

    back: Link
    previous: Link | None = None
    next: Link | None = None
    place: str | None = None


def place_of_request() -> dict[str, str]:
    """The parameters that say which list the reader came from."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def neighbours(desk: Desk, entity: Entity, key: str) -> Neighbours:
    place = place_of_request()
    if "view" not in place:
        return Neighbours(Link(pick(entity.plural), addresses.entity(desk.app.name, entity.name)))
    try:
        seeing = seen(desk, entity.name, place["view"], place)
        rows = desk.reader.page(desk.context, question(desk, seeing, [("id",)], limit=LARGEST_PAGE)).rows
    except SartorError:
        return Neighbours(Link(pick(entity.plural), addresses.entity(desk.app.name, entity.name)))
    keys = [row["id"] for row in rows]
    back = Link(pick(seeing.view.label), seeing.url(desk))
    return _around(desk, seeing, keys, key, back) if key in keys else Neighbours(back)


def _around(desk: Desk, seeing: Seeing, keys: list[str], key: str, back: Link) -> Neighbours:
    at = keys.index(key)
    cut = "+" if len(keys) == LARGEST_PAGE else ""

    def link(number: int, text: str) -> Link | None:
        if not 0 <= number < len(keys):
            return None
        return Link(text, addresses.record(desk.app.name, seeing.entity.name, keys[number], **place_of_request()))

    return Neighbours(
        back, link(at - 1, _("Previous record")), link(at + 1, _("Next record")), f"{at + 1} / {len(keys)}{cut}"
    )
