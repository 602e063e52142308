"""Every value that a change of type would not bring over as it is, one by one: what a plan only shows samples of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import sqlalchemy as sa

from sartor.platform.errors import NotFound
from sartor.platform.publishing.plan import Plan, Sample
from sartor.platform.publishing.values.conversion import Verdict
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.text import gettext as _

MOST = 10_000


def conversion_of(plan: Plan, subject: str) -> Conversion:
    """What the plan does to the values of a field. subject: of the step, `entity/deal#amount`.

    :raises NotFound: where it converts nothing of that name.
    """
    jobs = (step.job for step in plan.steps if step.subject == subject and isinstance(step.job, Conversion))
    if (found := next(jobs, None)) is None:
        raise NotFound(_("The plan converts no values of %(name)s.", name=subject[:120]))
    return found


def losses(connection: sa.Connection, conversion: Conversion) -> Iterator[Sample]:
    """In the order of their records, MOST at the most; of a big table it takes long, so they come as they are found."""
    return islice(_lost(connection, conversion), MOST)


def _lost(connection: sa.Connection, conversion: Conversion) -> Iterator[Sample]:
    converter, after = conversion.converter(connection), 0
    while ids := conversion.next_ids(connection, after):
        for record, value in conversion.stale(connection, ids)[1].items():
            outcome = converter(value)
            if outcome.verdict is not Verdict.EXACT:
                yield Sample(record, outcome.before, outcome.after, outcome.reason)
        after = ids[-1]
