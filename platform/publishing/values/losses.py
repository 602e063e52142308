"""Every value that a change of type would not bring over as it is, one by one: what a plan only shows samples of."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from sartor.platform.errors import NotFound
from sartor.platform.publishing.plan import Plan, Sample
from sartor.platform.publishing.values.conversion import Verdict
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.text import gettext as _

MOST = 10_000


def losses(connection: sa.Connection, plan: Plan, subject: str) -> Iterator[Sample]:
    """In the order of their records, MOST at the most. subject: of the step, `entity/deal#amount`.

    :raises NotFound: where the plan converts nothing of that name.
    """
    jobs = [step.job for step in plan.steps if step.subject == subject]
    found = next((job for job in jobs if isinstance(job, Conversion)), None)
    if found is None:
        raise NotFound(_("The plan converts no values of %(name)s.", name=subject[:120]))
    for number, sample in enumerate(_lost(connection, found)):
        if number == MOST:
            return
        yield sample


def _lost(connection: sa.Connection, conversion: Conversion) -> Iterator[Sample]:
    converter, after = conversion.converter(connection), 0
    while ids := conversion.next_ids(connection, after):
        for record, value in conversion.values(connection, ids).items():
            outcome = converter(value)
            if outcome.verdict is not Verdict.EXACT:
                yield Sample(record, outcome.before, outcome.after, outcome.reason)
        after = ids[-1]
