"""Fields of an entity as a palette offers them: its own, those behind its lookups, those of every record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sartor.platform.model import Entity, Field, Model
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

UNASKED = ("id", "version", "deleted_at")


def shelves(model: Model, entity: Entity) -> list[dict[str, Any]]:
    """Plain data: a title and the items, each with its path as key."""
    own = [each for each in entity.fields.values() if not each.system and is_shown(each)]
    found = [{"title": pick(entity.label), "items": [_item(each, ()) for each in own]}]
    found += [shelf for each in own for shelf in _behind(model, each)]
    every = [each for each in entity.fields.values() if each.system and each.name not in UNASKED]
    found.append({"title": _("Of every record"), "items": [_item(each, ()) for each in every]})
    return [shelf for shelf in found if shelf["items"]]


def is_shown(field: Field) -> bool:
    """Lines are records of their own, never one value."""
    return field.type.owns(field) is None


def _behind(model: Model, lookup: Field) -> Iterator[dict[str, Any]]:
    """What one lookup leads to; a reference that may lead to several entities has no common fields."""
    targets = lookup.type.targets(lookup)
    if len(targets) != 1 or lookup.type.members(lookup) is not None or targets[0] not in model.entities:
        return
    fields = model.entities[targets[0]].fields.values()
    shown = [each for each in fields if not each.system and is_shown(each) and each.type.members(each) is None]
    items = [_item(each, (lookup,)) for each in shown]
    yield {"title": pick(lookup.label) + " ›", "items": items}


def _item(field: Field, behind: tuple[Field, ...]) -> dict[str, Any]:
    kind, path = field.face.type, ".".join(each.name for each in (*behind, field))
    label = " · ".join(pick(each.label) for each in (*behind, field))
    return {
        "key": path,
        "text": pick(field.label),
        "label": label,
        "icon": kind.icon,
        "hint": f"{pick(kind.label)} · {path}",
        "words": label,
        "sorts": not behind and kind.sortable and field.type.members(field) is None,
        "sums": not behind and bool(kind.aggregates),
    }
