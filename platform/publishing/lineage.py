"""Which definition was which before: by the names that it had, one after the other.

A rename is nothing else than this: the same entity or field under another name, its values where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, of_kind, without_engine_keys


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


BRINGS_BACK = "brings_back"
"""Property of a drafted field: the retired column whose values it goes on with."""

Parts = Mapping[str, Any]
Pairs = dict[str, str]
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
    return Lineage(entities, fields)


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
