"""Steps for fields that get another type: every value is tried, so that the plan says what will be lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from sartor.platform.model import Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Counts, Grade, PlanStep
from sartor.platform.publishing.steps.entities import subject_of
from sartor.platform.publishing.steps.indexes import BIG
from sartor.platform.publishing.steps.table_changes import column_ddl
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.query.sources import is_stored
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import number

TRIED = 5_000
"""Records that an estimate looks at: of a big table, and where all conversions of a plan together are many."""


def convert_steps(facing: Facing) -> Iterator[PlanStep]:
    """One step for each field whose values move to columns of another kind.

    Somebody waits for the plan, so it tries no more values than those of one table that is not big yet.
    """
    tried = 0
    for entity in facing.after.model.entities.values():
        if facing.former(entity) is None or not facing.is_touched(entity):
            continue
        for field in entity.fields.values():
            former = facing.former_field(field)
            if former is not None and former.stored_as != field.stored_as:
                step = _step(facing, former, field, BIG - tried)
                tried += step.rows if _is_tried(step) else 0
                yield step


def _step(facing: Facing, old: Field, new: Field, most: int) -> PlanStep:
    """most: values that may be tried; of more only the first ones are."""
    entity = facing.after.model.entities[new.entity]
    ddl = column_ddl(facing, entity, [new])
    label, rows = pick(new.label), facing.rows(entity)
    if not _has_values(old) or new.type.computed:
        text = _("%(label)s is worked out from now on; its former values are kept aside", label=label)
        return PlanStep(
            "convert_field", subject_of(new), text, rows=rows, ddl=ddl, dependents=facing.uses(subject_of(new))
        )
    since = facing.retired.get((entity.table, new.stored_as))
    conversion = Conversion(old, new, facing.before.tables, facing.after.tables, since, facing.zone)
    if since is not None:
        rows = conversion.rows(facing.connection)
    big = rows > most
    ready = facing.ready(old, new) if big else None
    if ready:
        conversion = replace(conversion, prepared=True)
        counts, samples = ready.counts, ready.samples
    else:
        began = time.monotonic()
        tally = conversion.trial(facing.connection, TRIED if big else None)
        conversion = replace(conversion, trying=(time.monotonic() - began) / max(tally.rows, 1))
        counts, samples = tally.counts(estimated=big), tuple(tally.samples)
    return PlanStep(
        "convert_field",
        subject_of(new),
        _sentence(label, old, new, counts) if since is None else _back(label, old, new, counts),
        Grade.LOSSY if counts.lossy else Grade.SLOW if big else Grade.SAFE,
        rows,
        counts,
        samples,
        facing.uses(subject_of(new)),
        ddl,
        conversion,
    )


def _is_tried(step: PlanStep) -> bool:
    """Whether every value was tried for this plan."""
    return step.counts is not None and not step.counts.estimated and not step.job.prepared


def _has_values(old: Field) -> bool:
    return old.type.members(old) is not None or is_stored(old)


def _back(label: str, old: Field, new: Field, counts: Counts) -> str:
    said = _named(label, old, new, counts)
    if counts.estimated:
        return _(
            "Change %(label)s back from %(old)s to %(new)s with its former values; of the first %(tried)s written "
            "since, %(exact)s are exact, %(inexact)s lose something, %(failed)s become blank",
            **said,
        )
    return _(
        "Change %(label)s back from %(old)s to %(new)s with its former values; of those written since, "
        "%(exact)s are exact, %(inexact)s lose something, %(failed)s become blank",
        **said,
    )


def _named(label: str, old: Field, new: Field, counts: Counts) -> dict[str, str]:
    return {
        "label": label, "old": pick(old.type.label), "new": pick(new.type.label),
        "tried": number(counts.exact + counts.lossy),
        "exact": number(counts.exact), "inexact": number(counts.inexact), "failed": number(counts.failed),
    }  # fmt: skip


def _sentence(label: str, old: Field, new: Field, counts: Counts) -> str:
    said = _named(label, old, new, counts)
    if counts.estimated:
        return _(
            "Change %(label)s from %(old)s to %(new)s; of the first %(tried)s values "
            "%(exact)s are exact, %(inexact)s lose something, %(failed)s become blank",
            **said,
        )
    return _(
        "Change %(label)s from %(old)s to %(new)s: "
        "%(exact)s exact, %(inexact)s lose something, %(failed)s become blank",
        **said,
    )
