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
from sartor.platform.model import Entity
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
from sartor.platform.records.importing.finding import Finder, named_records, ways_to_find
from sartor.platform.storage.statement import Statement
from sartor.platform.text import fold
from sartor.platform.work import Values
from sartor.platform.workspace import Workspace

SAMPLE = 40
"""Different values of a column that entities are asked for; the most frequent ones."""
COLUMNS = 60
"""Columns that are looked for at once."""
SECONDS, EACH_MS = 2.0, 400
"""Time for all entities together, and for one question. What takes longer is not proposed, and can be chosen."""
STRANGE_SHARE, STRANGE = 0.9, 3
"""What is not called after the entity has to name records with nearly all values, and with at least so many."""
TITLES = 5_000
"""Titles that a value which names nothing is compared with."""
PEOPLE = "user"


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
        """Of the values and of the cells, whichever is less; a name that two records have is a name."""
        if not self.texts:
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
        samples = {id(side): _sample(side) for side in asked}
        texts = {text for sample in samples.values() for text in sample}
        best: dict[int, tuple[tuple[int, float], Side, Entity]] = {}
        for entity in self._in_time(self._likeliest_first(asked)) if texts else ():
            found = self._found(entity, texts)
            for side in asked:
                match = Match(entity, samples[id(side)], _counts(found, samples[id(side)]))
                rank = (likeness(side, entity), match.share)
                if _is_good(side, rank[0], match) and rank > best.get(id(side), ((0, 0.0),))[0]:
                    best[id(side)] = rank, side, entity
        return dict(self._surely(best.values()))

    def _in_time(self, entities: Iterable[Entity]) -> Iterator[Entity]:
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
        return Match(entity, texts, _counts(self._found(entity, texts), texts))

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

    def _found(self, entity: Entity, texts: Iterable[str]) -> dict[str, list[int]]:
        try:
            return named_records(entity, texts, None, self._finder, self)
        except OverBudget:
            return {}

    def _likeliest_first(self, sides: Sequence[Side]) -> list[Entity]:
        entities = filter(None, map(self.entity, self.context.model.entities))
        return sorted(entities, key=lambda each: -max((likeness(side, each) for side in sides), default=0))


def _counts(found: Mapping[str, list[int]], texts: Iterable[str]) -> dict[str, int]:
    return {text: len(found[text]) for text in texts if text in found}


def _texts(side: Side) -> dict[str, int]:
    return {text: count for text, count in side.seen.texts().items() if fold(text) not in BLANK_WORDS}


def _sample(side: Side) -> dict[str, int]:
    texts = sorted(_texts(side).items(), key=lambda one: (-one[1], one[0]))
    return dict(texts[:SAMPLE])


def _may_name(side: Side) -> bool:
    """What names the very rows that it stands in names no others."""
    own = meanings(side.spelled) & (meanings("name") | meanings(side.own))
    return side.type in FROM and not own and side.spelled != side.own and side.stem not in (side.own, "")


def likeness(side: Side, entity: Entity) -> int:
    """How well the heading of a column says that it names records of an entity: 0 not at all, from 3 without doubt."""
    words = _words(entity)
    if entity.name == PEOPLE and PERSON.search(side.spelled):
        return 3
    if side.spelled in words or side.stem in words:
        return 4
    if any(
        meanings(side.spelled) & meanings(word) or side.spelled in (f"{word} name", f"{word}名称") for word in words
    ):
        return 3
    return 2 if any(side.stem.endswith(f" {word}") for word in words) else 0


def _words(entity: Entity) -> set[str]:
    labels = [label for each in (entity.label, entity.plural) if isinstance(label := each, Mapping)]
    said = (str(text) for label in labels for text in label.values())
    return {spelled(singular(text)) for text in (entity.name.replace("_", " "), *said)}


def _is_good(side: Side, alike: int, match: Match) -> bool:
    if side.is_number or side.seen.is_key:
        return alike >= NAMED and match.share >= (NUMBER_SHARE if side.is_number else TEXT_SHARE)
    if alike:
        return match.share >= TEXT_SHARE
    return match.share >= STRANGE_SHARE and len(match.found) >= STRANGE and not KEYED.search(side.spelled)
