"""The past of a record that was not made here: the stages it went through, as a migration or a sample brings them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Field, Pipeline
from sartor.platform.records.memory.tools import Tools
from sartor.platform.storage.columns import instant_text
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.work import Work

Step = tuple[str, datetime]
AT_ONCE = 500
"""Records that are asked about in one statement."""


def write_past_stays(
    tools: Tools, work: Work, context: Context, item: Field, record: int, steps: Sequence[Step]
) -> None:
    """Replace the stays of a record by the stages that it really went through, oldest first.

    :raises Forbidden: for whoever may not migrate. :raises Invalid: for an unknown stage, or times out of order.
    """
    context.access.require_ability("migrate")
    pipeline = _pipeline_of(tools, item, steps)
    _require_sound(item, pipeline, steps)
    entity = tools.model.entities[item.entity].table
    mine = sa.and_(sys_stay.c.entity == entity, sys_stay.c.record == record, sys_stay.c.field == item.stored_as)
    work.connection.execute(sa.delete(sys_stay).where(mine))
    common = {"entity": entity, "record": record, "field": item.stored_as, "pipeline": pipeline.name}
    rows = [{**common, "by": None, "note": None, **each} for each in _stays(pipeline, steps)]
    ids = tools.database.new_ids(len(rows))
    work.connection.execute(sa.insert(sys_stay), [{"id": each, **row} for each, row in zip(ids, rows, strict=True)])
    table, column = tools.tables.of(item.entity), tools.tables.column(item, "__at")
    entered = sa.update(table).where(table.c.id == record).values({column.name: instant_text(steps[-1][1])})
    work.connection.execute(entered)


def _pipeline_of(tools: Tools, item: Field, steps: Sequence[Step]) -> Pipeline:
    """The first one of the field that has the first stage, else its first one."""
    known = [tools.model.pipelines[each] for each in item.type.pipelines(item)]
    return next((each for each in known if steps[0][0] in each.stages), known[0])


def _require_sound(item: Field, pipeline: Pipeline, steps: Sequence[Step]) -> None:
    """:raises Invalid: for an unknown stage, or times out of order."""
    for number, (stage, at) in enumerate(steps):
        if stage not in pipeline.stages:
            said = _("There is no stage %(name)s.", name=stage)
            raise Invalid(said, [Problem(item.name, "unknown", said, near(stage, pipeline.stages))])
        if number and at < steps[number - 1][1]:
            said = _("The stages are not in the order of their times.")
            raise Invalid(said, [Problem(item.name, "order", said)])


def _stays(pipeline: Pipeline, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    """Each stage with how long it lasted; those that were passed over on the way to it, before it."""
    for number, (stage, at) in enumerate(steps):
        source = steps[number - 1][0] if number else None
        left = steps[number + 1][1] if number + 1 < len(steps) else None
        for passed in pipeline.passed(source, stage) if source else ():
            yield {"source": source, "stage": passed, "at": at, "left_at": at, "dwell": 0, "skipped": True}
        dwell = int((left - at).total_seconds()) if left else None
        yield {"source": source, "stage": stage, "at": at, "left_at": left, "dwell": dwell, "skipped": False}


def read_past_stays(tools: Tools, item: Field, records: Collection[int]) -> dict[int, list[Step]]:
    """The stages that records really went through, oldest first, by record; without those that are no more.

    Whoever asks has read the records and this field of them.
    """
    known = {stage for name in item.type.pipelines(item) for stage in tools.model.pipelines[name].stages}
    entity, found = tools.model.entities[item.entity].table, dict[int, list[Step]]()
    columns = (sys_stay.c.record, sys_stay.c.stage, sys_stay.c.at)
    mine = sa.and_(sys_stay.c.entity == entity, sys_stay.c.field == item.stored_as, sys_stay.c.skipped.is_(False))
    wanted = sorted(records)
    with tools.database.read() as connection:
        for start in range(0, len(wanted), AT_ONCE):
            chosen = sa.select(*columns).where(mine, sys_stay.c.record.in_(wanted[start : start + AT_ONCE]))
            for record, stage, at in connection.execute(chosen.order_by(sys_stay.c.record, sys_stay.c.id)):
                if stage in known:
                    found.setdefault(record, []).append((stage, at))
    return found
