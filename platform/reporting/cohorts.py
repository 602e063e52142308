"""Cohorts: the records behind a number of stays. No filter can ask for stays, so it names the records one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sartor.platform.access.grants import designed
from sartor.platform.errors import Invalid, NotFound, Problem
from sartor.platform.query.question import Group, Sum
from sartor.platform.reporting.axes import TimeAxis
from sartor.platform.reporting.links import stays
from sartor.platform.reporting.numbers import main_leaf
from sartor.platform.reporting.run import Run
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats

MOST = 200
"""As many as a filter names one by one (`MANY` of the filter operators)."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """condition: the filter of the list that holds these records and no others."""

    entity: str
    condition: str


def cohort(run: Run, measure: str, key: Sequence[str | None]) -> Cohort:
    """The records that one cell of a report counts the stays of.

    :raises NotFound: for a measure that is not there. :raises Invalid: for more records than a filter can name.
    """
    column = next((each for each in run.columns if each.name == measure), None)
    if column is None or len(key) != len(run.axes) or not stays(column):
        hint = did_you_mean(near(measure, [each.name for each in run.columns if stays(each)]))
        raise NotFound(_("There is no number of stays called %(name)s here.", name=measure) + hint)
    leaf = main_leaf(column.tree)
    narrowing = run.job.narrowing
    narrowed = narrowing.of(leaf, run.period)
    texts = [axis.condition(leaf, each) for axis, each in zip(run.axes, key, strict=True)]
    where = [*narrowing.conditions(leaf, narrowed), *(narrowing.checked(leaf.source, text) for text in texts if text)]
    counted = (leaf.measure,)
    rows = run.job.asked(Sum(leaf.source, counted, (Group(("record", "id")),), tuple(where), MOST))
    if len(rows) > MOST:
        said = _(
            "These are more than %(n)s records, which no list can name. Choose a shorter period, or filter by person.",
            n=formats.number(MOST),
        )
        raise Invalid(said, [Problem("measure", "too_many", said)])
    names = ", ".join(f"'{row[0]}'" for row in rows)
    return Cohort(designed(leaf.source), f"id in [{names}]" if rows else "id is blank")


def keys_of(run: Run, texts: Sequence[str]) -> list[str | None]:
    """Keys as they stand in an address: an empty one is blank.

    :raises Invalid: for a day that is none.
    """
    found: list[str | None] = [text or None for text in texts]
    for axis, key in zip(run.axes, found, strict=False):
        if isinstance(axis, TimeAxis) and key is not None:
            axis.checked(key)
    return found
