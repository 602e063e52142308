"""Work on big tables that a publish leaves for later: in batches, each one transaction, resumable at any point."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import Env
from sartor.platform.model import Model
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.plan import PlanStep
from sartor.platform.publishing.values.adoption import Adoption
from sartor.platform.publishing.values.pace import measured
from sartor.platform.publishing.values.refresh import Refresh
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.revision import StaleModel, hold_revision
from sartor.platform.storage import catalogue
from sartor.platform.storage.steps import CreateIndex, IndexColumn
from sartor.platform.storage.steps.apart import build_apart
from sartor.platform.storage.system.changes import sys_background_step
from sartor.platform.work import Work

Envs = Callable[[Model], Env]
WAITING, DONE, FAILED = "waiting", "done", "failed"
REFRESH, ADOPT, INDEX = "refresh", "adopt", "index"
BATCHED: Mapping[str, Any] = {REFRESH: Refresh, ADOPT: Adoption}
"""Kinds of work that is done in batches of records."""


def leave(work: Work, step: PlanStep, model: Model, new_id: Callable[[], int]) -> None:
    """Write down what is to be done after the publish. model: the one that is published."""
    kind = next((kind for kind, each in BATCHED.items() if isinstance(step.job, each)), INDEX)
    bodies = [asdict(each) for each in step.job.indexes] if kind == INDEX else [step.job.as_dict(model)]
    for body in bodies:
        row = {
            "id": new_id(), "revision": model.revision, "kind": kind, "body": body, "state": WAITING, "cursor": 0,
            "done": 0, "total": step.rows, "error": None, "at": work.now,
        }  # fmt: skip
        work.connection.execute(sa.insert(sys_background_step), row)


class BackgroundSteps:
    """Does what publishes have left, oldest first. Several processes may try; a batch is one transaction."""

    def __init__(self, models: ModelCache, env: Envs) -> None:
        self.models = models
        self.database = models.database
        self._env = env

    def waiting(self) -> list[Any]:
        """Steps that are not finished, with how far they are (`done` of about `total`)."""
        mine = sys_background_step.c.kind.in_([*BATCHED, INDEX])  # conversions are prepared by whoever publishes
        chosen = sa.select(sys_background_step).where(mine, sys_background_step.c.state == WAITING)
        with self.database.read() as connection:
            return list(connection.execute(chosen.order_by(sys_background_step.c.id)).all())

    def run(self, seconds: float = 10.0) -> bool:
        """Work for about so long; whether something is left."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            steps = self.waiting()
            if not steps:
                return False
            if steps[0].kind == INDEX:
                self._build(steps[0])
            else:
                self._do_some(steps[0].id)
        return bool(self.waiting())

    def _do_some(self, number: int) -> None:
        with suppress(StaleModel):  # a publish came first; the next round works with its model
            self.database.run(lambda work: self._next_batch(work, number))

    def _next_batch(self, work: Work, number: int) -> None:
        row = _locked(work, number)
        if row is None:
            return
        design = self.models.current()
        hold_revision(work, design.model)
        job = BATCHED[row.kind].from_dict(row.body, design.model)
        if job is None:
            _move(work, number, state=DONE)
            return
        begun = job.begun(Tools(self.database, design.tables), work, self._env(design.model))
        began, ids = time.monotonic(), begun.next_ids(row.cursor)
        if ids:
            begun.batch(ids, lock=True)
            measured(work, job.pace(design.model), len(ids), time.monotonic() - began)
            _move(work, number, cursor=ids[-1], done=row.done + len(ids))
        else:
            _move(work, number, state=DONE)

    def _build(self, row: Any) -> None:
        body = row.body
        columns = tuple(IndexColumn(**each) for each in body["columns"])
        index = CreateIndex(**{**body, "columns": columns, "include": tuple(body["include"])})
        with self.database.read() as connection:
            there = catalogue.read(connection, [index.table]).get(index.table)
        began = time.monotonic()
        if there is not None and index.name not in there.indexes:
            build_apart(self.database, index)
        self.database.run(lambda work: self._built(work, row, time.monotonic() - began))

    @staticmethod
    def _built(work: Work, row: Any, seconds: float) -> None:
        measured(work, INDEX, row.total, seconds)
        _move(work, row.id, state=DONE)


def _locked(work: Work, number: int) -> Any:
    chosen = sa.select(sys_background_step).where(
        sys_background_step.c.id == number, sys_background_step.c.state == WAITING
    )  # fmt: skip
    return work.connection.execute(chosen.with_for_update(skip_locked=True)).one_or_none()


def _move(work: Work, number: int, **values: Any) -> None:
    work.connection.execute(sa.update(sys_background_step).where(sys_background_step.c.id == number).values(**values))
