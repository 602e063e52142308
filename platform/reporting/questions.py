"""From leaves to questions for the reader: those that differ only in what they measure are asked together, and the
same question is asked once in a run, however many cards of a dashboard need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model.formula import Formula
from sartor.platform.query.question import Group, Sum
from sartor.platform.query.reader import Reader
from sartor.platform.reporting.amounts import with_currency
from sartor.platform.reporting.axes import Axis
from sartor.platform.reporting.narrowing import Narrowing
from sartor.platform.reporting.numbers import Leaf
from sartor.platform.reporting.periods import Period
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats

Key = tuple[str | None, ...]
Groups = dict[Key, dict[Leaf, Any]]
MOST_GROUPS = 20_000


class Asked:
    """The answers of one reader at one moment, by question. One for each dashboard, context and request."""

    def __init__(self, reader: Reader, context: Context) -> None:
        self.reader = reader
        self.context = context
        self.kept: dict[Any, list[tuple[Any, ...]]] = {}

    def __call__(self, question: Sum) -> list[tuple[Any, ...]]:
        key = question.shape
        if key not in self.kept:
            self.kept[key] = self.reader.sum(self.context, question)
        return self.kept[key]


class Questions:
    """Asks for leaves by the groups of some axes, in one period."""

    def __init__(self, asked: Asked, narrowing: Narrowing, axes: Sequence[Axis]) -> None:
        self.asked = asked
        self.narrowing = narrowing
        self.axes = tuple(axes)

    def groups(self, leaves: Iterable[Leaf], period: Period | None) -> Groups:
        """The numbers of each group; leaves without a place on some axis are left out."""
        found: Groups = defaultdict(dict)
        for (source, groups, _texts), together in self._together(leaves, period).items():
            where = self.narrowing.conditions(together[0], self.narrowing.of(together[0], period))
            measures = tuple(dict.fromkeys(leaf.measure for leaf in together))
            places = {measure: len(groups) + number for number, measure in enumerate(measures)}
            for row in self._rows(Sum(source, measures, groups, where, MOST_GROUPS, coins=True)):
                numbers = found[self._key(row)]
                for leaf in together:
                    place = places[leaf.measure]
                    numbers[leaf] = with_currency(number(row[place], leaf), row[place + len(measures)])
        return dict(found)

    def _rows(self, question: Sum) -> list[tuple[Any, ...]]:
        rows = self.asked(question)
        if len(rows) > question.limit:
            said = _(
                "There are more than %(n)s groups. Group by something coarser, or filter.",
                n=formats.number(question.limit),
            )
            raise Invalid(said, [Problem("dimensions", "too_many", said)])
        return rows

    def _key(self, row: Sequence[Any]) -> Key:
        return tuple(axis.read(said) for axis, said in zip(self.axes, row, strict=False))

    def _together(
        self, leaves: Iterable[Leaf], period: Period | None
    ) -> dict[tuple[str, tuple[Group, ...], tuple[str, ...]], list[Leaf]]:
        found: dict[Any, list[Leaf]] = defaultdict(list)
        for leaf in dict.fromkeys(leaves):
            groups = [axis.group(leaf) for axis in self.axes]
            if None not in groups:
                where = self.narrowing.conditions(leaf, self.narrowing.of(leaf, period))
                found[leaf.source, tuple(groups), texts_of(where)].append(leaf)
        return found


def texts_of(where: Iterable[Formula]) -> tuple[str, ...]:
    return tuple(each.text for each in where)


def number(said: Any, leaf: Leaf) -> Any:
    """The exact number that the reader gave as text; days and instants stay texts."""
    if said is None or not leaf.measure.type.number:
        return said
    return Decimal(said)
