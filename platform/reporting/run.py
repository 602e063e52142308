"""One run of a report for one reader: columns that are open, groups joined by key, rows in order, cells with links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from sartor.platform.charts.base import ChartTable, Point
from sartor.platform.query.question import Term
from sartor.platform.reporting.answers import Closed
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.buckets import bucket_of
from sartor.platform.reporting.columns import RUNNING, Column, column_of
from sartor.platform.reporting.crossing import Crossing
from sartor.platform.reporting.filters import called
from sartor.platform.reporting.job import Job
from sartor.platform.reporting.links import address, stays
from sartor.platform.reporting.numbers import Leaf, amount_of, grows, put_together
from sartor.platform.reporting.openness import Openness
from sartor.platform.reporting.order import Ordering, sorted_by, without_gaps
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.plain import Plain, counted_of
from sartor.platform.reporting.questions import Groups, Key, Questions
from sartor.platform.reporting.ranking import Ranking
from sartor.platform.reporting.rates import unrated
from sartor.platform.reporting.resolving import axis_of
from sartor.platform.reporting.showing import Showing
from sartor.platform.reporting.wording import point
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext
from sartor.platform.ui import format as formats

MOST_SERIES = 12


class Run:
    """The table of one report; what could not be shown is said in `closed` and `notes`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.report = job.report
        self.period = job.filters.period_of(job.report.period, job.context)
        self.compared = self._comparable()
        self.closed: list[Closed] = []
        self.notes: list[str] = []
        self.columns = self._open_columns()

    def _comparable(self) -> Period | None:
        """The period to compare with; shares and running sums are compared with none."""
        if any(each.show for each in self.report.measures):
            return None
        return self.job.filters.compared(self.report.compare, self.period, self.job.context)

    # ---- what can be asked

    def _open_columns(self) -> list[Column]:
        currency = self.job.context.currency
        found = [column_of(self.job.model, self.report, each, currency) for each in self.report.measures]
        return [column for column in found if self._is_open(column)]

    def _is_open(self, column: Column) -> bool:
        openness = Openness(self.job.model, self.job.context.access)
        for leaf in column.leaves:
            axes = [axis_of(self.job.model, each, leaf.source) for each in self.report.dimensions]
            groups = [axis.group(leaf) for axis in axes]
            if None in groups:
                said = _("It is a number of now, without a date to be shown by.")
                self.closed.append(Closed(column.heading.label, said))
                return False
            where = self.job.narrowing.conditions(leaf, self.job.narrowing.of(leaf, self.period))
            paths = {path for each in (leaf.measure, *where) for path in each.paths}
            paths |= {group.path for group in groups if group}
            reason = openness.closed(leaf.source, paths)
            if reason is not None:
                self.closed.append(Closed(column.heading.label, reason))
                return False
        return True

    @cached_property
    def axes(self) -> list[Axis]:
        first = next(self.columns[0].leaves)
        return [axis_of(self.job.model, each, first.source) for each in self.report.dimensions]

    @cached_property
    def leaves(self) -> list[Leaf]:
        return list(dict.fromkeys(leaf for column in self.columns for leaf in column.leaves))

    def groups_of(self, period: Period | None, axes: Sequence[Axis], more: Sequence[Leaf] = ()) -> Groups:
        found = Questions(self.job.asked, self.job.narrowing, axes).groups([*self.leaves, *more], period)
        return found if axes else {(): found.get((), {})}

    @cached_property
    def _unrated(self) -> list[Leaf]:
        """How many amounts are left out for want of a rate."""
        model, currency = self.job.model, self.job.context.currency
        return list(dict.fromkeys(found for leaf in self.leaves for found in unrated(model, leaf, currency)))

    # ---- the table

    def table(self) -> ChartTable:
        groups = self.groups_of(self.period, self.axes, self._unrated)
        keys = self._ordering(groups).of(self._filled(groups, self.period))
        keys = self._in_rows(self._fewer_series(keys, groups) if self._in_series else keys, groups)
        shown, left = self._cut(keys)
        self.showing.grow(self.columns, self._places(keys), groups)
        self._say_missed()
        self._say_ranked(groups)
        self._say_begun(shown)
        self._say_unrated(groups)
        self._say_ungrown()
        if self._is_crossed:
            return Crossing(self, groups).table(shown, left)
        made = Plain(self, groups, self._in_series).table(shown, left)
        return replace(
            made,
            previous=self._previous(shown),
            previous_label=self.compared.label() if self.compared else None,
        )

    def _filled(self, groups: Groups, period: Period | None) -> list[Key]:
        about = period if self.axes and self._is_about_period(self.axes[0]) else None
        return without_gaps(list(groups), self.axes, about, self.job.context.env().today)

    def _is_about_period(self, axis: Axis) -> bool:
        """Whether the axis shows the very date that the period is about."""
        return all(leaf.on is not None and axis.path_in(leaf) == tuple(leaf.on.split(".")) for leaf in self.leaves)

    def _ordering(self, groups: Groups) -> Ordering:
        by_name = {column.name: column for column in self.columns}

        terms = [Term.parse(each) for each in self.report.sort]
        falls = {each.name: each.descending for each in terms}
        rankings = {name: self._ranking(each, groups, falls.get(name, True)) for name, each in by_name.items()}

        def number(name: str, key: Key) -> Any:
            column = by_name.get(name)
            return rankings[name].value(amount_of(column.tree, groups.get(key, {}))) if column else None

        return Ordering(self.axes, terms, number, self.columns[0].name)

    def _ranking(self, column: Column, groups: Groups, descending: bool = True) -> Ranking:
        return Ranking(self.job.context, (amount_of(column.tree, each) for each in groups.values()), descending)

    # ---- what is cut

    @property
    def _in_series(self) -> bool:
        return self._is_crossed or (self.report.chart.series and len(self.axes) == 2)

    @property
    def _is_crossed(self) -> bool:
        """Whether the values of the last dimension become columns."""
        return self.report.chart.crossed and any(each.across for each in self.report.dimensions)

    @property
    def _down(self) -> int:
        """How many dimensions go down, or along the axis of a chart."""
        return len(self.axes) - 1 if self._in_series else len(self.axes)

    def _in_rows(self, keys: list[Key], groups: Groups) -> list[Key]:
        """The groups as they are laid out: rows by their sums, those under one subtotal together."""
        rows = list(dict.fromkeys(key[: self._down] for key in keys))
        if self._down and (self._is_crossed or (self._in_series and self.report.sort)):
            rows = self._by_sum(rows, keys, groups)
        if self.report.options.get("subtotals"):
            first = {key: number for number, key in reversed(list(enumerate(row[:1] for row in rows)))}
            rows.sort(key=lambda row: first[row[:1]])
        place = {row: number for number, row in enumerate(rows)}
        return sorted(keys, key=lambda key: place[key[: self._down]])

    def _places(self, keys: list[Key]) -> list[Key]:
        """Every cell that is shown: a cross table has one for each value in each row, also where there is nothing."""
        if not self._is_crossed:
            return keys
        rows, values = dict.fromkeys(key[:-1] for key in keys), dict.fromkeys(key[-1:] for key in keys)
        return [row + value for row in rows for value in values]

    def _cut(self, keys: list[Key]) -> tuple[list[Key], list[Key]]:
        """What is shown, and what is beyond the limit."""
        counted = counted_of(self.report, self.axes, self._in_series)
        kept, left = self._ordering({}).cut(list(dict.fromkeys(key[:counted] for key in keys)), self.report.limit)
        if left:
            self.notes.append(ngettext("%(n)s more group is left out.", "%(n)s more groups are left out.", len(left)))
        inside = set(kept)
        return [key for key in keys if key[:counted] in inside], [key for key in keys if key[:counted] not in inside]

    def _by_sum(self, firsts: list[Key], keys: list[Key], groups: Groups) -> list[Key]:
        """The places of the first axis in the order of their sums over the series."""
        places = self._down
        summed = {
            first: put_together([groups.get(key, {}) for key in keys if key[:places] == first], self.leaves)
            for first in firsts
        }
        ordering = self._ordering(summed)
        return Ordering(self.axes[:places], ordering.sort, ordering.numbers, ordering.first_measure).of(firsts)

    def _fewer_series(self, keys: list[Key], groups: Groups) -> list[Key]:
        """So many colours can be told apart; smaller series are left out, and that is said."""
        seconds = list(dict.fromkeys(key[-1:] for key in keys))
        most = MOST_SERIES if self._is_crossed else max(2, MOST_SERIES // len(self.columns))
        if len(seconds) <= most:
            return keys
        summed = {
            second: put_together([groups.get(key, {}) for key in keys if key[-1:] == second], self.leaves)
            for second in seconds
        }
        first = self.columns[0]
        ranking = self._ranking(first, summed)
        weight = {second: ranking.value(amount_of(first.tree, each)) for second, each in summed.items()}
        kept = sorted_by(seconds, weight.__getitem__, descending=True)[:most]
        cut = len(seconds) - most
        self.notes.append(ngettext("%(n)s smaller series is left out.", "%(n)s smaller series are left out.", cut))
        return [key for key in keys if key[-1:] in kept]

    # ---- cells

    @cached_property
    def showing(self) -> Showing:
        return Showing(lambda: self.groups_of(self.period, ())[()])

    def cell(
        self, column: Column, axes: Sequence[Axis] | None, key: Key, value: Any, period: Period | None = None
    ) -> Point:
        """period: another one than that of the run. No page lists the stays of several groups, or of another time,
        nor what a running sum has counted."""
        leads = value is not None and axes is not None
        if column.show == RUNNING and grows(column.tree) and len(key) == len(self.axes):
            leads = False
        if leads and stays(column):
            leads = period is None and len(key) == len(self.axes)
        href = address(self.job, axes or (), column, key, period or self.period) if leads else None
        return point(value, column.heading, href)

    # ---- the period before

    def _previous(self, shown: Sequence[Key]) -> tuple[tuple[Point, ...], ...]:
        """For each row the same of the compared period: time by its place in the period, all else by its key."""
        if self.compared is None:
            return ()
        groups = self.groups_of(self.compared, self.axes)
        then = self._then()
        rows = []
        for key in shown:
            other = then(key)
            names = [Point(each, axis.text(each)) for axis, each in zip(self.axes, other, strict=True)]
            found = groups.get(other, {})
            values = [(column, amount_of(column.tree, found)) for column in self.columns]
            numbers = [self.cell(column, self.axes, other, value, self.compared) for column, value in values]
            rows.append((*names, *numbers))
        return tuple(rows)

    def _then(self) -> Callable[[Key], Key]:
        axis = self.axes[0] if self.axes else None
        if not isinstance(axis, TimeAxis) or not self._is_about_period(axis) or not self.period or not self.compared:
            return lambda key: key
        mine = _buckets(axis, self.period)
        theirs = _buckets(axis, self.compared)
        pairs = dict(zip(mine, theirs, strict=False))
        return lambda key: (pairs.get(key[0] or ""), *key[1:])

    # ---- what is said beside

    @cached_property
    def unmoved(self) -> tuple[str, ...]:
        """Filters that were chosen and narrow nothing here."""
        return tuple(name for name, missed in self._missed.items() if len(missed) == len(self.columns))

    @cached_property
    def _missed(self) -> dict[str, list[str]]:
        """For each filter that was chosen: the columns that it does not narrow."""
        return {
            name: [each.heading.label for each in self.columns if self._misses(each, name)]
            for name in self.job.filters.names
        }

    def _misses(self, column: Column, name: str) -> bool:
        return any(name in self.job.narrowing.of(leaf, self.period).missed for leaf in column.leaves)

    def _say_missed(self) -> None:
        said = {
            "period": _("The period does not narrow: %(names)s."),
            "owner": _("The filter by person does not narrow: %(names)s."),
            "department": _("The filter by department does not narrow: %(names)s."),
        }
        for name, missed in self._missed.items():
            if missed and name not in self.unmoved:
                columns = listed(missed)
                self.notes.append(said[name] % {"names": columns} if name in said else self._unmoved_by(name, columns))

    def _unmoved_by(self, name: str, columns: str) -> str:
        label = called(self.job.model, name)
        return _("The filter “%(filter)s” does not narrow: %(names)s.", filter=label, names=columns)

    def _say_ranked(self, groups: Groups) -> None:
        by_name = {column.name: column for column in self.columns}
        for name in dict.fromkeys(each.name for each in self._ordering({}).terms if each.name in by_name):
            ranking = self._ranking(by_name[name], groups)
            if ranking.is_mixed and ranking.said() not in self.notes:
                self.notes.append(ranking.said())

    def _say_begun(self, shown: Sequence[Key]) -> None:
        """The first bucket may hold only part of its days."""
        axis = self.axes[0] if self.axes else None
        if not isinstance(axis, TimeAxis) or not self.period or not self._is_about_period(axis):
            return
        begun = bucket_of(self.period.first, axis.unit)
        if any(key[0] == begun for key in shown) and axis.days(begun).first < self.period.first:
            day = formats.day(self.period.first)
            self.notes.append(_("%(bucket)s counts from %(day)s on.", bucket=axis.text(begun), day=day))

    def _say_ungrown(self) -> None:
        for column in self.columns:
            if column.show == RUNNING and not grows(column.tree):
                label = column.heading.label
                self.notes.append(_("“%(label)s” does not add up, so each number stands for itself.", label=label))

    def _say_unrated(self, groups: Groups) -> None:
        many = sum(int(found.get(leaf) or 0) for found in groups.values() for leaf in self._unrated)
        if many:
            self.notes.append(
                ngettext(
                    "%(n)s amount is left out, as no rate of its currency is known.",
                    "%(n)s amounts are left out, as no rate of their currency is known.",
                    many,
                )
            )


def _buckets(axis: TimeAxis, period: Period) -> list[str]:
    return [str(key[0]) for key in without_gaps([], [axis], period, period.last)]
