"""Fields of other entities that went when an entity did, because they point to it or read what does: they come back
with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import parts_of
from sartor.platform.publishing.retired.leftovers import Retired
from sartor.platform.publishing.uses.references import Owner, Reference, noted


def fields_along(entity: Retired, fields: Iterable[tuple[int, Retired]], before: Documents, kinds: Kinds) -> list[int]:
    """Their numbers, what others read first. fields: all that are retired; before: what was published then."""
    left: Mapping[Owner, int] = {
        (each.entity, str(each.field)): number for number, each in fields if each.revision == entity.revision
    }
    references = noted(before, kinds).found if left else []
    found: dict[Owner, int] = {}
    while more := {
        place: left[place]
        for each in references
        if (place := _field_at(each)) in left and place not in found and _names(each, entity.entity, found)
    }:
        found.update(more)
    return list(found.values())


def _field_at(reference: Reference) -> Owner:
    """The field in whose definition a reference stands."""
    parts = parts_of(reference.pointer)
    is_field = reference.key.startswith("entity/") and parts[:1] == ("fields",) and len(parts) > 1
    return (reference.key.removeprefix("entity/"), parts[1]) if is_field else ("", "")


def _names(reference: Reference, entity: str, found: Mapping[Owner, int]) -> bool:
    owners = [each for each in reference.owners if each is not None]
    return f"entity/{entity}" in reference.targets or any(each[0] == entity or each in found for each in owners)
