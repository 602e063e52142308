"""Cells as the values of fields: each column bound to its field, with what a person said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as each_own
from dataclasses import replace as but
from datetime import date, datetime
from typing import Any, NamedTuple

from sartor.platform.access.context import Context
from sartor.platform.errors import Problem
from sartor.platform.fields.base import Reading, Wanted
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.model import Entity, Field
from sartor.platform.records.files.dates import FORMATS, parse_moment
from sartor.platform.records.files.numbers import STYLES
from sartor.platform.records.files.table import Percent, Row, Value
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.targets import chosen_columns, field_at
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

KEPT = 20_000
"""Cells whose values are remembered for a column: files repeat themselves."""


class Refusal(NamedTuple):
    """A cell that is no value of its field. text: what stands there, so that it can be mapped once for all rows."""

    path: str
    text: str
    problem: Problem


class Want(NamedTuple):
    """Records that a cell names. by: the field that they are to be found by; several: whether the field has many."""

    column: Bound
    wanted: tuple[Wanted, ...]
    several: bool


@dataclass(slots=True)
class Read:
    """A row as it was understood: JSON by field, what still has to be looked up, and what is wrong with it."""

    number: int
    values: dict[str, Any] = each_own(default_factory=dict)
    wants: list[Want] = each_own(default_factory=list)
    refusals: list[Refusal] = each_own(default_factory=list)
    problems: list[Problem] = each_own(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """One column. part: behind the dot of its path; means: folded text -> what is meant; dates: key of a format."""

    column: str
    place: int
    field: Field
    part: str | None
    reading: Reading
    dates: str | None
    means: Mapping[str, str]
    known: dict[Any, Any] = each_own(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.field.name}.{self.part}" if self.part else self.field.name

    @property
    def is_part(self) -> bool:
        """Whether the cell is only a part of a value (the currency of an amount)."""
        return self.part is not None and not self.field.type.targets(self.field)

    def value(self, cell: Value) -> Any:
        """JSON of the field (`Wanted` for records), or a `Refusal`."""
        key = (type(cell), cell)
        if key not in self.known:
            if len(self.known) > KEPT:
                self.known.clear()
            self.known[key] = self._value(cell)
        return self.known[key]

    def _value(self, cell: Value) -> Any:
        text = cell_text(cell)
        if text is not None and self.means:
            meant = self.means.get(fold(text))
            cell = cell if meant is None else meant or None
        try:
            return cell_text(cell) if self.is_part else self._read(cell)
        except Refused as error:
            told = error.sentence
            problem = Problem(self.column, told.code, str(told), told.near)
        except ValueError as error:
            problem = Problem(self.column, "invalid", str(error))
        return Refusal(self.path, text or "", problem)

    def _read(self, cell: Value) -> Any:
        type_, item = self.field.type, self.field
        if self.dates and isinstance(cell, str):
            cell = self._moment(cell)
        if isinstance(cell, Percent):
            try:
                return type_.read_text(item, f"{cell * 100:f}%", self.reading)
            except ValueError:
                return type_.read_text(item, cell, self.reading)
        return type_.read_text(item, cell, self.reading)

    def _moment(self, text: str) -> date | datetime:
        assert self.dates is not None
        found = parse_moment(text, self.dates)
        if found is None:
            example = FORMATS[self.dates].example
            raise Refused(_("%(value)s is not a day like %(example)s.", value=brief(text), example=example), "format")
        return found


def bind_columns(plan: ImportPlan, columns: Sequence[str], entity: Entity, context: Context) -> list[Bound]:
    """Each chosen column with its field.

    :raises Invalid: :raises Forbidden: for fields that are not there or may not be filled.
    """
    reading = Reading(language=context.language, zone=context.zone, exact=plan.exact)
    marks = {each.name: each.decimal for each in STYLES}
    bound = []
    for column, path in chosen_columns(plan, columns, entity, context).items():
        item, part = field_at(path, entity, context, migrate=plan.migrate)
        style = plan.numbers.get(column)
        means = {fold(said): meant for said, meant in plan.values.get(path, plan.values.get(item.name, {})).items()}
        own = but(reading, decimal_mark=marks[style]) if style else reading
        bound.append(Bound(column, columns.index(column), item, part, own, plan.dates.get(column), means))
    return bound


def read_row(row: Row, bound: Sequence[Bound]) -> Read:
    """What a row says."""
    read = Read(row.number, problems=list(row.problems))
    parts: dict[str, dict[str, Any]] = {}
    for column in bound:
        value = column.value(row.values[column.place])
        name = column.field.name
        if isinstance(value, Refusal):
            read.refusals.append(value)
        elif column.is_part:
            parts.setdefault(name, {})[column.part or ""] = value
        elif isinstance(value, Wanted):
            read.wants.append(Want(column, (value,), several=False))
        elif isinstance(value, list) and value and isinstance(value[0], Wanted):
            read.wants.append(Want(column, tuple(value), several=True))
        else:
            read.values[name] = value
    for name, said in parts.items():
        whole = read.values.get(name)
        filled = {part: text for part, text in said.items() if text}
        read.values[name] = {**(whole if isinstance(whole, dict) else {}), **filled} or None
    read.problems += [refusal.problem for refusal in read.refusals]
    return read
