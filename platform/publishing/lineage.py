"""Which definition was which before: by the names that it had, one after the other.

A rename is nothing else than this: the same entity or field under another name, its values where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeGuard

from sartor.platform.definitions.documents import Document, Documents, of_kind, without_engine_keys
from sartor.platform.definitions.kinds import KINDS


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


BRINGS_BACK = "brings_back"
"""Property of a drafted field: the retired column whose values it goes on with."""

Parts = Mapping[str, Any]
Pairs = dict[str, str]
ByName = Callable[[Parts, Parts], Pairs]
OTHERS = tuple(kind for kind in KINDS if kind not in ("entity", "blueprint"))
Column = tuple[str, str]
"""Physical names of a table and of a column in it."""


def lineage(documents: Documents, published: Documents) -> Lineage:
    """Pair the entities and fields of a draft with those that are published."""
    return _lineage(documents, published, _by_name, lambda _table: _by_name)


def lineage_back(documents: Documents, published: Documents, retyped: Collection[Column]) -> Lineage:
    """The same where the draft is an earlier revision: what has the same physical name is the same thing.

    retyped: columns that are out of use because their field got another type; that field goes back to them.
    """
    return _lineage(documents, published, _by_storage, lambda table: partial(_by_storage, retyped=retyped, table=table))


def _lineage(
    documents: Documents,
    published: Documents,
    pair: Callable[[Parts, Parts], Pairs],
    pair_in: Callable[[str], Callable[[Parts, Parts], Pairs]],
) -> Lineage:
    before = dict(of_kind(published, "entity"))
    drafted = dict(of_kind(documents, "entity"))
    entities = pair(drafted, before)
    fields: dict[tuple[str, str], str] = {}
    for name, found in entities.items():
        if drafted[name] is before[found]:
            fields.update({(name, field): field for field in drafted[name]["fields"]})
        else:
            pairs = pair_in(_physical(before[found], found))(drafted[name]["fields"], before[found]["fields"])
            fields.update({(name, field): old for field, old in pairs.items()})
    by_name = _by_name if pair is _by_name else _by_later_names
    others = {now: old for kind in OTHERS for now, old in _others(documents, published, kind, by_name)}
    return Lineage(entities, fields, others, _keys(documents, published, Lineage(entities, fields, others), by_name))


def _others(documents: Documents, published: Documents, kind: str, by_name: ByName) -> Iterator[tuple[str, str]]:
    drafted, before = dict(of_kind(documents, kind)), dict(of_kind(published, kind))
    if not all(drafted.get(name) is each for name, each in before.items()):
        pairs = by_name(drafted, before).items()
        yield from ((f"{kind}/{now}", f"{kind}/{old}") for now, old in pairs if now != old)


def _by_later_names(drafted: Parts, before: Parts) -> Pairs:
    """The same for an earlier revision, which knows nothing of later names: those that are published tell what they
    were."""
    return {old: now for now, old in _by_name(before, drafted).items()}


# ---- choices and stages


def _keys(documents: Documents, published: Documents, lineage: Lineage, by_name: ByName) -> dict[tuple[str, str], str]:
    """Keys that are others now. A set that says what it said is not looked into."""
    found = {}
    for owner, drafted, before in _sets(documents, published, lineage):
        if drafted is not before and drafted != before:
            found.update({(owner, now): old for now, old in by_name(drafted, before).items() if now != old})
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


# ---- by names


def _by_name(drafted: Parts, before: Parts) -> Pairs:
    """What is as it was is itself. What was renamed says the names that it had, so it is followed before what merely
    has the same name: a name may have been given to something else since."""
    others = {name: part for name, part in drafted.items() if BRINGS_BACK not in part}
    pairs = _back_already(drafted, before)
    pairs |= {name: name for name, part in others.items() if name in before and _is_same(part, before[name])}
    _follow(_longest_first(others), before, pairs, _names_it_had)
    _follow(others, before, pairs, lambda name, part, _before: [name])
    _follow(others, before, pairs, lambda name, part, _before: _free_names(part, drafted))
    return {name: pairs[name] for name in drafted if name in pairs}


def _back_already(drafted: Parts, before: Parts) -> Pairs:
    """Fields that are to bring back what somebody else has brought back meanwhile."""
    return {
        name: name
        for name, part in drafted.items()
        if BRINGS_BACK in part and name in before and _physical(before[name], name) == part[BRINGS_BACK]
    }


def _longest_first(parts: Parts) -> Parts:
    """What had most names is later than whatever it left its names to."""
    return dict(sorted(parts.items(), key=lambda each: -len(each[1].get("formerly", ()))))


def _follow(drafted: Parts, before: Parts, pairs: Pairs, names: Callable[[str, Any, Parts], Iterable[str]]) -> None:
    taken = set(pairs.values())
    for name, part in drafted.items():
        if name not in pairs:
            found = next((each for each in names(name, part, before) if each in before and each not in taken), None)
            if found is not None:
                pairs[name] = found
                taken.add(found)


def _names_it_had(name: str, part: Document, before: Parts) -> Iterator[str]:
    """Published names from which the names of a part go on without a gap."""
    formerly = part.get("formerly", ())
    chain = [*formerly, name]
    for former in (name, *reversed(formerly)) if formerly else ():
        if former in before:
            known = [*before[former].get("formerly", ()), former]
            if chain[: len(known)] == known:
                yield former


def _free_names(part: Document, drafted: Parts) -> list[str]:
    return [name for name in reversed(part.get("formerly", ())) if name not in drafted]


def _is_same(one: Any, other: Any) -> bool:
    return one is other or without_engine_keys(one) == without_engine_keys(other)


# ---- by what they are called in the database


def _physical(part: Document, name: str) -> str:
    return str(part.get("stored_as", name))


def _by_storage(drafted: Parts, before: Parts, retyped: Collection[Column] = (), table: str = "") -> Pairs:
    names = {_physical(part, name): name for name, part in before.items()}
    pairs = {
        name: names[physical] for name, part in drafted.items() if (physical := _physical(part, name)) in names
    }  # fmt: skip
    taken = set(pairs.values())
    for name, part in drafted.items():
        if name in before and name not in pairs and name not in taken and (table, _physical(part, name)) in retyped:
            pairs[name] = name
    return pairs
