"""Which field a column of a file is meant for: proposed with a reason, and only where it is clear taken unasked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from sartor.platform.records.files.synonyms import GROUPS
from sartor.platform.text import fold

SURE = 80
WORTH_SHOWING = 50
SEPARATORS = re.compile(r"[\W_]+")
HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
ADDITIONS = (" id", " no", " number", " code", " key")
LONGEST = 200
NEARLY_SPELLED = 75
"""From here on two names without a word in common are taken for one that was misspelled."""
UNIT = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]\s*$")


@dataclass(frozen=True, slots=True)
class Target:
    """A field that may be filled. labels: in all languages; title: it names the record."""

    name: str
    labels: tuple[str, ...] = ()
    required: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """reason: `same` name or label, `subject` (the column is called like the records), `synonym`, or `similar`."""

    target: str
    score: int
    reason: str

    @property
    def sure(self) -> bool:
        """Below this a person has to confirm."""
        return self.score >= SURE


def suggest(columns: Sequence[str], targets: Sequence[Target], *, subject: Sequence[str] = ()) -> dict[str, Suggestion]:
    """The best field for each column, each field at most once.

    subject: what the records are called (`deal`, `Deal`, `商机`): a column of that name is their title.
    """
    names = {spelled(name) for name in subject}
    found = [
        (match.score, target.required, -place, -rank, column, match)
        for place, column in enumerate(columns)
        for rank, target in enumerate(targets)
        if (match := compare(column, target, names)).score >= WORTH_SHOWING
    ]
    taken: dict[str, Suggestion] = {}
    used: set[str] = set()
    for *_order, column, match in sorted(found, key=lambda one: one[:4], reverse=True):
        if column not in taken and match.target not in used:
            taken[column] = match
            used.add(match.target)
    return {column: taken[column] for column in columns if column in taken}


def missing(suggestions: dict[str, Suggestion], targets: Sequence[Target]) -> list[str]:
    """Required fields that no column fills for sure."""
    filled = {one.target for one in suggestions.values() if one.sure}
    return [target.name for target in targets if target.required and target.name not in filled]


def compare(column: str, target: Target, subject: set[str] | frozenset[str] = frozenset()) -> Suggestion:
    """How well a column fits a field. Only its beginning is looked at: a name may be as long as a hostile file."""
    column = column[:LONGEST]
    said = spelled(column)
    names = [spelled(name) for name in (target.name, *target.labels)]
    if said and said in names:
        return Suggestion(target.name, 100, "same")
    bare = spelled(UNIT.sub("", column))
    if bare and bare in names:
        return Suggestion(target.name, 96, "same")
    if target.title and (called := _called(bare, subject)):
        return Suggestion(target.name, called, "subject")
    if any(meanings(bare) & meanings(name) for name in names):
        return Suggestion(target.name, 90, "synonym")
    best = max((_likeness(said, name) for name in names), default=0)
    return Suggestion(target.name, best, "similar")


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """Folded words without separators between: `CloseDate`, `close_date` and `Close date` are one."""
    return " ".join(SEPARATORS.sub(" ", fold(HUMPS.sub(" ", name))).split())


@lru_cache(maxsize=4096)
def meanings(name: str) -> frozenset[int]:
    return frozenset(place for place, group in enumerate(_folded_groups()) if name in group)


@lru_cache(maxsize=1)
def _folded_groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(spelled(word) for word in group) for group in GROUPS)


def _called(said: str, subject: set[str] | frozenset[str]) -> int:
    """92 where the column is called like the records, 85 by another word, 75 with an addition such as `id`."""
    if said in subject:
        return 92
    kinds = frozenset[int]().union(*(meanings(name) for name in subject))
    if meanings(said) & kinds:
        return 85
    stem = said.rsplit(" ", 1)[0] if said.endswith(ADDITIONS) else ""
    return 75 if stem and (stem in subject or meanings(stem) & kinds) else 0


def _likeness(said: str, name: str) -> int:
    """A part of a name, such as `name` in `account name`, is worth showing and never sure."""
    if not said or not name:
        return 0
    whole = max(fuzz.ratio(said, name), fuzz.token_sort_ratio(said, name))
    if whole < NEARLY_SPELLED and not _share_words(said, name):
        return 0
    part = min(fuzz.token_set_ratio(said, name), 70) if min(len(said), len(name)) > 2 else 0
    if min(len(said), len(name)) <= 4 and whole < 100:
        whole = min(whole, SURE - 1)
    return round(max(whole, part))


def _share_words(said: str, name: str) -> bool:
    """Chinese writes words without spaces: there one name stands within the other."""
    return bool(set(said.split()) & set(name.split())) or said in name or name in said
