"""What stands side by side on pages: columns, fields of a form, and the order of records."""

from __future__ import annotations

from collections.abc import Mapping

from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.model import Field, Item
from sartor.platform.text import gettext as _


def shown_items(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Item, ...]:
    found = []
    for key, part in in_order(parts):
        here = place.at(key, level=part.get("level"))
        steps = draft.path(here, entity, part.get("path", key))
        if steps:
            found.append(Item(steps, part.get("label"), part.get("width"), part.get("total")))
    return tuple(found)


def refuse_totals(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> None:
    """A column whose field got a type without such a total would break its list."""
    for key, part in parts.items():
        steps = tuple(part.get("path", key).split("."))
        field = _end(draft, entity, steps) if "total" in part else None
        if field is not None and part["total"] not in field.face.type.aggregates:
            draft.say(place.at(key, "total"), "no_sum", _("%(name)s cannot be summed up.", name=".".join(steps)))


def _end(draft: Draft, entity: str, path: tuple[str, ...]) -> Field | None:
    """The field at the end of a path; None for an attribute."""
    for number, step in enumerate(path):
        field = draft.model.entities[entity].fields.get(step)
        kind = draft.scope.sound(entity, step)
        if field is None or kind is None or kind.entity is None or number == len(path) - 1:
            return field if number == len(path) - 1 else None
        entity = kind.entity
    return None


def sort_terms(draft: Draft, place: Place, entity: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    found = enumerate(terms)
    return tuple(term for number, term in found if can_sort(draft, place.at(number), entity, term.removeprefix("-")))


def can_sort(draft: Draft, here: Place, entity: str, name: str) -> bool:
    if "." in name:
        said = _("%(name)s lies behind a lookup; sort by a field of the entity itself.", name=name)
        draft.say(here, "sort", said)
        return False
    if not draft.field_named(here, entity, name):
        return False
    if not draft.model.entities[entity].fields[name].face.type.sortable:
        draft.say(here, "sort", _("%(name)s has no order.", name=name))
        return False
    return True
