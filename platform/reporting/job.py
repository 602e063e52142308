"""What one run of a report works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sartor.platform.access.context import Context
from sartor.platform.model import Model, Report
from sartor.platform.reporting.filters import Filters
from sartor.platform.reporting.narrowing import Narrowing
from sartor.platform.reporting.questions import Asked

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
