"""One write: everything that happens between a request and its commit, in the order that DECISIONS 16 fixes.

A write starts with one record and spreads: to its lines, to records that an effect reaches, to the parents whose
roll-ups move. All of them are `Change`s of one `Writing`; rules are judged on the state after, of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import Env
from sartor.platform.model import Field
from sartor.platform.records.judging.keys import among_themselves, broken_keys, key_columns
from sartor.platform.records.judging.rules import judge, missing
from sartor.platform.records.judging.stages import judge_moves, write_stays
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.effects import copied_up, others_unset
from sartor.platform.records.memory.filling import Filling
from sartor.platform.records.memory.plan import EntityPlan
from sartor.platform.records.memory.state import Loader, State
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.records.rollups.stale import stale_after
from sartor.platform.records.saving.numbers import take_numbers
from sartor.platform.records.saving.save import Saving
from sartor.platform.records.saving.searching import save_search
from sartor.platform.records.saving.trail import leave_trail
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

Found = list[tuple[Change, Problem]]
"""What is wrong, with the change that it is about."""

ROUNDS = 20
"""Effects and roll-ups reach further at each round; more rounds than this mean that they go in circles."""


class RuleBroken(Invalid):
    """Rules that some records of a write break; `found` says which record each problem is about."""

    def __init__(self, message: str, problems: list[Problem], found: tuple[tuple[Change, Problem], ...]) -> None:
        super().__init__(message, problems)
        self.found = found


class Writing:
    """The changes of one transaction, and what they share."""

    def __init__(self, tools: Tools, work: Work, context: Context) -> None:
        self.tools = tools
        self.work = work
        self.context = context
        self.env: Env = context.env()
        self.loader = Loader(work, tools.loadings, context.directory.people, context.assumes)
        self.changes: dict[tuple[str, int], Change] = {}
        self.filling = Filling(context, self.env, self.loader, self.changes, work.now)
        self.expected: list[tuple[Field, str, int]] = []

    # ---- taking part

    def part(self) -> int:
        """How many take part so far, for `forget`."""
        return len(self.changes)

    def forget(self, since: int) -> None:
        """Let go of records that began to take part after `since` and were refused before anything was saved."""
        for key in list(self.changes)[since:]:
            change = self.changes.pop(key)
            self.loader.states.pop(key)
            if change.before is not None:
                self.loader.put(change.before)

    def plan(self, entity: str) -> EntityPlan:
        return self.tools.plans[entity]

    def begin(self, change: Change) -> Change:
        """Let a record take part; from here on everybody sees its state after."""
        self.changes[change.entity.name, change.id] = change
        self.loader.put(change.after)
        return change

    def follow(self, state: State) -> Change:
        """The change of a record that an effect or a roll-up reaches; a new one if it takes no part yet."""
        key = (state.entity.name, state.id)
        if key not in self.changes:
            after = state.copy()
            change = Change("update", self.plan(state.entity.name), state, after, follows=True)
            change.saved = dict(state.values)
            self.begin(change)
        return self.changes[key]

    def values(self, change: Change) -> RecordValues:
        return RecordValues(change.after, self.loader, self.env, change.before)

    def values_of(self, state: State, old: State | None) -> RecordValues:
        return RecordValues(state, self.loader, self.env, old)

    # ---- spreading

    def spread(self) -> None:
        """Save what is known, let effects and roll-ups reach further, until nothing moves any more.

        :raises Invalid: for a key that is taken, and for effects that go round in circles.
        """
        waiting = list(self.changes.values())
        for _round in range(ROUNDS):
            self._refuse_taken_keys(waiting)
            self._save(waiting)
            reached = self._reach(waiting)
            if not reached:
                return
            waiting = reached
        raise Invalid(_("The effects of this change go round in circles; nothing was saved."))

    def save_ahead(self, changes: Iterable[Change]) -> None:
        """Send new records before everything is known of them, where no key may be taken and so nothing be refused."""
        self._save([each for each in changes if each.before is None and not each.plan.entity.keys])

    def _save(self, changes: Iterable[Change]) -> None:
        """Put what is known into the tables, and whether the records count for conditional keys."""
        saving = Saving(self.tools, self.work)
        for change in changes:
            saving.add(change, key_columns(change, self.values(change)) if change.plan.conditional_keys else {})
        saving.send()

    def _refuse_taken_keys(self, changes: list[Change]) -> None:
        """:raises Invalid: before the database's own index does; what else is missing is said along with it."""
        broken = self._broken_keys(changes)
        if broken:
            refused = {change.id for change, _problem in broken}
            for change in changes:
                if change.id in refused:
                    broken += [(change, each) for each in missing(change, self.values(change))]
            raise self.refusal(broken)

    def _broken_keys(self, changes: list[Change]) -> Found:
        keyed = [change for change in changes if change.plan.entity.keys]
        if not keyed:
            return []
        alike = among_themselves(keyed, self.values, self.tools)
        found = [
            (change, problem)
            for change in keyed
            for problem in broken_keys(change, self.values(change), self.tools, self.work)
        ]
        return [*alike, *found]

    def _reach(self, changes: list[Change]) -> list[Change]:
        touched: dict[tuple[str, int], Change] = {}
        for change in reversed(changes):  # of several that are marked at once the last one stays marked
            for only in change.plan.only_ones:
                for other, values in others_unset(change, only, self.loader):
                    self._touch(other, values, touched)
        for change in changes:
            for copy in change.plan.copies_up:
                for other, values in copied_up(change, copy, self.loader, self.values_of):
                    self._touch(other, values, touched)
        self._count_again(changes, touched)
        for change in [*changes, *touched.values()]:
            if change.plan.lines_read_parent:
                self._lines_that_read(change, touched)
        return list(touched.values())

    def _count_again(self, changes: list[Change], touched: dict[tuple[str, int], Change]) -> None:
        """Roll-ups that went stale, on records that are locked first: a rival's records are counted too, or wait."""
        stale = stale_after(changes, self.tools.tables, self.work)
        for entity, ids in _by_entity(stale).items() if stale else ():
            self.loader.load(entity, [number for number in ids if (entity, number) not in self.changes], lock=True)
            for number, values in self.tools.count(entity, ids, stale, self.work, self.env).items():
                state = self.loader.state(entity, number)
                if state is not None:
                    self._touch(state, values, touched)

    def _touch(self, state: State, values: Mapping[str, Any], touched: dict[tuple[str, int], Change]) -> None:
        """Give another record new values, if they are new; its formulas and its own `set` effects follow."""
        if all(state.get(name) == value for name, value in values.items()):
            return
        change = self.follow(state)
        change.after.values.update(values)
        self.filling.compute(change)
        self.filling.apply_sets(change)
        touched[state.entity.name, state.id] = change

    def _lines_that_read(self, change: Change, touched: dict[tuple[str, int], Change]) -> None:
        """Lines whose formulas read something of their parent that has moved."""
        if change.before is None or not any(change.has_changed(name) for name in change.plan.lines_read_parent):
            return
        for state in self.lines_of(change.after):
            line = self.follow(state)
            before = dict(line.after.values)
            self.filling.compute(line)
            if line.after.values != before:
                touched[state.entity.name, state.id] = line

    def lines_of(self, parent: State) -> list[State]:
        """The live lines of a record."""
        found = []
        for item in self.plan(parent.entity.name).lines:
            entity, lookup = item.type.owns(item)
            ids = self.tools.line_ids(entity, lookup, parent.id, self.work)
            self.loader.load(entity, ids)
            states = [self.loader.state(entity, number) for number in ids]
            found += [state for state in states if state is not None and state.get("deleted_at") is None]
        return found

    # ---- judging and finishing

    def judge(self) -> None:
        """:raises Invalid: with every rule that some record of this write breaks."""
        broken: Found = []
        migrating = self.context.purpose == "migrate"
        for change in self.changes.values():
            if change.kind == "delete":
                continue
            values = self.values(change)
            found = judge(change, values, migrating=migrating)
            if change.moves and not migrating:
                found += judge_moves(change, values, self.context)
            broken += [(change, problem) for problem in found]
        if broken:
            raise self.refusal(broken)

    def root(self, change: Change) -> Change:
        """The record that a change belongs to: a line's parent, else itself."""
        line_of = change.entity.line_of
        key = (line_of.parent, change.after.get(line_of.lookup)) if line_of else None
        return self.root(self.changes[key]) if key in self.changes else change

    def refusal(self, broken: Found) -> RuleBroken:
        problems = [self.placed(change, problem) for change, problem in broken]
        return RuleBroken(_("The record was not saved."), problems, tuple(broken))

    def placed(self, change: Change, problem: Problem) -> Problem:
        """A problem of a line or of another record says so before the field."""
        prefix = self.tools.place_of(change, self.changes.values())
        field = f"{prefix}.{problem.field}" if prefix and problem.field else prefix or problem.field
        return Problem(field, problem.code, problem.message, problem.near)

    def finish(self) -> None:
        """Numbers last; then history, search and events of every record that took part."""
        changes, database = list(self.changes.values()), self.tools.database
        numbered = take_numbers(changes, self.values, self.tools.tables, self.work)
        for change in numbered:
            self.filling.compute(change)
        if numbered:
            self._save(numbered)
        write_stays(changes, self.work, database, self.context.model, self.context.actor.id)
        save_search(changes, self.tools, self.work)
        leave_trail(changes, self.context, self.work, database)


def _by_entity(stale: Mapping[tuple[str, int], set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for entity, number in sorted(stale):
        found.setdefault(entity, []).append(number)
    return found
