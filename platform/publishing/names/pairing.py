"""Which part of a design was which before: definitions, fields or choices, by the names that they had or by what they
are called in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, without_engine_keys

BRINGS_BACK = "brings_back"
"""Property of what is drafted: the retired column, or table, whose values it goes on with."""

Parts = Mapping[str, Any]
Pairs = dict[str, str]
"""Names before, by names now."""
Names = Callable[[str, Any, Parts], Iterable[str]]
ByName = Callable[[Parts, Parts], Pairs]
Column = tuple[str, str]
"""Physical names of a table and of a column in it."""


# ---- by names


def by_name(drafted: Parts, before: Parts) -> Pairs:
    """What is as it was is itself. What was renamed says the names that it had, so it is followed before what merely
    has the same name: a name may have been given to something else since."""
    others = {name: part for name, part in drafted.items() if BRINGS_BACK not in part}
    pairs = _back_already(drafted, before)
    pairs |= {name: name for name, part in others.items() if name in before and _is_same(part, before[name])}
    _follow(_longest_first(others), before, pairs, _names_it_had)
    _follow(others, before, pairs, lambda name, part, _before: [name])
    _follow(others, before, pairs, lambda name, part, _before: _free_names(part, drafted))
    _follow(others, before, pairs, lambda name, part, _before: _names_given_by_others(part, drafted, before))
    return {name: pairs[name] for name in drafted if name in pairs}


def by_names_either_way(drafted: Parts, before: Parts) -> Pairs:
    """The same for an earlier revision: which of the two came first, the names that each had tell."""
    pairs = {name: name for name, part in drafted.items() if name in before and _is_same(part, before[name])}
    pairs = _followed_back(drafted, _longest_first(before), pairs, _names_it_had)
    _follow(_longest_first(drafted), before, pairs, _names_it_had)
    _follow(drafted, before, pairs, lambda name, part, _before: [name])
    pairs = _followed_back(drafted, before, pairs, lambda name, part, _drafted: _free_names(part, before))
    _follow(drafted, before, pairs, lambda name, part, _before: _free_names(part, drafted))
    _follow(drafted, before, pairs, lambda name, part, _before: _names_given_by_others(part, drafted, before))
    return {name: pairs[name] for name in drafted if name in pairs}


def _followed_back(drafted: Parts, before: Parts, pairs: Pairs, names: Names) -> Pairs:
    later = {old: now for now, old in pairs.items()}
    _follow(before, drafted, later, names)
    return {now: old for old, now in later.items()}


def _back_already(drafted: Parts, before: Parts) -> Pairs:
    """Fields that are to bring back what somebody else has brought back meanwhile."""
    return {
        name: name
        for name, part in drafted.items()
        if BRINGS_BACK in part and name in before and physical_name(before[name], name) == part[BRINGS_BACK]
    }


def _longest_first(parts: Parts) -> Parts:
    """What had most names is later than whatever it left its names to."""
    return dict(sorted(parts.items(), key=lambda each: -len(each[1].get("formerly", ()))))


def _follow(drafted: Parts, before: Parts, pairs: Pairs, names: Names) -> None:
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


def _names_given_by_others(part: Document, drafted: Parts, before: Parts) -> list[str]:
    """Names of what began with the same name: two people have renamed it, each in another way."""
    first = list(part.get("formerly", ()))[:1]
    return [
        name
        for name, each in before.items()
        if first and name not in drafted and list(each.get("formerly", ()))[:1] == first
    ]


def _is_same(one: Any, other: Any) -> bool:
    return one is other or without_engine_keys(one) == without_engine_keys(other)


# ---- by what they are called in the database


def physical_name(part: Document, name: str) -> str:
    return str(part.get("stored_as", name))


def by_storage(drafted: Parts, before: Parts, retyped: Collection[Column] = (), table: str = "") -> Pairs:
    names = {physical_name(part, name): name for name, part in before.items()}
    pairs = {
        name: names[physical] for name, part in drafted.items() if (physical := physical_name(part, name)) in names
    }  # fmt: skip
    taken = set(pairs.values())
    for name, part in drafted.items():
        if name in before and name not in pairs and name not in taken and (table, physical_name(part, name)) in retyped:
            pairs[name] = name
    return pairs
