"""Which definition was which before: by the names that it had, one after the other.

A rename is nothing else than this: the same entity or field under another name, its values where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeGuard

from sartor.platform.definitions.documents import Document, Documents, of_kind
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.publishing.names.pairing import (
    ByName,
    Column,
    Parts,
    by_name,
    by_names_either_way,
    by_storage,
    physical_name,
)


@dataclass(frozen=True, slots=True)
class Lineage:
    """Names before, by names now. What is not in here is new.

    others: definitions of the other kinds, as far as they are called otherwise now (`view/deal.all`). keys: choices
    and stages, as far as theirs are others, by the set that says them and the key now.
    """

    entities: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]
    others: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def entity(self, name: str) -> str | None:
        return self.entities.get(name)

    def field(self, entity: str, name: str) -> str | None:
        return self.fields.get((entity, name))

    def keys_by_set(self) -> dict[str, dict[str, str]]:
        """For each set that says choices or stages (as it is called now) the new keys by old ones."""
        found: dict[str, dict[str, str]] = {}
        for (owner, now), before in self.keys.items():
            found.setdefault(owner, {})[before] = now
        return found

    def renamed(self) -> Iterator[tuple[str, str]]:
        """The same as `named_otherwise`; then `options/now@old` and what the choice or stage is called now."""
        yield from self.named_otherwise()
        for (owner, now), before in self.keys.items():
            yield f"{owner}@{before}", f"{owner}@{now}"

    def named_otherwise(self) -> Iterator[tuple[str, str]]:
        """`entity/old` and what it is called now; then `entity/now#old` and what the field is called now."""
        for key, before in self.others.items():
            yield before, key
        for now, before in self.entities.items():
            if now != before:
                yield f"entity/{before}", f"entity/{now}"
        for (entity, now), before in self.fields.items():
            if now != before:
                yield f"entity/{entity}#{before}", f"entity/{entity}#{now}"


@dataclass(frozen=True, slots=True)
class Pairing:
    """How parts are paired. fields: by the physical name of their table; named: whatever is no table and no column."""

    entities: ByName
    fields: Callable[[str], ByName]
    named: ByName


OTHERS = tuple(kind for kind in KINDS if kind not in ("entity", "blueprint"))


def lineage(documents: Documents, published: Documents) -> Lineage:
    """Pair the entities and fields of a draft with those that are published."""
    return _lineage(documents, published, Pairing(by_name, lambda _table: by_name, by_name))


def lineage_back(documents: Documents, published: Documents, retyped: Collection[Column]) -> Lineage:
    """The same where the draft is an earlier revision: what has the same physical name is the same thing.

    retyped: columns that are out of use because their field got another type; that field goes back to them.
    """

    def fields(table: str) -> ByName:
        return partial(by_storage, retyped=retyped, table=table)

    return _lineage(documents, published, Pairing(by_storage, fields, by_names_either_way))


def lineage_since(documents: Documents, then: Documents, *, rollback: bool) -> Lineage:
    """What an earlier revision has become in a draft, whatever was in between.

    rollback: the draft is a revision that may be earlier still.
    """
    named = by_names_either_way if rollback else by_name
    return _lineage(documents, then, Pairing(by_storage, lambda _table: by_storage, named))


def _lineage(documents: Documents, published: Documents, pairing: Pairing) -> Lineage:
    before = dict(of_kind(published, "entity"))
    drafted = dict(of_kind(documents, "entity"))
    entities = pairing.entities(drafted, before)
    fields: dict[tuple[str, str], str] = {}
    for name, found in entities.items():
        if drafted[name] is before[found]:
            fields.update({(name, field): field for field in drafted[name]["fields"]})
        else:
            pair = pairing.fields(physical_name(before[found], found))
            pairs = pair(drafted[name]["fields"], before[found]["fields"])
            fields.update({(name, field): old for field, old in pairs.items()})
    others = {now: old for kind in OTHERS for now, old in _others(documents, published, kind, pairing.named)}
    keys = _keys(documents, published, Lineage(entities, fields, others), pairing.named)
    return Lineage(entities, fields, others, keys)


def _others(documents: Documents, published: Documents, kind: str, named: ByName) -> Iterator[tuple[str, str]]:
    drafted, before = dict(of_kind(documents, kind)), dict(of_kind(published, kind))
    if not all(drafted.get(name) is each for name, each in before.items()):
        pairs = named(drafted, before).items()
        yield from ((f"{kind}/{now}", f"{kind}/{old}") for now, old in pairs if now != old)


# ---- choices and stages


def _keys(documents: Documents, published: Documents, lineage: Lineage, named: ByName) -> dict[tuple[str, str], str]:
    """Keys that are others now. A set that says what it said is not looked into."""
    found = {}
    for owner, drafted, before in _sets(documents, published, lineage):
        if drafted is not before and drafted != before:
            found.update({(owner, now): old for now, old in named(drafted, before).items() if now != old})
    return found


def _sets(documents: Documents, published: Documents, lineage: Lineage) -> Iterator[tuple[str, Parts, Parts]]:
    """Everything that says choices or stages, before and now."""
    for kind, part in (("options", "choices"), ("pipeline", "stages")):
        for name, document in of_kind(documents, kind):
            former = published.get(lineage.others.get(f"{kind}/{name}", f"{kind}/{name}"))
            if former is not None and former is not document:
                now, then = document.get(part), former.get(part)
                if _is_of_parts(now) and _is_of_parts(then):
                    yield f"{kind}/{name}", now, then
    for (entity, name), old in lineage.fields.items():
        document, former = documents[f"entity/{entity}"], published[f"entity/{lineage.entities[entity]}"]
        if document is not former:
            now, then = _own_choices(document, name), _own_choices(former, old)
            if _is_of_parts(now) and _is_of_parts(then):
                yield f"entity/{entity}#{name}", now, then


def _own_choices(document: Document, name: str) -> Any:
    part = document["fields"].get(name)
    options = part.get("options") if isinstance(part, Mapping) else None
    return options.get("choices") if isinstance(options, Mapping) else None


def _is_of_parts(found: Any) -> TypeGuard[Parts]:
    """An edit that is kept need not be sound."""
    return isinstance(found, Mapping) and all(isinstance(each, Mapping) for each in found.values())
