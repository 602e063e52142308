"""Automatic numbers: taken last, so that a refused write takes none; a number that is already in use is skipped.

All new records of one write take theirs in one block, so that a batch waits for the counter once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.model import Field
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

TRIES = 1000
ValuesOf = Callable[[Change], RecordValues]


def take_numbers(changes: Iterable[Change], values_of: ValuesOf, tables: Tables, work: Work) -> list[Change]:
    """Fill every automatic number of new records that bring none along (as a migration may).

    :return: the records that got one.
    """
    waiting: dict[tuple[Field, str], list[Change]] = defaultdict(list)
    filled: dict[int, Change] = {}
    for change in changes:
        for item in change.plan.numbers if change.before is None else ():
            if change.after.get(item.name) is None:
                values = values_of(change)
                waiting[item, item.details.counter_key(values, values.env.zone)].append(change)
                filled[change.id] = change
    for (item, period), group in waiting.items():
        _fill(item, period, group, values_of, Numbers(item, tables, work))
    return list(filled.values())


def _fill(item: Field, period: str, group: list[Change], values_of: ValuesOf, numbers: Numbers) -> None:
    waiting = group
    for _try in range(TRIES):
        counters = numbers.block(period, len(waiting))
        wanted = [
            item.details.format(values, counter, values.env.zone)
            for counter, values in zip(counters, map(values_of, waiting), strict=True)
        ]
        taken = numbers.taken(wanted)
        for change, number in zip(waiting, wanted, strict=True):
            if number not in taken:
                change.after.values[item.name] = number
        waiting = [change for change, number in zip(waiting, wanted, strict=True) if number in taken]
        if not waiting:
            return
    raise Conflict(_("No free number was found for %(name)s; set its counter further on.", name=item.name))


class Numbers:
    """The counters of one field, and the numbers in use."""

    def __init__(self, item: Field, tables: Tables, work: Work) -> None:
        self.item = item
        self.work = work
        self._mine = {"entity": tables.model.entities[item.entity].table, "field": item.stored_as}
        self._column = tables.column(item)
        self._dialect = tables.dialect

    def block(self, period: str, count: int) -> range:
        """The next counters of a period."""
        step, start = self.item.details.step, self.item.details.start
        raised = sa.update(sys_counter).where(
            sys_counter.c.entity == self._mine["entity"],
            sys_counter.c.field == self._mine["field"],
            sys_counter.c.period == period,
        )
        moved = raised.values(value=sys_counter.c.value + step * count).returning(sys_counter.c.value)
        last = self.work.connection.execute(moved).scalar()
        if last is None:
            last = start + step * (count - 1)
            row = {**self._mine, "period": period, "value": last}
            self.work.connection.execute(sa.insert(sys_counter).values(row))
        return range(last - step * (count - 1), last + step, step)

    def taken(self, numbers: list[str]) -> set[str]:
        """Those of these numbers that some record has."""
        chosen = sa.select(self._column).where(in_list(self._column, "numbers", self._dialect))
        statement = Statement.compile(chosen, self._dialect)
        return {row[0] for row in self.work.fetch(statement, {"numbers": list_value(numbers, self._dialect)})}
