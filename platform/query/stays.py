"""Stays in stages as something to count over: one row for each time a record entered a stage or passed it by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Entity, Field, Outcome, Pipeline
from sartor.platform.query.sources import Path, Source, SourceColumns
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _

DAY = 86_400
DAYS_SCALE = 6


class StayColumns:
    """Columns by path for `deal@stages`; `record.` leads on to the record itself, which is joined with its scope."""

    def __init__(self, record: Source, field: Field, tables: Tables) -> None:
        self.record = record
        self.field = field
        self.tables = tables
        self.dialect = tables.dialect
        self.stay = sys_stay.alias("stay")
        self.later = sys_stay.alias("later")

    def from_clause(self, joined: sa.FromClause) -> sa.FromClause:
        """joined: the record's table with whatever is joined to it."""
        return joined.join(self.stay, self.stay.c.record == self.record.id)

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        return [self.stay.c.entity == self.record.entity.table, self.stay.c.field == self.field.stored_as]

    def column(self, path: Path) -> sa.ColumnElement[Any]:
        """What a path from a stay means: of its own, or of the record behind it. :raises Invalid: for neither."""
        if path[0] == "record":
            return self._inner().column(path[1:]) if len(path) > 1 else self.record.id
        made = {
            "stage": lambda: self.stay.c.stage,
            "entered_at": lambda: self.stay.c.at,
            "left_at": lambda: self.stay.c.left_at,
            "days": self._days,
            "passed": self._passed,
            "skipped": lambda: self.stay.c.skipped,
        }.get(path[0])
        if made is None:
            said = _("A stay has no %(name)s.", name=path[0])
            raise Invalid(said, [Problem(".".join(path), "unknown", said)])
        return made()

    def folded(self, path: Path) -> Any:
        return self._inner().folded(path[1:]) if path[0] == "record" else self.column(path)

    def members(self, path: Path) -> Any:
        return self._inner().members(path[1:])

    def attribute_keys(self, path: Path) -> Any:
        return self._inner().attribute_keys(path[1:]) if path[0] == "record" else None

    def _inner(self) -> SourceColumns:
        return self.record.columns()

    def _days(self) -> sa.ColumnElement[Any]:
        """Days of an ended stay, as a decimal of six places; blank while it lasts."""
        if self.dialect == "sqlite":
            return sa.cast(self.stay.c.dwell, sa.BigInteger()) * 10**DAYS_SCALE // DAY
        return sa.func.round(sa.cast(self.stay.c.dwell, sa.Numeric(18, DAYS_SCALE)) / DAY, DAYS_SCALE)

    def _passed(self) -> sa.ColumnElement[bool]:
        """Whether the record later entered a stage further on, or was won; a stage that was skipped is passed."""
        further = [
            sa.and_(self.stay.c.stage == stage, self.later.c.stage.in_(beyond))
            for stage, beyond in self._beyond().items()
        ]
        after = sa.select(sa.literal(1)).where(
            self.later.c.record == self.stay.c.record,
            self.later.c.entity == self.stay.c.entity,
            self.later.c.field == self.stay.c.field,
            self.later.c.id > self.stay.c.id,
            sa.or_(*further) if further else sa.false(),
        )
        return after.exists()

    def _beyond(self) -> dict[str, list[str]]:
        """For each open stage, the stages that count as further on."""
        found: dict[str, list[str]] = {}
        for name in self.field.type.pipelines(self.field):
            found |= _beyond_in(self.tables.model.pipelines[name])
        return found


def _beyond_in(pipeline: Pipeline) -> dict[str, list[str]]:
    good = (Outcome.OPEN, Outcome.WON)
    return {
        stage.name: [
            other.name
            for other in pipeline.stages.values()
            if other.outcome in good and (other.index > stage.index or other.outcome is Outcome.WON)
        ]
        for stage in pipeline.stages.values()
        if stage.outcome is Outcome.OPEN
    }


def stage_field(entity: Entity) -> Field:
    """The stage field whose stays are counted.

    :raises Invalid: for an entity without one.
    """
    for field in entity.fields.values():
        if field.type.pipelines(field):
            return field
    said = _("%(entity)s has no stages to count.", entity=entity.name)
    raise Invalid(said, [Problem("entity", "stages", said)])
