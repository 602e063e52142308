"""Cross tables: the values of the last dimension side by side as columns, sums at the ends of rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.model import Report
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.columns import Column
from sartor.platform.reporting.numbers import Leaf, put_together, value_of
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.questions import Groups, Key
from sartor.platform.reporting.wording import point
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class Running(Protocol):
    """One run of a report: what there is to be laid out."""

    report: Report
    period: Period | None
    columns: list[Column]

    @property
    def axes(self) -> list[Axis]: ...

    @property
    def leaves(self) -> list[Leaf]: ...

    def groups_of(self, period: Period | None, axes: Sequence[Axis]) -> Groups: ...

    def cell(self, column: Column, key: Key, found: Mapping[Leaf, Any]) -> Point: ...


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
            left_out=len({key[:-1] for key in left}),
            rest=self._rest(left, values) if left else (),
            totals=self._totals(values) if self.has_totals and self.down else (),
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

    def _row(self, first: Key, values: Sequence[str | None]) -> tuple[Point, ...]:
        pairs = zip(self.down, first, strict=True)
        names = [Point(key, axis.text(key), colour=axis.colour(key)) for axis, key in pairs]
        keys = [(column, (*first, value)) for value in values for column in self.run.columns]
        cells = [self.run.cell(column, key, self.groups.get(key, {})) for column, key in keys]
        return (*names, *cells, *(self._sums(self._by_row.get(first, {})) if self.has_totals else ()))

    def _rest(self, left: Sequence[Key], values: Sequence[str | None]) -> tuple[Point, ...]:
        return self._line(_("All others"), values, left, self.has_totals)

    def _line(self, name: str, values: Sequence[str | None], keys: Sequence[Key], sums: bool) -> tuple[Point, ...]:
        """The groups of several rows taken as one."""
        found = [self._together([key for key in keys if key[-1] == value]) for value in values]
        cells = [each for numbers in found for each in self._sums(numbers)]
        return (*self._named(name), *cells, *(self._sums(self._together(keys)) if sums else ()))

    def _together(self, keys: Sequence[Key]) -> Mapping[Leaf, Any]:
        return put_together([self.groups.get(key, {}) for key in keys], self.run.leaves)

    def _totals(self, values: Sequence[str | None]) -> tuple[Point, ...]:
        """Over everything, asked for as such: shares and medians do not add up."""
        by_value = self.run.groups_of(self.run.period, [self.across])
        cells = [each for value in values for each in self._sums(by_value.get((value,), {}))]
        return (*self._named(_("Total")), *cells, *self._sums(self.run.groups_of(self.run.period, ())[()]))

    @cached_property
    def _by_row(self) -> Groups:
        return self.run.groups_of(self.run.period, self.down)

    def _named(self, name: str) -> list[Point]:
        return [Point(None, name if number == 0 else "") for number in range(len(self.down))]

    def _sums(self, found: Mapping[Leaf, Any]) -> list[Point]:
        return [point(value_of(column.tree, found), column.heading) for column in self.run.columns]
