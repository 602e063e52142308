"""What people log about a record as records of other entities: calls, visits, whatever feeds its stream."""

from __future__ import annotations

from sartor.platform.model import Entity, Feed, Operation
from sartor.platform.text import gettext as _
from sartor.platform.text import pick, within
from sartor.platform.ui.pages.parts import Action
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.coming_back import BACK
from sartor.runtime.pages.forms.layout import PARAMETER, QUICK
from sartor.runtime.pages.records.related import pointing

MOST = 1


def log_actions(desk: Desk, entity: Entity, key: str) -> tuple[Action, ...]:
    """Buttons for what is logged about such a record; the first one has the key L."""
    back = addresses.record(desk.app.name, entity.name, key)
    found = []
    for other, feed in feeding(desk, entity)[:MOST]:
        lookup = other.fields[feed.lookup]
        state = pointing(lookup, entity.name, key) | {PARAMETER: QUICK, BACK: back}
        url = addresses.of_entity(desk.app.name, other.name, "new", **state)
        label = pick(feed.label)
        text = _("New %(entity)s", entity=within(label))
        found.append(Action(text=text, url=url, icon=feed.icon, key="L"))
    return tuple(found)


def feeding(desk: Desk, entity: Entity) -> list[tuple[Entity, Feed]]:
    """Entities made to be logged: short of a life of their own, so they have a quick form."""
    return [
        (other, feed)
        for other in desk.model.entities.values()
        for feed in other.feeds
        if feed.entity == entity.name
        and feed.activity
        and desk.model.form_of(other.name, QUICK) is not None
        and not any(field.type.pipelines(field) for field in other.fields.values())
        and desk.access.may(Operation.CREATE, other.name)
    ]
