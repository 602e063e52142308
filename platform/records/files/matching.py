"""Values that name no record: what each was probably meant to say, so that it is mapped once and not row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sartor.platform.text import fold

NEAR = 60
IGNORED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A value that exists. score: 100 when it differs only in case, width, spaces or punctuation."""

    value: str
    score: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that names nothing, in how many rows it stands, and what it is close to, best first."""

    value: str
    count: int
    near: tuple[Near, ...]


class Matcher:
    """The values that exist, prepared once."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._values = list(dict.fromkeys(candidates))
        self._compact = [compact(value) for value in self._values]

    def near(self, value: str, limit: int = 3) -> tuple[Near, ...]:
        wanted = compact(value)
        if not wanted:
            return ()
        found = process.extract(wanted, self._compact, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=limit * 3)
        scored = [Near(self._values[place], _score(wanted, text, score)) for text, score, place in found]
        return tuple(sorted(scored, key=lambda one: (-one.score, one.value))[:limit])


def near_values(value: str, candidates: Sequence[str], limit: int = 3) -> tuple[Near, ...]:
    """The candidates closest to a value; for many values make one `Matcher`."""
    return Matcher(candidates).near(value, limit)


def group_misses(values: Iterable[str], candidates: Iterable[str], limit: int = 3) -> list[Miss]:
    """Distinct values with their number, the most frequent first."""
    matcher = Matcher(candidates)
    counted = sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))
    return [Miss(value, count, matcher.near(value, limit)) for value, count in counted]


def compact(text: str) -> str:
    """Folded, without spaces and punctuation."""
    return IGNORED.sub("", fold(text))


def _score(wanted: str, text: str, score: float) -> int:
    """100 is kept for equality: it means that one entry of the mapping can be filled in unasked."""
    return 100 if wanted == text else min(99, round(score))
