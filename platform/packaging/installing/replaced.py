"""A definition that takes the place of another one: whoever uses it goes on using it.

Fields, choices and stages that the new one lacks go, unless something that stays names them: these stay as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import at
from sartor.platform.publishing.names.rekeying import rekeyed
from sartor.platform.publishing.uses.references import Noting, noted

Part = tuple[str, str, str]
"""A definition, the pointer of a map in it, and the name of an entry there: a field, a choice or a stage."""
FIELDS = "/fields"
OF_KIND = {"options": "/choices", "pipeline": "/stages"}
"""Where the keys stand that records have as values."""


def with_what_is_used(
    present: Documents, documents: Documents, replaced: Collection[str], kinds: Kinds
) -> tuple[dict[str, Any], list[Part]]:
    """The design after a replacement with the parts that others use, and which these are. present: the one before."""
    lacking = [part for key in replaced for part in _lost(key, present[key], documents[key])]
    if not lacking:
        return dict(documents), []
    draft = noted(present, kinds)
    made, stays = _with_fields(present, documents, {part for part in lacking if part[1] == FIELDS}, draft)
    for part in lacking:
        if part[1] != FIELDS and _is_named(present, made, part, draft):
            made[part[0]] = _with_part(made[part[0]], part, present[part[0]])
            stays.append(part)
    return made, stays


def _lost(key: str, before: Document, after: Document) -> Iterator[Part]:
    """Parts that others may name and that are gone, unless what they were parts of has gone with them."""
    kind = key.partition("/")[0]
    maps = [OF_KIND[kind]] if kind in OF_KIND else []
    if kind == "entity":
        maps = [FIELDS, *(f"{FIELDS}/{name}/options/choices" for name in before["fields"])]
    for pointer in maps:
        was, now = at(before, pointer), at(after, pointer)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from ((key, pointer, name) for name in was if name not in now)


# ---- fields


def _with_fields(
    present: Documents, documents: Documents, lacking: set[Part], draft: Noting
) -> tuple[dict[str, Any], list[Part]]:
    """A field that stays may name others, so it is looked again until no more have to stay."""
    made, stays = dict(documents), list[Part]()
    uses = list(_uses(draft)) if lacking else []
    while more := {part for key, pointer, part in uses if part in lacking and _stands(present, made, key, pointer)}:
        lacking = lacking - more
        for part in sorted(more):
            made[part[0]] = _with_part(made[part[0]], part, present[part[0]])
            stays.append(part)
    return made, stays


def _uses(draft: Noting) -> Iterator[tuple[str, str, Part]]:
    """Every place that names a field, outside of that field itself."""
    for place, target in draft.reaches:
        key, hash_, field = target.partition("#")
        if hash_:
            yield place.key, place.pointer, (key, FIELDS, field)
    for each in draft.found:
        yield from (
            (each.key, each.pointer, (f"entity/{owner[0]}", FIELDS, owner[1])) for owner in each.owners if owner
        )


# ---- choices and stages


def _is_named(present: Documents, made: Documents, part: Part, draft: Noting) -> bool:
    """Whether anything that stays would change if the choice or stage had another key."""
    key, pointer, name = part
    field = pointer.split("/")[2] if pointer.startswith(f"{FIELDS}/") else ""
    changed = rekeyed(present, draft, f"{key}#{field}" if field else key, {name: f"{name}_"})
    places = ((other, place) for other, after in changed.items() for place in _differing(present[other], after))
    return any(
        _stands(present, made, *each) for each in places if not (each[0] == key and each[1].startswith(f"{pointer}/"))
    )


def _differing(before: Any, after: Any, pointer: str = "") -> Iterator[str]:
    """Pointers of what is otherwise."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in before:
            yield from _differing(before[name], after.get(name), f"{pointer}/{name}")
    elif before != after:
        yield pointer


# ---- both


def _stands(present: Documents, made: Documents, key: str, pointer: str) -> bool:
    """Whether a place says afterwards what it said before."""
    return key in made and (said := at(made[key], pointer)) is not None and said == at(present[key], pointer)


def _with_part(document: Document, part: Part, before: Document) -> dict[str, Any]:
    _key, pointer, name = part
    kept: Mapping[str, Any] = at(before, pointer)[name]
    origin = {"origin": before["origin"]} if "origin" in before and "origin" not in kept else {}
    made = deepcopy(dict(document))
    at(made, pointer)[name] = {**kept, **origin}
    return made
