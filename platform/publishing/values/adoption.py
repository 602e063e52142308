"""Records without a stage that come into the first one of a pipeline, in batches, each resumable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context, system_context
from sartor.platform.expressions import Env
from sartor.platform.model import Field, Model
from sartor.platform.publishing.values.refresh import BATCH, Batches
from sartor.platform.records.adopting import adopt, why_not
from sartor.platform.records.memory.tools import Tools
from sartor.platform.storage.tables import Tables
from sartor.platform.work import Work

REASON = "publishing"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Records of an entity without a value in a stage field, that follow one of its pipelines."""

    entity: str
    field: str
    pipeline: str

    def pace(self, _model: Model) -> str:
        return "adopt"

    def begun(self, tools: Tools, work: Work, env: Env) -> Adopter:
        return Adopter(self, tools, work, env)

    def as_dict(self, model: Model) -> dict[str, Any]:
        """As it is left for later: by the physical names, since the rest may be called otherwise by then."""
        field = model.field(self.entity, self.field)
        return {"table": model.entities[self.entity].table, "field": field.stored_as, "pipeline": self.pipeline}

    @classmethod
    def from_dict(cls, body: Mapping[str, Any], model: Model) -> Adoption | None:
        """What is left to do of it; None where the field or its pipeline is gone, or adopts nobody any more."""
        fields = (
            field
            for entity in model.entities.values()
            if entity.table == body["table"]
            for field in entity.fields.values()
            if field.stored_as == body["field"] and body["pipeline"] in field.type.pipelines(field)
        )
        field = next(fields, None)
        adopts = field is not None and model.pipelines[body["pipeline"]].adopts
        return cls(field.entity, field.name, body["pipeline"]) if field is not None and adopts else None


class Adopter(Batches):
    """Does an `Adoption`."""

    def __init__(self, adoption: Adoption, tools: Tools, work: Work, env: Env) -> None:
        self.adoption = adoption
        self.tools = tools
        self.work = work
        self.context = _context(tools.model, env)
        self.table = tools.tables.of(adoption.entity)
        field = tools.model.field(adoption.entity, adoption.field)
        self.waiting = (
            self.table.c.deleted_at.is_(None),
            tools.tables.column(field).is_(None),
            follows(field, adoption.pipeline, tools.tables),
        )

    def next_ids(self, after: int) -> list[int]:
        chosen = sa.select(self.table.c.id).where(*self.waiting, self.table.c.id > after)
        return list(self.work.connection.execute(chosen.order_by(self.table.c.id).limit(BATCH)).scalars())

    def left(self) -> int:
        """How many still have no stage."""
        chosen = sa.select(sa.func.count()).select_from(self.table).where(*self.waiting)
        return int(self.work.connection.execute(chosen).scalar_one())

    def why_not(self, number: int) -> str:
        """Why one of them cannot come in; to be rolled back."""
        return why_not(self.tools, self.work, self.context, self.adoption.entity, number)

    def batch(self, ids: Sequence[int], *, lock: bool = True) -> None:
        """Locked in any case, as by any write."""
        adopt(self.tools, self.work, self.context, self.adoption.entity, ids)


def follows(field: Field, pipeline: str, tables: Tables) -> sa.ColumnElement[bool]:
    """Which records follow a pipeline of the field: those that say so; the first one, all that say nothing else."""
    first, *others = field.type.pipelines(field)
    if not others:
        return sa.true()
    chosen = tables.column(tables.model.field(field.entity, field.options["by"]))
    if pipeline != first:
        return chosen == pipeline
    return sa.or_(chosen.is_(None), chosen.not_in(others))


def _context(model: Model, env: Env) -> Context:
    return system_context(
        model, REASON, zone=env.zone, currency=env.currency, rates=env.rates, currencies=env.currencies,
        week_start=env.week_start, language=env.language, clock=lambda: env.now, cause=f"revision {model.revision}",
    )  # fmt: skip
