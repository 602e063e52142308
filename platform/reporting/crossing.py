"""Cross tables: the values of the last dimension side by side as columns, sums at the ends of rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal

from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.columns import Column
from sartor.platform.reporting.job import Running
from sartor.platform.reporting.numbers import Leaf, put_together
from sartor.platform.reporting.plain import Row, counted_of, ends_of
from sartor.platform.reporting.questions import Groups, Key
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class Crossing:
    """The groups of a run, laid out."""

    def __init__(self, run: Running, groups: Groups) -> None:
        self.run = run
        self.groups = groups
        self.down, self.across = run.axes[:-1], run.axes[-1]
        self.has_totals = bool(run.report.options.get("totals"))

    def table(self, shown: Sequence[Key], left: Sequence[Key]) -> ChartTable:
        """shown, left: the groups that are there, and those beyond the limit."""
        values = sorted({key[-1] for key in (*shown, *left)}, key=self.across.order)
        firsts = list(dict.fromkeys(key[:-1] for key in shown))
        return ChartTable(
            title=pick(self.run.report.label),
            headings=self._headings(values),
            rows=tuple(self._row(first, values) for first in firsts),
            left_out=len({key[: counted_of(self.run.report, self.run.axes, True)] for key in left}),
            rest=self._rest(left, values) if left else (),
            totals=self._totals(values) if self.has_totals and self.down else (),
            subtotals=tuple(self._subtotals(values, firsts)) if self.run.report.options.get("subtotals") else (),
        )

    # ---- columns

    def _headings(self, values: Sequence[str | None]) -> tuple[Heading, ...]:
        names = [Heading(axis.name, axis.label, False, time=isinstance(axis, TimeAxis)) for axis in self.down]
        pairs = [(column, value) for value in values for column in self.run.columns]
        numbers = [self._heading(column, self.across.text(value), value or "") for column, value in pairs]
        sums = [self._heading(column, _("Total"), "total") for column in self.run.columns] if self.has_totals else []
        return (*names, *numbers, *sums)

    def _heading(self, column: Column, text: str, key: str) -> Heading:
        label = text if len(self.run.columns) == 1 else f"{text} · {column.heading.label}"
        return replace(column.heading, name=f"{column.name}@{key}", label=label)

    # ---- rows

    def _row(self, first: Key, values: Sequence[str | None]) -> Row:
        pairs = zip(self.down, first, strict=True)
        names = [Point(key, axis.text(key), colour=axis.colour(key)) for axis, key in pairs]
        keys = [(column, (*first, value)) for value in values for column in self.run.columns]
        cells = [self._cell(column, key) for column, key in keys]
        return (*names, *cells, *(self._sums(self._by_row.get(first, {}), self.down, first) if self.has_totals else ()))

    def _cell(self, column: Column, key: Key) -> Point:
        found = self.groups.get(key, {})
        row = self._by_row.get(key[:-1], {}) if column.show == "share_row" else None
        stack = self._by_value.get(key[-1:], {}) if column.show == "share_column" else None
        return self.run.cell(column, self.run.axes, key, self.run.showing.at(column, key, found, row, stack))

    def _rest(self, left: Sequence[Key], values: Sequence[str | None]) -> Row:
        """The groups of several rows taken as one; no filter says which they are."""
        whole = self._together(left)
        cells = [
            each
            for value in values
            for each in self._sums(self._together([key for key in left if key[-1] == value]), row=whole, value=value)
        ]
        return (*self._named(_("All others")), *cells, *(self._sums(whole, row=whole) if self.has_totals else ()))

    def _together(self, keys: Sequence[Key]) -> Mapping[Leaf, Any]:
        return put_together([self.groups.get(key, {}) for key in keys], self.run.leaves)

    def _totals(self, values: Sequence[str | None]) -> Row:
        """Over everything, asked for as such: shares and medians do not add up."""
        across, whole = [self.across], self.run.showing.whole()
        cells = [
            each
            for value in values
            for each in self._sums(self._by_value.get((value,), {}), across, (value,), row=whole, value=value)
        ]
        return (*self._named(_("Total")), *cells, *self._sums(whole, [], ()))

    def _subtotals(self, values: Sequence[str | None], firsts: Sequence[Key]) -> Iterator[tuple[int, Row]]:
        """The sums of each group of the first dimension, below it."""
        axes = [self.down[0], self.across]
        cells, rows = (self.run.groups_of(self.run.period, each) for each in (axes, axes[:1]))
        for number, key in ends_of(firsts):
            row = rows.get((key,), {})
            made = [
                each
                for value in values
                for each in self._sums(cells.get((key, value), {}), axes, (key, value), row=row, value=value)
            ]
            sums = self._sums(row, axes[:1], (key,), row=row) if self.has_totals else ()
            name = _("%(name)s, subtotal", name=self.down[0].text(key))
            yield number, (*self._named(name), *made, *sums)

    @cached_property
    def _by_row(self) -> Groups:
        return self.run.groups_of(self.run.period, self.down)

    @cached_property
    def _by_value(self) -> Groups:
        return self.run.groups_of(self.run.period, [self.across])

    def _named(self, name: str) -> list[Point]:
        return [Point(None, name if number == 0 else "") for number in range(len(self.down))]

    def _sums(
        self,
        found: Mapping[Leaf, Any],
        axes: Sequence[Axis] | None = None,
        key: Key = (),
        *,
        row: Mapping[Leaf, Any] | None = None,
        value: str | None | Literal[False] = False,
    ) -> list[Point]:
        """Numbers of several groups. axes, key: where they stand. row: of their whole row; value: of which column."""
        stack = None if value is False else self._by_value.get((value,), {})
        showing = self.run.showing
        return [
            self.run.cell(each, axes, key, showing.value(each, found, found if row is None else row, stack))
            for each in self.run.columns
        ]
