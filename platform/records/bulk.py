"""Many records of one entity in one transaction, each for itself: what is refused leaves the others.

They are written together, so that lookups, locks, roll-ups, numbers, history and events are each done once for all.
Records that break a rule are taken out and tried again alone after the others, because alone they may well pass (the
same key twice in one file: the first is good).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sartor.platform.access.context import Context
from sartor.platform.errors import BadRequest, Invalid, Problem, SartorError
from sartor.platform.model.ids import decode_id
from sartor.platform.records.judging.violations import raise_as_refusal
from sartor.platform.records.memory.change import Change
from sartor.platform.records.revision import StaleModel, hold_context
from sartor.platform.records.wish import Ask, Outcome, Wish, Written
from sartor.platform.records.writer import Writer
from sartor.platform.records.writing import RuleBroken, Writing
from sartor.platform.work import Work

PART = 200
"""So many records are worked out before the first of them are sent."""
FINAL = frozenset({"required", "read_only"})
"""Codes of problems that a record has by itself: trying it alone would end the same way."""


def write_many(writer: Writer, context: Context, entity: str, asks: Sequence[Ask], work: Work) -> list[Outcome]:
    """Make and change records, in order as far as they depend on each other."""
    hold_context(work, context)
    outcomes: list[Outcome] = []
    for wave in _waves(asks):
        outcomes += Bulk(writer, context, entity, work).write(wave)
    return outcomes


def _waves(asks: Sequence[Ask]) -> list[list[Ask]]:
    """Runs in which no record is changed twice."""
    waves: list[list[Ask]] = []
    seen: set[int] = set()
    for ask in asks:
        if not waves or ask.record in seen:
            waves.append([])
            seen.clear()
        waves[-1].append(ask)
        if ask.record is not None:
            seen.add(ask.record)
    return waves


class Bulk:
    """One wave."""

    def __init__(self, writer: Writer, context: Context, entity: str, work: Work) -> None:
        self.writer = writer
        self.context = context
        self.entity = entity
        self.work = work
        self._outcomes: dict[int, Outcome] = {}

    def write(self, asks: Sequence[Ask]) -> list[Outcome]:
        together, alone = list(range(len(asks))), list[int]()
        while together:
            refused = self._try(asks, together)
            alone += [place for place in refused if place not in self._outcomes]
            together = [place for place in together if place not in refused] if refused else []
        for place in sorted(alone):
            self._outcomes[place] = self._one(asks[place])
        return [self._outcomes[place] for place in range(len(asks))]

    def _try(self, asks: Sequence[Ask], places: Sequence[int]) -> set[int]:
        """Write these together; or undo it and say which ones were in the way."""
        with self.work.connection.begin_nested() as savepoint:
            writing = Writing(self.writer.tools, self.work, self.context)
            self._look_ahead(writing, [asks[place] for place in places])
            begun: dict[int, Change] = {}
            try:
                written = self._completed(writing, asks, places, begun)
            except StaleModel:
                raise
            except RuleBroken as error:
                savepoint.rollback()
                return self._to_blame(error, writing, begun)
            except SartorError:
                savepoint.rollback()
                return set(begun)
        self._outcomes |= {place: Outcome(each) for place, each in zip(begun, written, strict=True)}
        return set()

    def _completed(
        self, writing: Writing, asks: Sequence[Ask], places: Sequence[int], begun: dict[int, Change]
    ) -> list[Written]:
        try:
            with self.work.ahead():
                for start in range(0, len(places), PART):
                    self._begin_part(writing, asks, places[start : start + PART], begun)
                return self.writer.complete(writing, list(begun.values()))
        except Exception as error:
            raise_as_refusal(self.writer.database, error)
            raise

    def _begin_part(
        self, writing: Writing, asks: Sequence[Ask], places: Sequence[int], begun: dict[int, Change]
    ) -> None:
        """Begin some, and have them on their way while the next ones are begun."""
        for place in places:
            self._begin(writing, asks[place], place, begun)
        writing.save_ahead([begun[place] for place in places if place in begun])

    def _look_ahead(self, writing: Writing, asks: Sequence[Ask]) -> None:
        """Read what all of them will ask for at once: the records to be changed, and those that they point to."""
        writing.loader.load(self.entity, [ask.record for ask in asks if ask.record is not None], lock=True)
        targets = dict(writing.plan(self.entity).pointers)
        wanted: dict[str, set[int]] = defaultdict(set)
        for ask in asks:
            for name, sent in ask.values.items() if isinstance(ask.values, Mapping) else ():
                if name in targets and (number := _number(sent)) is not None:
                    wanted[targets[name]].add(number)
        for target, ids in wanted.items():
            writing.loader.load(target, ids)

    def _begin(self, writing: Writing, ask: Ask, place: int, begun: dict[int, Change]) -> None:
        since = writing.part()
        try:
            begun[place] = self.writer.begin(writing, self.entity, ask)
        except StaleModel:
            raise
        except SartorError as error:
            writing.forget(since)
            self._outcomes[place] = Outcome(error=error)

    def _to_blame(self, error: RuleBroken, writing: Writing, begun: dict[int, Change]) -> set[int]:
        """The records whose rules are broken; all of them where it is a record that they only reach."""
        places = {change.id: place for place, change in begun.items()}
        problems: dict[int, list[Problem]] = defaultdict(list)
        for change, problem in error.found:
            root = writing.root(change)
            if root.id not in places:
                return set(begun)
            problems[places[root.id]].append(writing.placed(change, problem))
        for place, found in problems.items():
            if all(problem.code in FINAL for problem in found):
                self._outcomes[place] = Outcome(error=Invalid(error.message, found))
        return set(problems)

    def _one(self, ask: Ask) -> Outcome:
        try:
            with self.work.connection.begin_nested():
                return Outcome(self._written(ask))
        except StaleModel:
            raise
        except SartorError as error:
            return Outcome(error=error)

    def _written(self, ask: Ask) -> Written:
        if ask.record is None:
            return self.writer.create(self.context, self.entity, ask.values, work=self.work)
        wish = Wish(ask.values, ask.version, ask.notes)
        return self.writer.update(self.context, self.entity, ask.record, wish, work=self.work)


def _number(sent: object) -> int | None:
    """The id that somebody sent; what it is worth is judged with the record."""
    try:
        return decode_id(sent) if isinstance(sent, str) else None
    except BadRequest:
        return None
