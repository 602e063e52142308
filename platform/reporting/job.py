"""What one run of a report works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sartor.platform.access.context import Context
from sartor.platform.charts.base import Point
from sartor.platform.model import Model, Report
from sartor.platform.reporting.axes import Axis
from sartor.platform.reporting.columns import Column
from sartor.platform.reporting.filters import Filters
from sartor.platform.reporting.narrowing import Narrowing
from sartor.platform.reporting.numbers import Leaf
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.questions import Asked, Groups, Key
from sartor.platform.reporting.showing import Showing

Lists = Callable[[str, str], str | None]
"""(entity, filter) -> the address of the list of these records; None where there is none."""


def no_lists(entity: str, condition: str) -> str | None:
    return None


Cohorts = Callable[[str, str, tuple[str | None, ...], Filters], str | None]
"""(report, measure, keys of the group, filters) -> the address that answers the records behind a number of stays."""


def no_cohorts(report: str, measure: str, key: tuple[str | None, ...], filters: Filters) -> str | None:
    return None


Places = Callable[[str, Filters], str | None]
"""(`dashboard/…` or `view/…`, filters) -> its address; None where there is none."""


def no_places(key: str, filters: Filters) -> str | None:
    return None


@dataclass(frozen=True)
class Job:
    """A report and its reader. asked: the answers that were given so far; lists, cohorts: where numbers lead to."""

    model: Model
    report: Report
    filters: Filters
    context: Context
    asked: Asked
    narrowing: Narrowing
    lists: Lists
    cohorts: Cohorts


class Running(Protocol):
    """One run of a report: what there is to be laid out."""

    report: Report
    period: Period | None
    columns: list[Column]

    @property
    def showing(self) -> Showing: ...

    @property
    def axes(self) -> list[Axis]: ...

    @property
    def leaves(self) -> list[Leaf]: ...

    def groups_of(self, period: Period | None, axes: Sequence[Axis]) -> Groups: ...

    def cell(self, column: Column, axes: Sequence[Axis] | None, key: Key, value: Any) -> Point:
        """A number of the records that stand at `key` on these axes, and where they are listed; None: nowhere."""
