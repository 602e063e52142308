"""Where an entry stands among its siblings, in words: its order is a number that says nothing to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sartor.platform.definitions.documents import in_order
from sartor.platform.definitions.places import at, parts_of, pointer_to
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _


def is_order(pointer: str, *values: Any) -> bool:
    """Whether a place is the order of an entry. values: what stands there; an entry may be called `order` itself."""
    parts = parts_of(pointer)
    return len(parts) > 2 and parts[-1] == "order" and not any(isinstance(each, Mapping) for each in values)


def names_in_order(entries: Any) -> list[str]:
    """The names of a map's entries as they stand, those without an order last."""
    parts = entries if isinstance(entries, Mapping) else {}
    return [name for name, _each in in_order({name: each for name, each in parts.items() if isinstance(each, Mapping)})]


def entry_called(calling: Calling, key: str, names: Sequence[str]) -> str:
    """What the entry at a place is called, without what sort of thing it is."""
    spot = calling.spot(key, pointer_to(*names))
    return calling.entry(spot.steps[-1], spot.entity)


def standing(calling: Calling, key: str, pointer: str, order: Any) -> str:
    """Where an entry would stand with another order: `after Amount`. pointer: of its order; order: may be ABSENT."""
    *names, name, _order = parts_of(pointer)
    found = names_in_order(_ordered_as(order, name, _entries(calling, key, names, name)))
    number = found.index(name)
    if number == 0:
        return _("at the beginning")
    return _("after %(other)s", other=entry_called(calling, key, (*names, found[number - 1])))


def _entries(calling: Calling, key: str, names: Sequence[str], name: str) -> Mapping[str, Any]:
    """An entry and its siblings, in the newest state that has it."""
    states = (at(each, pointer_to(*names)) for each in reversed(calling.states(key)))
    return next((each for each in states if isinstance(each, Mapping) and name in each), {})


def _ordered_as(order: Any, name: str, entries: Mapping[str, Any]) -> Mapping[str, Any]:
    rest = {what: each for what, each in entries.get(name, {}).items() if what != "order"}
    return {**entries, name: rest if order is ABSENT else {**rest, "order": order}}
