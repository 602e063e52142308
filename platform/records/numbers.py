"""Automatic numbers: taken last, so that a refused write takes none; a number that is already in use is skipped."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.model import Field
from sartor.platform.records.change import Change
from sartor.platform.records.values import RecordValues
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

TRIES = 1000


def take_numbers(change: Change, values: RecordValues, tables: Tables, work: Work) -> None:
    """Fill every automatic number of a new record that does not bring one along (as a migration may)."""
    for item in change.plan.numbers:
        if change.after.get(item.name) is None:
            change.after.values[item.name] = _next(item, values, tables, work)


def _next(item: Field, values: RecordValues, tables: Tables, work: Work) -> str:
    column = tables.column(item)
    zone = values.env.zone
    period = item.details.counter_key(values, zone)
    for _try in range(TRIES):
        number = item.details.format(values, _count_up(item, period, work), zone)
        taken = sa.select(sa.literal(1)).where(column == number).limit(1)
        if work.connection.execute(taken).first() is None:
            return number
    raise Conflict(_("No free number was found for %(name)s; set its counter further on.", name=item.name))


def _count_up(item: Field, period: str, work: Work) -> int:
    here = sa.and_(
        sys_counter.c.entity == item.entity, sys_counter.c.field == item.name, sys_counter.c.period == period
    )
    step = item.details.step
    raised = sa.update(sys_counter).where(here).values(value=sys_counter.c.value + step).returning(sys_counter.c.value)
    found = work.connection.execute(raised).scalar()
    if found is not None:
        return found
    start = item.details.start
    row = {"entity": item.entity, "field": item.name, "period": period, "value": start}
    work.connection.execute(sa.insert(sys_counter).values(row))
    return start
