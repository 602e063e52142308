"""What a form shows while it is filled in: the state after, worked out by the writer itself and then undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.access.rights import Access
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Field, FieldLevel, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.records.judging.rules import is_visible
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.state import State
from sartor.platform.records.memory.values import Path, RecordValues
from sartor.platform.records.taking.closed import admits
from sartor.platform.records.writing import Writing

Begin = Callable[[Mapping[str, Any]], Change]
"""Begins the write with these values: works out the state after, judges nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One field on a form as it would be after the write; `value` is the field's value, not its JSON."""

    value: Any
    visible: bool
    required: bool
    read_only: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """fields: those that the actor may read; what holds lines is there without them. lines: by that field, one mapping
    of values for each line.

    holds: by name, whether a condition that the form asked about (of a section, say) is true of the state after.
    """

    fields: Mapping[str, Seen]
    lines: Mapping[str, list[Mapping[str, Any]]]
    problems: tuple[Problem, ...]
    holds: Mapping[str, bool] = field(default_factory=dict)


class LookedAhead(Exception):
    """Ends a work of which nothing is kept."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


def preview_of(writing: Writing, begin: Begin, sent: Mapping[str, Any], asked: Mapping[str, Formula]) -> Preview:
    """Work out and judge. What does not parse is left out of the write, and told."""
    problems: list[Problem] = []
    change = None
    given = dict(sent)
    while change is None:
        try:
            change = begin(given)
        except Invalid as error:
            wrong = {problem.field.split(".")[0] for problem in error.problems} & given.keys()
            problems += error.problems
            if not wrong:
                return Preview({}, {}, tuple(problems))
            given = {name: value for name, value in given.items() if name not in wrong}
            writing.changes.clear()
            writing.loader.forget()
    try:
        if not writing.tools.tables.only_read:
            writing.spread()
        writing.judge()
    except Invalid as error:
        problems += error.problems
    return _seen(change, writing, problems, asked)


class ReadValues(RecordValues):
    """Values as the actor would read them afterwards: a path through a record that the actor may not see is blank."""

    def __init__(self, state: State, writing: Writing) -> None:
        super().__init__(state, writing.loader, writing.env)
        self.writing = writing

    def _behind(self, field: Field, rest: Path) -> Any:
        target = self.target(field)
        if target is None or not self._is_seen(target):
            return None
        return ReadValues(target, self.writing).get(rest)

    def _is_seen(self, target: State) -> bool:
        context = self.writing.context
        return admits(context.access.scope(Operation.READ, target.entity.name), target, self.loader, context)


def _seen(change: Change, writing: Writing, problems: list[Problem], asked: Mapping[str, Formula]) -> Preview:
    values, read = writing.values(change), ReadValues(change.after, writing)
    access = writing.context.access
    fields = {
        item.name: Seen(
            value=() if item.type.owns(item) else read.value(item),
            visible=is_visible(item, values),
            required=item.required or bool(item.required_if and values.evaluate(item.required_if)),
            read_only=_closed(change, item.name, values, access),
        )
        for item in access.readable(change.entity.name)
    }
    holds = {name: bool(values.evaluate(formula)) for name, formula in asked.items()}
    return Preview(fields, _lines(change, writing), tuple(problems), holds)


def _closed(change: Change, name: str, values: RecordValues, access: Access) -> bool:
    item = change.entity.fields[name]
    if item.type.computed or item.read_only or access.level(change.entity.name, name) < FieldLevel.WRITE:
        return True
    if item.read_only_if is None:
        return False
    state = change.before or change.after
    return bool(RecordValues(state, values.loader, values.env, change.before).evaluate(item.read_only_if))


def _lines(change: Change, writing: Writing) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in change.plan.lines:
        access = writing.context.access
        if access.level(change.entity.name, item.name) > FieldLevel.HIDDEN:
            entity, lookup = item.type.owns(item)
            fields = access.readable(entity)
            found[item.name] = [_line(each, fields, writing) for each in _after(change, entity, lookup, writing)]
    return found


def _after(change: Change, entity: str, lookup: str, writing: Writing) -> list[State]:
    """The lines as they would be: those that the write leaves alone, too."""
    touched = {
        each.id: each
        for each in writing.changes.values()
        if each.entity.name == entity and each.after.get(lookup) == change.id
    }
    stored = writing.tools.line_ids(entity, lookup, change.id, writing.work) if change.before is not None else []
    left = [number for number in stored if number not in touched]
    writing.loader.load(entity, left)
    states = [writing.loader.state(entity, number) for number in left]
    states += [each.after for each in touched.values() if each.kind != "delete"]
    return [each for each in states if each is not None]


def _line(line: State, fields: Sequence[Field], writing: Writing) -> dict[str, Any]:
    read = ReadValues(line, writing)
    return {item.name: read.value(item) for item in fields}
