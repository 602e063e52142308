"""Which definition was which before: by its name, or by a name that it had formerly.

A rename is nothing else than this: the same entity or field under another name, its values where they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, of_kind


@dataclass(frozen=True, slots=True)
class Lineage:
    """Names before, by names now. What is not in here is new."""

    entities: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]

    def entity(self, name: str) -> str | None:
        return self.entities.get(name)

    def field(self, entity: str, name: str) -> str | None:
        return self.fields.get((entity, name))

    def renamed(self) -> Iterator[tuple[str, str]]:
        """`entity/old` and what it is called now; then `entity/now#old` and what the field is called now."""
        for now, before in self.entities.items():
            if now != before:
                yield f"entity/{before}", f"entity/{now}"
        for (entity, now), before in self.fields.items():
            if now != before:
                yield f"entity/{entity}#{before}", f"entity/{entity}#{now}"


def lineage(documents: Documents, published: Documents, *, by_storage: bool = False) -> Lineage:
    """Pair the entities and fields of a draft with those that are published.

    by_storage: the draft is an earlier revision, so what has the same physical name is the same thing.
    """
    former = _former_by_storage if by_storage else _former
    before = dict(of_kind(published, "entity"))
    drafted = dict(of_kind(documents, "entity"))
    entities: dict[str, str] = {}
    fields: dict[tuple[str, str], str] = {}
    for name, document in drafted.items():
        found = former(name, document, before, drafted)
        if found is None:
            continue
        entities[name] = found
        if document is not before[found]:
            for field, part in document["fields"].items():
                known = former(field, part, before[found]["fields"], document["fields"])
                if known is not None:
                    fields[name, field] = known
        else:
            fields.update({(name, field): field for field in document["fields"]})
    return Lineage(entities, fields)


def _former(name: str, part: Document, before: Mapping[str, Any], drafted: Mapping[str, Any]) -> str | None:
    """The name that a thing had: its own, else the latest former one that nothing else has taken."""
    if name in before:
        return name
    for former in reversed(part.get("formerly", ())):
        if former in before and former not in drafted:
            return str(former)
    return None


def _former_by_storage(name: str, part: Document, before: Mapping[str, Any], drafted: Mapping[str, Any]) -> str | None:
    physical = part.get("stored_as", name)
    same = (each for each, old in before.items() if each not in drafted and old.get("stored_as", each) == physical)
    return name if name in before else next(same, None)
