"""Roll-ups: their values, straight from the counted records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import Env, EnvBinds, env_values
from sartor.platform.model import Field
from sartor.platform.query.sources import Source, Sources, from_clause
from sartor.platform.records.memory.plan import COUNTS, rollup_of, uncounted
from sartor.platform.records.rollups.aggregates import Condition, Counted, Made, aggregate
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


class Counting:
    """The statement that counts all roll-ups which one entity has over another one, and how to read its result."""

    def __init__(self, tables: Tables, items: Sequence[Field], binds: EnvBinds | None = None) -> None:
        self.tables = tables
        self.items = items
        first = rollup_of(items[0])
        self.source: Source = Sources(tables, None, "c").base(tables.model.entities[first.counts])
        self.by = self.source.entity.fields[first.by]
        self.counted = Counted(tables, self.source, self.by, binds)

    @cached_property
    def _compiled(self) -> tuple[Statement, list[int]]:
        return self._compile()

    def values(self, work: Work, ids: Sequence[int], env: Env, *, lenient: bool = False) -> dict[int, dict[str, Any]]:
        """New values by record and field name; a record that nothing counts for gets empty ones.

        lenient: see `rolled`.
        """
        statement, widths = self._compiled
        names = [name for _place, name, _process in statement.slots if name != "targets"]
        given = env_values(names, env, self.tables.dialect) | {"targets": list_value(ids, self.tables.dialect)}
        found = {row[0]: row[1:] for row in work.fetch(statement, given)}
        return {number: self._read(found.get(number), widths, lenient) for number in ids}

    def _read(self, row: Sequence[Any] | None, widths: Sequence[int], lenient: bool) -> dict[str, Any]:
        values, place = {}, 0
        for item, width in zip(self.items, widths, strict=True):
            part = None if row is None else row[place : place + width]
            values[item.name] = rolled(item, part, lenient=lenient)
            place += width
        return values

    def _compile(self) -> tuple[Statement, list[int]]:
        pointer = self.source.stored(self.by)
        columns: list[sa.ColumnElement[Any]] = [pointer]
        wires: list[Any] = [None]
        widths = []
        for item in self.items:
            made = self.aggregate(item)
            columns += [element for element, _wire in made]
            wires += [each for _element, each in made]
            widths.append(len(made))
        conditions = [in_list(pointer, "targets", self.tables.dialect), *self.conditions()]
        chosen = sa.select(*columns).select_from(from_clause(self.source)).where(*conditions).group_by(pointer)
        return Statement.compile(chosen, self.tables.dialect, wires), widths

    def conditions(self) -> list[Condition]:
        """Which records are counted at all."""
        conditions: list[Condition] = [self.source.table.c.deleted_at.is_(None)]
        specs = self.by.type.columns(self.by)
        if len(specs) > 1:
            conditions.append(
                self.source.stored(self.by, specs[1].suffix)
                == self.by.type.stored_target(self.by, self.items[0].entity)
            )
        return conditions

    def aggregate(self, item: Field) -> Made:
        """The columns that a roll-up needs, with their wires."""
        return aggregate(self.counted, rollup_of(item))


def rolled(item: Field, part: Sequence[Any] | None, *, lenient: bool = False) -> Any:
    """The value of a roll-up from the columns of its aggregate.

    lenient: a total with more digits than can be kept is blank.

    :raises Invalid: for such a total otherwise.
    """
    rollup = rollup_of(item)
    if part is None:
        return uncounted(item)
    if rollup.function in COUNTS:
        return part[0]
    value = rollup.result.type.load(rollup.result, *part)
    return _kept(item, rollup.result, value, lenient) if rollup.function == "sum" else value


def _kept(item: Field, result: Field, value: Any, lenient: bool) -> Any:
    """A total as it will be stored."""
    width = sum(not spec.shadow for spec in result.type.columns(result))
    try:
        return result.type.load(result, *result.type.store(result, value)[:width])
    except ValueError as error:
        if lenient:
            return None
        raise Invalid(_("The record was not saved."), [Problem(item.name, "computed", str(error))]) from None
