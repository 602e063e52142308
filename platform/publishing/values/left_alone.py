"""Records that publishing could not put into the first stage of their pipeline: how many, why, and another try."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from sartor.platform.expressions import Env
from sartor.platform.model import Model
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.values.adoption import Adopter, Adoption
from sartor.platform.publishing.values.background import ADOPT, WAITING
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.revision import hold_revision
from sartor.platform.storage.system.changes import sys_background_step
from sartor.platform.work import Work

Envs = Callable[[Model], Env]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """adoption: of which records. why: what the first of them is refused for, in the reader's language."""

    adoption: Adoption
    records: int
    why: str


class _Tried(Exception):
    """Ends a try of which nothing is kept."""


class LeftAlones:
    """Finds them and tries again. env: of the system, as a publish has it."""

    def __init__(self, models: ModelCache, env: Envs) -> None:
        self.models = models
        self.database = models.database
        self._env = env

    def of(self, pipeline: str) -> list[LeftAlone]:
        """Those of each field that follows a pipeline; none as long as a publish is still at work on them."""
        found = self.models.current().model.pipelines.get(pipeline)
        if found is None or not found.adopts or self._is_under_way(pipeline):
            return []
        entity = self.models.current().model.entities[found.entity]
        fields = [each for each in entity.fields.values() if pipeline in each.type.pipelines(each) and not each.inert]
        left = (self._left(Adoption(found.entity, each.name, pipeline)) for each in fields if not entity.inert)
        return [each for each in left if each is not None]

    def again(self, pipeline: str) -> int:
        """Try once more; how many have come in."""
        return sum(self.database.run(partial(self._adopted, each.adoption)) for each in self.of(pipeline))

    def _adopted(self, adoption: Adoption, work: Work) -> int:
        hold_revision(work, self.models.current().model)
        begun = self._begun(work, adoption)
        before = begun.left()
        begun.all()
        return before - begun.left()

    def _left(self, adoption: Adoption) -> LeftAlone | None:
        found: list[LeftAlone] = []

        def look(work: Work) -> None:
            begun = self._begun(work, adoption)
            ids = begun.next_ids(0)
            if ids:
                found[:] = [LeftAlone(adoption, begun.left(), begun.why_not(ids[0]))]
            raise _Tried

        with suppress(_Tried):
            self.database.run(look)
        return found[0] if found else None

    def _begun(self, work: Work, adoption: Adoption) -> Adopter:
        design = self.models.current()
        return adoption.begun(Tools(self.database, design.tables), work, self._env(design.model))

    def _is_under_way(self, pipeline: str) -> bool:
        row = sys_background_step.c
        chosen = sa.select(row.body).where(row.kind == ADOPT, row.state == WAITING)
        with self.database.read() as connection:
            return any(body["pipeline"] == pipeline for body in connection.execute(chosen).scalars())
