"""Two people changed one document: what each of them changed by himself goes together, the rest is a conflict.

Three states of the document are set against each other, property by property: the one that the edit began with, mine,
and the one that is published now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.definitions.places import parts_of, pointer_to
from sartor.platform.publishing.diff import ABSENT


@dataclass(frozen=True, slots=True)
class Clash:
    """A property that both changed, each in another way.

    places: JSON pointers; a type brings its options with it. base, mine, theirs: what stands at the first of them.
    """

    places: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any


@dataclass(slots=True)
class Merge:
    """document: theirs and mine together, mine where they clash. base: what of theirs is in it already.

    Both are ABSENT where there is no document. With `base` as the state that the edit began with, merging again gives
    the same clashes and nothing else.
    """

    document: Any = ABSENT
    base: Any = ABSENT
    clashes: list[Clash] = field(default_factory=list)


def merge(base: Any, mine: Any, theirs: Any) -> Merge:
    """base, mine, theirs: documents, or ABSENT. What the engine keeps in documents is to be taken out before."""
    result = Merge()
    result.document, result.base = _merged(result, (), base, mine, theirs)
    return result


def _merged(result: Merge, place: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> tuple[Any, Any]:
    if mine in (theirs, base):
        return theirs, theirs
    if base == theirs:
        return mine, theirs
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping) and (base is ABSENT or isinstance(base, Mapping)):
        return _merged_maps(result, place, base if isinstance(base, Mapping) else {}, mine, theirs)
    result.clashes.append(Clash((pointer_to(*place),), base, mine, theirs))
    return mine, base


def _merged_maps(
    result: Merge, place: tuple[str, ...], base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[Any, Any]:
    document: dict[str, Any] = {}
    known: dict[str, Any] = {}
    together = ("type", "options") if _another_type(base, mine, theirs) else ()
    names = {**theirs, **mine, **base}
    for name in names:
        three = tuple(each.get(name, ABSENT) for each in (base, mine, theirs))
        made = (three[1], three[0]) if name in together else _merged(result, (*place, name), *three)
        for target, value in zip((document, known), made, strict=True):
            if value is not ABSENT:
                target[name] = value
    if together:
        pointers = tuple(pointer_to(*place, name) for name in together)
        kinds = (each.get("type", ABSENT) for each in (base, mine, theirs))
        result.clashes.append(Clash(pointers, *kinds))
    return document, known


def _another_type(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether one of the two chose another type while the other one touched type or options: they go as a pair."""
    if not isinstance(mine.get("type"), str):
        return False
    pairs = [(each.get("type"), each.get("options", {})) for each in (base, mine, theirs)]
    was, ours, other = pairs
    return was not in (ours, other) and ours != other and not was[0] == ours[0] == other[0]


def put_at(document: Any, place: str, value: Any) -> Any:
    """A copy of a document with another value at a place; ABSENT takes it out. Maps on the way are made."""
    parts = parts_of(place)
    return _put(document, parts, value) if parts else value


def _put(document: Any, parts: tuple[str, ...], value: Any) -> Any:
    copy = dict(document) if isinstance(document, Mapping) else {}
    first, rest = parts[0], parts[1:]
    inner = _put(copy.get(first, {}), rest, value) if rest else value
    if inner is ABSENT:
        copy.pop(first, None)
    else:
        copy[first] = inner
    return copy


def taken_from(document: Any, place: str) -> Any:
    """What stands at a place; ABSENT where nothing does."""
    for part in parts_of(place):
        document = document.get(part, ABSENT) if isinstance(document, Mapping) else ABSENT
    return document
