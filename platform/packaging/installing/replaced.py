"""A definition that takes the place of another one: whoever uses it goes on using it.

Fields that the new one lacks go, unless something that stays names them: these stay as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import at
from sartor.platform.publishing.uses.references import noted

Field = tuple[str, str]
"""The definition of an entity, and the name of a field of it."""


def with_what_is_used(
    present: Documents, documents: Documents, replaced: Collection[str], kinds: Kinds
) -> tuple[dict[str, Any], list[Field]]:
    """The design after a replacement with the fields that others use, and which these are. present: the one before."""
    made, stays = dict(documents), list[Field]()
    lacking = {(key, name) for key in replaced for name in _lost(present[key], documents[key])}
    uses = list(_uses(present, kinds)) if lacking else []
    while more := {field for key, pointer, field in uses if field in lacking and _stands(present, made, key, pointer)}:
        lacking -= more
        for key, name in sorted(more):
            made[key] = _with_field(made[key], name, present[key])
            stays.append((key, name))
    return made, stays


def _lost(before: Document, after: Document) -> Iterator[str]:
    yield from (name for name in before.get("fields", {}) if name not in after.get("fields", {}))


def _uses(documents: Documents, kinds: Kinds) -> Iterator[tuple[str, str, Field]]:
    """Every place that names a field, outside of that field itself."""
    draft = noted(documents, kinds)
    for place, target in draft.reaches:
        key, hash_, name = target.partition("#")
        if hash_:
            yield place.key, place.pointer, (key, name)
    for each in draft.found:
        yield from ((each.key, each.pointer, (f"entity/{owner[0]}", owner[1])) for owner in each.owners if owner)


def _stands(present: Documents, made: Documents, key: str, pointer: str) -> bool:
    """Whether a place says afterwards what it said before."""
    return key in made and (said := at(made[key], pointer)) is not None and said == at(present[key], pointer)


def _with_field(document: Document, name: str, before: Document) -> dict[str, Any]:
    field: Mapping[str, Any] = before["fields"][name]
    origin = {"origin": before["origin"]} if "origin" in before and "origin" not in field else {}
    return {**document, "fields": {**document["fields"], name: {**field, **origin}}}
