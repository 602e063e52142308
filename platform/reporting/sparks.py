"""Sparks: how a single number came about through its period, beside that of the compared period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from sartor.platform.model import Dimension
from sartor.platform.reporting.amounts import added, bare, coin_of
from sartor.platform.reporting.answers import Spark
from sartor.platform.reporting.axes import PERIOD, TimeAxis
from sartor.platform.reporting.buckets import buckets_between
from sartor.platform.reporting.numbers import amount_of, grows, leaves
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.questions import Questions
from sartor.platform.reporting.run import Run

MOST_DAYS, MOST_WEEKS = 31, 100


def spark(run: Run) -> Spark | None:
    """None for what has no days to run through: numbers of now, reports without a period or a comparison."""
    period, compared = run.period, run.compared
    if not period or not compared or run.axes or len(run.columns) != 1 or any(leaf.on is None for leaf in run.leaves):
        return None
    axis = TimeAxis(Dimension("period", PERIOD, unit_of(period)), "")
    today = run.job.context.env().today
    now = _values(run, axis, period, period.until(today) if period.holds(today) else period)
    before = _values(run, axis, compared, compared)
    if max(len(now), len(before)) < 2:
        return None
    return Spark(now, before, max(_count(axis, period), len(before)))


def unit_of(period: Period) -> str:
    days = (period.end - period.first).days
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS else "month"


def _values(run: Run, axis: TimeAxis, period: Period, shown: Period) -> tuple[Decimal | None, ...]:
    """period: the days asked for, as the cards beside ask for them; shown: those that have come."""
    tree = run.columns[0].tree
    groups = Questions(run.job.asked, run.job.narrowing, [axis]).groups(leaves(tree), period)
    keys = buckets_between(shown.first, shown.last, axis.unit)
    found = [amount_of(tree, groups.get((key,), {})) for key in keys]
    if len({coin_of(each) for each in found} - {None}) > 1:
        return ()
    return tuple(map(bare, _grown(found) if grows(tree) else found))


def _count(axis: TimeAxis, period: Period) -> int:
    return len(list(buckets_between(period.first, period.last, axis.unit)))


def _grown(values: Sequence[Any]) -> list[Any]:
    return list(accumulate(values, added))
