"""Records that are here already, as the columns of a file could name them: among those that whoever proposes may see.

It is bounded: a sample of the values of all columns together is asked for once of each entity, the likeliest entities
first, until the time is up. Only what comes of that is looked for with all of its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import OverBudget
from sartor.platform.model import Entity, Field
from sartor.platform.packaging.sheets.linking import (
    COMPARED,
    FROM,
    KEYED,
    NAMED,
    NEAR,
    NUMBER_SHARE,
    PERSON,
    SURE,
    TEXT_SHARE,
    Side,
)
from sartor.platform.packaging.sheets.names import singular
from sartor.platform.packaging.sheets.proposal import Misfit
from sartor.platform.records.files.guess import BLANK_WORDS
from sartor.platform.records.files.mapping import meanings, spelled
from sartor.platform.records.files.matching import Matcher
from sartor.platform.records.importing.finding import Finder, is_folded, named_records, ways_to_find
from sartor.platform.storage.statement import Statement
from sartor.platform.text import fold
from sartor.platform.work import Values
from sartor.platform.workspace import Workspace

SAMPLE, PROBE = 40, 10
"""Different values of a column that an entity is asked for: the one that it is called after, and any other."""
COLUMNS = 60
"""Columns that are looked for at once."""
SECONDS, EACH_MS = 2.0, 400
"""Time for all entities together, and for one question. What takes longer is not proposed, and can be chosen."""
STRANGE_SHARE, STRANGE = 0.9, 3
"""What is not called after the entity has to name records with nearly all values, and with at least so many."""
TITLES = 5_000
"""Titles that a value which names nothing is compared with."""
PEOPLE = "user"

Likely = tuple[Entity, dict[int, int]]
"""An entity, and how well each column (by its identity) is called after it."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a column names. texts: its values with their cells; found: how many records each that names any names."""

    entity: Entity
    texts: Mapping[str, int]
    found: Mapping[str, int]

    @property
    def missed(self) -> dict[str, int]:
        """Values that name no single record, the most frequent first, with their cells."""
        told = {text: rows for text, rows in self.texts.items() if self.found.get(text) != 1}
        return dict(sorted(told.items(), key=lambda one: (-one[1], one[0])))

    @property
    def several(self) -> list[str]:
        return [text for text in self.missed if text in self.found]

    @property
    def share(self) -> float:
        """Of the values and of the cells, whichever is less; a name that two records have is a name, but not where most
        are such."""
        if not self.texts or 2 * len(self.several) > len(self.found):
            return 0.0
        cells = sum(rows for text, rows in self.texts.items() if text in self.found) / sum(self.texts.values())
        return min(cells, len(self.found) / len(self.texts))


@dataclass(slots=True)
class Standing:
    """The records of a workspace, as far as the context sees them."""

    workspace: Workspace
    context: Context
    _until: float = 0.0
    _finder: Finder = field(init=False)

    def __post_init__(self) -> None:
        self._finder = Finder(self.workspace.serving().writer.tools, self.context)

    def fetch(self, statement: Statement, values: Values) -> list[tuple]:
        """One question, which nobody waits for longer than is left."""
        left = int((self._until - monotonic()) * 1000) if self._until else EACH_MS
        return self.workspace.database.fetch(statement, values, budget_ms=max(1, min(EACH_MS, left)))

    def entity(self, name: str) -> Entity | None:
        """An entity whose records can be named; None where whoever proposes may not know what they are called."""
        found = self.context.model.entities.get(name)
        can = found is not None and found.line_of is None and ways_to_find(found, self.context, None)
        return found if can else None

    # ---- what columns name

    def named(self, sides: Sequence[Side]) -> dict[tuple[str, str], Match]:
        """The entity whose records a column names, by table and column, where there is a good one."""
        asked = [side for side in sides if _may_name(side)][:COLUMNS]
        often = {id(side): _most_frequent(side) for side in asked}
        best: dict[int, tuple[tuple[int, float], Side, Entity]] = {}
        for entity, alike in self._in_time(self._likeliest_first(asked)):
            hopeful = [side for side in asked if alike[id(side)] >= (NAMED if _needs_a_name(side) else 0)]
            samples = {id(side): dict(often[id(side)][: SAMPLE if alike[id(side)] else PROBE]) for side in hopeful}
            found = self._of_sample(entity, hopeful, samples)
            for side in hopeful:
                match = Match(entity, samples[id(side)], _counts(found, samples[id(side)]))
                rank = (alike[id(side)], match.share)
                if _is_good(side, rank[0], match) and rank > best.get(id(side), ((0, 0.0),))[0]:
                    best[id(side)] = rank, side, entity
        return dict(self._surely(best.values()))

    def _of_sample(
        self, entity: Entity, sides: Sequence[Side], samples: Mapping[int, Mapping[str, int]]
    ) -> dict[str, list[int]]:
        """Numbers are read only where a column of numbers is called after the entity: that takes its time."""
        texts = {text for side in sides for text in samples[id(side)]}
        numbers = any(side.is_number for side in sides)
        return self._found(entity, texts, [way for way in self._ways(entity) if numbers or is_folded(way)])

    def _in_time(self, entities: Iterable[Likely]) -> Iterator[Likely]:
        self._until = monotonic() + SECONDS
        for entity in entities:
            if monotonic() > self._until:
                break
            yield entity
        self._until = 0.0

    def _surely(self, best: Iterable[tuple[Any, Side, Entity]]) -> Iterator[tuple[tuple[str, str], Match]]:
        """What holds for all values as it does for the sample."""
        for (alike, _share), side, entity in best:
            match = self.match(side, entity)
            if _is_good(side, alike, match):
                yield (side.sheet, side.seen.name), match

    def match(self, side: Side, entity: Entity) -> Match:
        """What the values of a column name of an entity, however few that is."""
        texts = _texts(side)
        return Match(entity, texts, _counts(self._found(entity, texts, self._ways(entity)), texts))

    def misfits(self, match: Match) -> tuple[tuple[Misfit, ...], dict[str, str]]:
        """Values that name no single record, with what is near; and those that are near enough to be meant."""
        told, means = [], dict[str, str]()
        matcher = Matcher(self._titles(match.entity)) if len(match.missed) > len(match.several) else None
        for place, (text, rows) in enumerate(match.missed.items()):
            near = matcher.near(text, NEAR) if matcher and place < COMPARED and text not in match.found else ()
            told.append(Misfit(text, rows, tuple(each.value for each in near), match.found.get(text, 0)))
            if near and near[0].score >= SURE:
                means[text] = near[0].value
        return tuple(told), means

    def _titles(self, entity: Entity) -> list[str]:
        try:
            return self._finder.titles(entity, TITLES, self)
        except OverBudget:
            return []

    def _found(self, entity: Entity, texts: Iterable[str], ways: Iterable[Field]) -> dict[str, list[int]]:
        try:
            return named_records(entity, texts, ways, self._finder, self)
        except OverBudget:
            return {}

    def _ways(self, entity: Entity) -> list[Field]:
        return ways_to_find(entity, self.context, None)

    def _likeliest_first(self, sides: Sequence[Side]) -> list[Likely]:
        if not sides:
            return []
        entities = [found for name in self.context.model.entities if (found := self.entity(name))]
        likely = [(each, _likenesses(sides, each)) for each in entities]
        return sorted(likely, key=lambda one: -max(one[1].values()))


def _counts(found: Mapping[str, list[int]], texts: Iterable[str]) -> dict[str, int]:
    return {text: len(found[text]) for text in texts if text in found}


def _texts(side: Side) -> dict[str, int]:
    return {text: count for text, count in side.seen.texts().items() if fold(text) not in BLANK_WORDS}


def _most_frequent(side: Side) -> list[tuple[str, int]]:
    return sorted(_texts(side).items(), key=lambda one: (-one[1], one[0]))[:SAMPLE]


def _may_name(side: Side) -> bool:
    """What names the very rows that it stands in names no others."""
    own = meanings(side.spelled) & (meanings("name") | meanings(side.own))
    return side.type in FROM and not own and side.spelled != side.own and side.stem not in (side.own, "")


def _likenesses(sides: Sequence[Side], entity: Entity) -> dict[int, int]:
    """How well the heading of each column says that it names records of an entity."""
    words = _words(entity)
    senses = frozenset[int]().union(*map(meanings, words))
    return {id(side): _likeness(side, entity, words, senses) for side in sides}


def _likeness(side: Side, entity: Entity, words: set[str], senses: frozenset[int]) -> int:
    """0: not at all; from 3 on: without doubt."""
    said, stem = side.spelled, side.stem
    if entity.name == PEOPLE and PERSON.search(said):
        return 3
    if said in words or stem in words:
        return 4
    if meanings(said) & senses or any(said in (f"{word} name", f"{word}名称") for word in words):
        return 3
    return 2 if any(stem.endswith(f" {word}") for word in words) else 0


def _words(entity: Entity) -> set[str]:
    labels = [each for each in (entity.label, entity.plural) if isinstance(each, Mapping)]
    said = (str(text) for label in labels for text in label.values())
    plain = (each for each in (entity.label, entity.plural) if isinstance(each, str) and each)
    return {spelled(singular(text)) for text in (entity.name.replace("_", " "), *said, *plain)}


def _needs_a_name(side: Side) -> bool:
    """Numbers stand in many keys, and what tells rows apart mostly names these: there the heading has to say it."""
    return side.is_number or side.seen.is_key


def _is_good(side: Side, alike: int, match: Match) -> bool:
    if _needs_a_name(side):
        return alike >= NAMED and match.share >= (NUMBER_SHARE if side.is_number else TEXT_SHARE)
    if alike:
        return match.share >= TEXT_SHARE
    return match.share >= STRANGE_SHARE and len(match.found) >= STRANGE and not KEYED.search(side.spelled)
