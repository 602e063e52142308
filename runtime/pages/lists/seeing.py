"""How a view is seen: the view itself, and what the address changes of it (filter, order, owner of the place)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from sartor.platform.errors import Invalid, NotFound
from sartor.platform.model import Entity, Item, View
from sartor.platform.model.formula import Formula
from sartor.platform.query.columns import Column, column
from sartor.platform.query.question import CAP, Path, Question, Term
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.runtime.gate import workspace
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk

COLUMNS_BY_THEMSELVES = 7
PLAIN = "all"
"""The name under which every entity has a list, whether one was designed or not."""


@dataclass(frozen=True, slots=True)
class Seeing:
    """filter: the whole filter as text, of the view or of the address. own: the address has one of its own. place:
    which part of the records is looked at, where the type of the view knows parts."""

    entity: Entity
    view: View
    filter: str
    own: bool
    sort: tuple[str, ...]
    own_sort: bool
    place: Mapping[str, str] = field(default_factory=dict)

    def kept(self, **changes: str | None) -> dict[str, str]:
        """The parameters that lead here again."""
        state = {"filter": self.filter if self.own else None, "sort": ",".join(self.sort) if self.own_sort else None}
        return {name: value for name, value in {**self.place, **state, **changes}.items() if value is not None}

    def url(self, desk: Desk, **changes: Any) -> str:
        """This view with other parameters."""
        return addresses.entity(desk.app.name, self.entity.name, self.view, **self.kept(**changes))


def seen(desk: Desk, entity_name: str, view_name: str | None, args: Mapping[str, str] | None = None) -> Seeing:
    """What an address asks for.

    :raises NotFound: for a view that is not there.
    """
    given = request.args if args is None else args
    entity = desk.entity(entity_name)
    view = find_view(desk, entity, view_name)
    own, sort = given.get("filter"), given.get("sort")
    designed = view.filter.text if view.filter is not None and desk.names.may_use(view.filter, entity.name) else ""
    return Seeing(
        entity=entity,
        view=view,
        filter=designed if own is None else own.strip(),
        own=own is not None,
        sort=tuple(sort.split(",")) if sort else usable_sort(desk, entity, view),
        own_sort=bool(sort),
        place={name: given[name] for name in view.type.places if given.get(name)},
    )


def usable_sort(desk: Desk, entity: Entity, view: View) -> tuple[str, ...]:
    readable = {field.name for field in desk.access.readable(entity.name)}
    return tuple(term for term in view.sort if term.removeprefix("-") in readable)


def find_view(desk: Desk, entity: Entity, name: str | None) -> View:
    """A view by its short or whole name; without a name the first one, or one made of the entity itself."""
    views = views_of(desk, entity)
    if name is None:
        return views[0]
    for view in views:
        if name in (addresses.short_name(view), view.name):
            return view
    if name == PLAIN:
        return plain_view(desk, entity)
    hint = did_you_mean(near(name, [addresses.short_name(view) for view in views]))
    raise NotFound(_("There is no view “%(name)s” here.", name=name) + hint)


def views_of(desk: Desk, entity: Entity) -> list[View]:
    return desk.model.views_of(entity.name) or [plain_view(desk, entity)]


def plain_view(desk: Desk, entity: Entity) -> View:
    """The view of an entity that has none: its title and the first fields, the newest record first."""
    listed = [field for field in desk.names.listed(entity.name) if not field.system and field.name != entity.title]
    names = [entity.title, *[field.name for field in listed]][:COLUMNS_BY_THEMSELVES]
    return View(
        name=f"{entity.name}.{PLAIN}",
        entity=entity.name,
        type=workspace().extensions.views["list"],
        label={"en": "All", "zh": "全部"},
        columns=tuple(Item((name,)) for name in names),
        filter=None,
        sort=("-created_at",),
    )


def columns_of(desk: Desk, entity: Entity, items: tuple[Item, ...]) -> list[Column]:
    """The columns that the reader may see."""
    return [
        column(desk.model, entity, item)
        for item in items
        if desk.access.path_is_readable(entity.name, item.path) and _is_shown(entity, item)
    ]


def _is_shown(entity: Entity, item: Item) -> bool:
    field = entity.fields[item.path[0]]
    return field.type.owns(field) is None


def conditions(desk: Desk, seeing: Seeing) -> tuple[Formula, ...]:
    """The filter, checked for this reader.

    :raises Invalid: with the position of the error.
    """
    if not seeing.own:
        return (seeing.view.filter,) if seeing.filter and seeing.view.filter is not None else ()
    return desk.names.conditions(seeing.entity.name, [seeing.filter])


def terms(desk: Desk, seeing: Seeing) -> tuple[Term, ...]:
    """The order; an order of the address that cannot be is left out, the list is still there."""
    try:
        return desk.names.terms(seeing.entity.name, ",".join(seeing.sort))
    except Invalid:
        return ()


def question(desk: Desk, seeing: Seeing, paths: list[Path], **more: Any) -> Question:
    wanted = tuple(dict.fromkeys(paths))
    return Question(seeing.entity.name, wanted, where=conditions(desk, seeing), sort=terms(desk, seeing), **more)


def count_text(counted: tuple[int, bool]) -> str:
    """How many records, or that they are more than were counted."""
    return f"{number(CAP)}+" if counted[1] else number(counted[0])
