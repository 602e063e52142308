"""What is different between two sets of documents, property by property."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Documents, without_engine_keys


@dataclass(frozen=True, slots=True)
class Difference:
    """One property. pointer: its place in the document, empty for the whole. Absent is told from null by `ABSENT`."""

    key: str
    pointer: str
    before: Any
    after: Any


class Absent:
    """Stands for a property that is not there."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = Absent()


def differences(before: Documents, after: Documents) -> list[Difference]:
    """Sorted by document and place. What the engine keeps in documents is left out."""
    found: list[Difference] = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key, ABSENT), after.get(key, ABSENT)
        if one is not other:
            found += _within(key, "", without_engine_keys(one), without_engine_keys(other))
    return found


def _within(key: str, pointer: str, one: Any, other: Any) -> Iterator[Difference]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in sorted(one.keys() | other.keys()):
            place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            yield from _within(key, place, one.get(name, ABSENT), other.get(name, ABSENT))
    elif one is ABSENT or other is ABSENT or one != other:
        yield Difference(key, pointer, one, other)
