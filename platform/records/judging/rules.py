"""Judging the state after a write: required fields, closed fields, checks. Every path to a record comes by here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sartor.platform.errors import Problem
from sartor.platform.model import Check, Field
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.state import State
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


def judge(change: Change, values: RecordValues, *, migrating: bool) -> list[Problem]:
    """Every rule of the entity that the record breaks."""
    plan = change.plan
    problems = [] if change.follows or not plan.needed else [*missing(change, values)]
    if plan.closing and change.before is not None and not migrating:
        problems += _closed(change, change.before, values)
    if plan.checks:
        problems += broken_checks(plan.checks, change, values)
    return problems


def missing(change: Change, values: RecordValues) -> Iterator[Problem]:
    """Needed fields without a value."""
    for item in change.plan.needed:
        if values.loader.value(change.after, item) not in (None, ()):
            continue
        needed = item.required or (item.required_if is not None and values.evaluate(item.required_if))
        if needed and is_visible(item, values):
            yield Problem(item.name, "required", _("%(field)s is needed.", field=pick(item.label)))


def _closed(change: Change, saw: State, values: RecordValues) -> Iterator[Problem]:
    """Fields that were sent although they are read-only, always or in the state before."""
    before = RecordValues(saw, values.loader, values.env, saw)
    for name in sorted(change.altered & change.plan.closing):
        item = change.entity.fields[name]
        if item.read_only_if and change.has_changed(name) and before.evaluate(item.read_only_if):
            yield Problem(name, "read_only", _("%(field)s cannot be changed any more.", field=pick(item.label)))


def is_visible(item: Field, values: RecordValues) -> bool:
    return item.visible_if is None or bool(values.evaluate(item.visible_if))


def broken_checks(checks: Iterable[Check], change: Change, values: RecordValues) -> Iterator[Problem]:
    """The checks that are not satisfied. `create` and `update` checks are judged only there."""
    kind = "create" if change.before is None else "update"
    for check in checks:
        if check.when in ("always", kind) and not values.evaluate(check.test):
            for name in check.fields or ("",):
                yield Problem(name, check.name, pick(check.message))
