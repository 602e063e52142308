"""The order of groups, the places that time leaves empty, and what is cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sartor.platform.query.question import Term
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.buckets import buckets_between, span_of
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.questions import Key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ordering:
    """axes of the report; sort: its terms, by name of a dimension or measure; numbers: (measure, key) -> number."""

    axes: Sequence[Axis]
    sort: Sequence[Term]
    numbers: Callable[[str, Key], Any]
    first_measure: str

    def of(self, keys: Sequence[Key]) -> list[Key]:
        found = list(keys)
        found.sort(key=lambda key: [axis.order(part) for axis, part in zip(self.axes, key, strict=True)])
        for term in reversed(self.terms):
            found = sorted_by(found, self._value(term.name), term.descending)
        return found

    @property
    def terms(self) -> Sequence[Term]:
        """As designed; else groups without an order of their own begin with the greatest."""
        if self.sort or len(self.axes) != 1 or self.axes[0].ordered:
            return self.sort
        return (Term(self.first_measure, True),)

    @property
    def latest(self) -> bool:
        """Whether time runs along the first axis, so that what is cut off is the oldest."""
        return not self.sort and bool(self.axes) and isinstance(self.axes[0], TimeAxis)

    def _value(self, name: str) -> Callable[[Key], Any]:
        for place, axis in enumerate(self.axes):
            if axis.name == name:
                return lambda key: None if key[place] is None else axis.place(key[place] or "")
        return lambda key: self.numbers(name, key)

    def cut(self, items: Sequence[T], limit: int) -> tuple[list[T], list[T]]:
        """What is shown, and what is left out."""
        if len(items) <= limit:
            return list(items), []
        if self.latest:
            return list(items[-limit:]), list(items[:-limit])
        return list(items[:limit]), list(items[limit:])


def sorted_by(items: Sequence[T], value: Callable[[T], Any], descending: bool) -> list[T]:
    """In the order of a value, ties as they were, blanks last in both directions."""
    pairs = [(value(each), each) for each in items]
    filled = [pair for pair in pairs if pair[0] is not None]
    filled.sort(key=lambda pair: pair[0], reverse=descending)
    return [each for _value, each in filled] + [each for found, each in pairs if found is None]


def without_gaps(keys: Sequence[Key], axes: Sequence[Axis], period: Period | None, today: date) -> list[Key]:
    """The keys, and those of the days in between for which there is nothing. period: None where it is about another
    date than the axis. What lies ahead is not filled: nothing has happened there yet."""
    found = list(dict.fromkeys(keys))
    axis = axes[0] if axes else None
    if not isinstance(axis, TimeAxis):
        return found
    known = sorted({key[0] for key in found if key[0] is not None})
    first = period.first if period else (span_of(known[0], axis.unit)[0] if known else None)
    last = span_of(known[-1], axis.unit)[0] if known else None
    if period:
        last = max(filter(None, (last, min(period.last, today))))
    if first is None or last is None:
        return found
    others = list(dict.fromkeys(key[1:] for key in found)) or ([()] if len(axes) == 1 else [])
    filled = [(bucket, *rest) for bucket in buckets_between(first, last, axis.unit) for rest in others]
    return list(dict.fromkeys([*filled, *found]))
