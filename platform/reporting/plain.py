"""Tables as they are asked for: a row for each group, below them what was cut, subtotals and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.model import Report
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.columns import Column
from sartor.platform.reporting.job import Running
from sartor.platform.reporting.numbers import Leaf, put_together
from sartor.platform.reporting.questions import Groups, Key
from sartor.platform.reporting.showing import Found
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

Row = tuple[Point, ...]


class Plain:
    """The groups of a run, laid out. in_series: the last dimension is drawn as colours."""

    def __init__(self, run: Running, groups: Groups, in_series: bool) -> None:
        self.run = run
        self.groups = groups
        self.in_series = in_series

    def table(self, shown: Sequence[Key], left: Sequence[Key]) -> ChartTable:
        """shown, left: the groups that are there, and those beyond the limit."""
        run = self.run
        dimensions = [Heading(axis.name, axis.label, False, time=isinstance(axis, TimeAxis)) for axis in run.axes]
        counted = counted_of(run.report, run.axes, self.in_series)
        return ChartTable(
            title=pick(run.report.label),
            headings=(*dimensions, *(column.heading for column in run.columns)),
            rows=tuple(self._row(key, number == 0) for number, key in enumerate(shown)),
            left_out=len({key[:counted] for key in left}),
            rest=self._line(_("All others"), self._together(left)) if left else (),
            others=tuple(self._others(left)) if left and run.axes else (),
            totals=self._totals(),
            subtotals=tuple(self._subtotals(shown)) if run.report.options.get("subtotals") else (),
        )

    def _row(self, key: Key, first: bool) -> Row:
        pairs = zip(self.run.axes, key, strict=True)
        names = [
            Point(each, axis.text(each), colour=axis.colour(each), short=axis.tick(each, first)) for axis, each in pairs
        ]
        return (*names, *(self._cell(column, key) for column in self.run.columns))

    def _cell(self, column: Column, key: Key) -> Point:
        found = self.groups.get(key, {})
        row = self._by_row.get(key[:-1], {}) if column.show == "share_row" else None
        stack = self._by_stack.get(key[-1:], {}) if column.show == "share_column" else None
        value = self.run.showing.at(column, key, found, row, stack)
        return self.run.cell(column, self.run.axes, key, value)

    @cached_property
    def _by_row(self) -> Groups:
        return self.run.groups_of(self.run.period, self.run.axes[:-1])

    @cached_property
    def _by_stack(self) -> Groups:
        return self.run.groups_of(self.run.period, self.run.axes[-1:])

    # ---- several groups as one

    def _together(self, keys: Sequence[Key]) -> Mapping[Leaf, Any]:
        return put_together([self.groups.get(key, {}) for key in keys], self.run.leaves)

    def _line(
        self,
        name: str,
        found: Mapping[Leaf, Any],
        leading: tuple[int, Key] | None = None,
        *,
        row: Found | None = None,
        stack: Found | None = None,
    ) -> Row:
        """A row under a name. leading: how many of the first dimensions it is about, and their values.

        row, stack: what shares of the row and of the column are taken of; of itself, and of everything.
        """
        names = [Point(None, name if number == 0 else "") for number in range(len(self.run.axes))]
        run, numbers = self.run, []
        for column in run.columns:
            value = run.showing.value(column, found, found if row is None else row, stack)
            axes = run.axes[: leading[0]] if leading else None
            numbers.append(run.cell(column, axes, leading[1] if leading else (), value))
        return (*names, *numbers)

    def _others(self, left: Sequence[Key]) -> Iterator[Row]:
        """What was cut as rows that a chart can draw: one for each colour."""
        name = Point("@others", _("All others"))
        if not self.in_series:
            yield (name, *self._line("", self._together(left))[len(self.run.axes) :])
            return
        axis, whole = self.run.axes[-1], self._together(left)
        in_stacks = any(column.show == "share_column" for column in self.run.columns)
        for value in sorted({key[-1] for key in left}, key=axis.order):
            stack = self._by_stack.get((value,), {}) if in_stacks else None
            found = self._together([key for key in left if key[-1] == value])
            line = self._line("", found, row=whole, stack=stack)
            yield (name, Point(value, axis.text(value), colour=axis.colour(value)), *line[len(self.run.axes) :])

    def _totals(self) -> Row:
        """Over everything, asked for as such: shares and medians do not add up."""
        if not self.run.report.options.get("totals") or not self.run.axes:
            return ()
        return self._line(_("Total"), self.run.showing.whole(), (0, ()))

    def _subtotals(self, shown: Sequence[Key]) -> Iterator[tuple[int, Row]]:
        axis = self.run.axes[0]
        sums = self.run.groups_of(self.run.period, self.run.axes[:1])
        for number, key in ends_of(shown):
            name = _("%(name)s, subtotal", name=axis.text(key))
            yield number, self._line(name, sums.get((key,), {}), (1, (key,)))


def counted_of(report: Report, axes: Sequence[Axis], in_series: bool) -> int:
    """How many dimensions the limit counts groups of: with subtotals it cuts none of these groups in two."""
    rows = len(axes) - 1 if in_series else len(axes)
    return min(1, rows) if report.options.get("subtotals") else rows


def ends_of(shown: Sequence[Key]) -> Iterator[tuple[int, str | None]]:
    """The last row of each group of the first dimension, with its value."""
    for number, key in enumerate(shown):
        if number + 1 == len(shown) or shown[number + 1][0] != key[0]:
            yield number, key[0]
