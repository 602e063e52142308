"""Which entries of a list were moved: all but the longest run of those that still stand in the order they had."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The fewest entries of `after` whose moving explains the new order; what came and went is left out."""
    places = {name: number for number, name in enumerate(before)}
    common = [name for name in after if name in places]
    stayed = set(_longest_rise([places[name] for name in common]))
    return [name for name in common if places[name] not in stayed]


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """A longest rising subsequence of different numbers."""
    ends: list[int] = []
    index_of: list[int] = []
    previous: list[int] = []
    for number, value in enumerate(numbers):
        place = bisect_left(ends, value)
        previous.append(index_of[place - 1] if place else -1)
        ends[place : place + 1] = [value]
        index_of[place : place + 1] = [number]
    found, here = [], index_of[-1] if index_of else -1
    while here >= 0:
        found.append(numbers[here])
        here = previous[here]
    return found
