"""A plan being published: everything it does, in the one transaction in which it is done.

The lock is the table `sys_state`: writers of records share it for the length of their transaction, so a publish
waits for them, and whoever comes after meets the new revision.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sartor.platform.access.assign import administrators, require_an_administrator
from sartor.platform.access.directory import read_directory
from sartor.platform.errors import Invalid, Outdated, Problem
from sartor.platform.expressions import Env
from sartor.platform.model import Model
from sartor.platform.publishing.change_sets import appointments, approving, edits, remarks, waiting
from sartor.platform.publishing.change_sets.edits import ChangeSet
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.plan import Grade, Plan, PlanStep
from sartor.platform.publishing.retired import leftovers as retired
from sartor.platform.publishing.retired.holding import Coming, Leaving
from sartor.platform.publishing.retired.leftovers import Retired
from sartor.platform.publishing.steps.indexes import BuildIndexes
from sartor.platform.publishing.values import background, preparing
from sartor.platform.publishing.values.adoption import Adoption
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.values.pace import WRITE, measured
from sartor.platform.publishing.values.refresh import Refresh
from sartor.platform.publishing.values.rekey import Rekey
from sartor.platform.records.memory.tools import Tools
from sartor.platform.storage.steps import CreateIndex
from sartor.platform.storage.steps.step import keep_out_writers, settle_references, wait_briefly
from sartor.platform.storage.system.documents import sys_revision
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

BEFORE_VALUES, AFTER_VALUES = range(4), range(4, 10)
"""Phases of steps (see `Step.phase`)."""
Seen = Callable[[int], None]
"""Is told after how many records of its own a step is."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes, and what is said about it. confirm: the fingerprint of the plan that was seen.

    seen: the mark of the change set that was looked at; another one is refused. judge: refuses what the person may not
    publish, by the model that would be served and the roles in it that people of others come to. also: what else
    happens in the same transaction. due: when the appointment was made that is kept by it. watch: is told how much of
    all is done, and what comes now; what it raises stops the publication. token: by which somebody may stop it. quick:
    what would take long is refused, so that a worker does it.
    """

    note: str = ""
    by: int | None = None
    confirm: str | None = None
    seen: str | None = None
    judge: Callable[[Model, Collection[str]], None] = lambda model, moved: None
    also: Callable[[Work], None] = lambda work: None
    due: datetime | None = None
    watch: Callable[[int, int, PlanStep], None] = lambda done, total, now: None
    token: str = ""
    quick: bool = False


class Application:
    """One plan, applied in one transaction."""

    def __init__(self, models: ModelCache, work: Work, plan: Plan, env: Callable[[Model], Env]) -> None:
        self.models = models
        self.work = work
        self.plan = plan
        self.design = plan.design
        self._env = env
        self._new_id = models.database.new_id
        self._noted: list[Retired] = []

    def run(self, publication: Publication, edited: ChangeSet | None) -> int:
        """All of it; the number of the new revision."""
        wait_briefly(self.work.connection)
        _lock(self.work, self.plan.base)
        if edited is not None:
            self._take(edited, publication)
        administered = self._is_administered()
        _change_tables(self.work, self.plan.steps, BEFORE_VALUES)
        self._work_on_rows(publication)
        settle_references(self.work.connection)
        _change_tables(self.work, self.plan.steps, AFTER_VALUES)
        self._save(publication)
        if administered:
            require_an_administrator(self.work, self.design.tables, self.design.model)
        publication.also(self.work)
        self.work.after_commit(self._installed)
        return self.design.revision

    def _take(self, edited: ChangeSet, publication: Publication) -> None:
        """The change set goes, if it is what was planned and may be published; what was said about it stays."""
        _refuse_other_edits(self.work, edited)
        if publication.due is not None:
            appointments.keep(self.work, edited.name, publication.due)
        approving.require(self.work.connection, edited, publication.by, self.models.get(self.plan.base).tables)
        remarks.hand_over(self.work, edited.name, self.design.revision)
        waiting.carry_out(self.work, edited, self.design.revision)
        edits.published(self.work, edited)

    def _work_on_rows(self, publication: Publication) -> None:
        done, total = 0, sum(map(_weight, self.plan.steps))
        for step in self.plan.steps:

            def seen(rows: int, step: PlanStep = step, before: int = done) -> None:
                part = min(rows / step.rows, 1) if step.rows else 0
                publication.watch(before + int(part * _weight(step)), total, step)

            seen(0)
            began = time.monotonic()
            with _told_apart(step):
                self._do_job(step, seen)
            if step.job is not None and step.grade is not Grade.SLOW:
                measured(self.work, step.sort, step.rows, time.monotonic() - began)
            done += _weight(step)

    def _is_administered(self) -> bool:
        """Whether roles change and somebody may administer until now: then somebody still must when they have."""
        before = self.models.get(self.plan.base)
        if "user" not in before.model.entities or not any(key.startswith("role/") for key in self.plan.changed):
            return False
        return bool(administrators(read_directory(self.work.connection, before.tables), before.model))

    def _do_job(self, step: PlanStep, seen: Seen) -> None:
        if isinstance(step.job, Rekey | Leaving | Coming):
            self._noted += step.job.run(self.work)
        elif isinstance(step.job, Conversion):
            self._convert(step, step.job, seen)
        elif isinstance(step.job, Refresh | Adoption) and step.grade is not Grade.SLOW:
            tools = Tools(self.models.database, self.design.tables)
            step.job.begun(tools, self.work, self._env(self.design.model)).all(seen)
        elif isinstance(step.job, Refresh | Adoption | BuildIndexes):
            background.leave(self.work, step, self.design.model, self._new_id)

    def _convert(self, step: PlanStep, conversion: Conversion, seen: Seen) -> None:
        """All values, or after a preparation those that were written since; not one more lost than the plan said."""
        ready = preparing.find(self.work.connection, conversion.new)
        if ready is not None:
            preparing.settle(self.work, ready)
        if ready is not None and conversion.prepared:
            preparing.catch_up(self.work, conversion, ready)
            return
        tally = conversion.run(self.work.connection, seen)
        if tally.counts().lossy != (step.counts.lossy if step.counts else 0):
            raise Outdated(_("Records have changed since the plan was made; look at it again."))
        measured(self.work, WRITE, tally.rows, tally.writing)

    def _save(self, publication: Publication) -> None:
        connection, number = self.work.connection, self.design.revision
        connection.execute(sa.insert(sys_revision), self._revision(publication))
        retired.note(self.work, (*self.plan.retired, *self._noted), number, self._new_id)
        retired.forget(self.work, _in_use(self.design))
        moved = sa.update(sys_state).where(sys_state.c.id == 1)
        connection.execute(moved.values(revision=number, stamp=sys_state.c.stamp + 1, **self._rights()))
        entry = {
            "id": self._new_id(), "entity": "", "record": number, "version": number, "at": self.work.now,
            "actor": publication.by, "action": "publish", "changes": {"note": [None, publication.note]},
        }  # fmt: skip
        connection.execute(sa.insert(sys_history), entry)

    def _rights(self) -> dict[str, sa.ColumnElement[int]]:
        """People hold their roles by name, and a rename writes that: every process has to read them again."""
        roles = any(key.startswith("role/") for key in self.plan.changed)
        return {"authz": sys_state.c.authz + 1} if roles else {}

    def _revision(self, publication: Publication) -> dict[str, object]:
        return {
            "number": self.design.revision,
            "note": publication.note,
            "by": publication.by,
            "at": self.work.now,
            "manifest": self.models.store.save(self.work.connection, self.design.documents),
            "summary": [_without_values(step) for step in self.plan.steps],
        }

    def _installed(self) -> None:
        self.models.store.remember(self.design.documents)
        self.models.install(self.design)


def _weight(step: PlanStep) -> int:
    """Its part of all, by the time that it takes: tenths of seconds, and a little for any step."""
    return 10 * step.waited_for + 1


def _without_values(step: PlanStep) -> dict[str, object]:
    """A step as it is remembered: samples of records are no part of the design's history."""
    return {name: each for name, each in step.as_dict().items() if name != "samples"}


def _lock(work: Work, base: int) -> None:
    """Wait for writers, keep new ones waiting, and make sure that no other publish came first."""
    keep_out_writers(work.connection, sys_state.name)
    current = work.connection.execute(
        sa.select(sys_state.c.revision).where(sys_state.c.id == 1).with_for_update()
    ).scalar()
    if current != base:
        raise Outdated(_("Another revision was published in the meantime; look at the plan again."))


def _refuse_other_edits(work: Work, edited: ChangeSet) -> None:
    now = edits.held(work, edited.name)
    if now is None or now.edits != edited.edits:
        raise Outdated(_("The change set was edited in the meantime; look at the plan again."))


def _change_tables(work: Work, steps: Iterable[PlanStep], phases: range) -> None:
    found = [(step, each) for step in steps for each in step.ddl if each.phase in phases]
    for step, each in sorted(found, key=lambda one: one[1].phase):
        began = time.monotonic()
        with _told_apart(step):
            each.apply(work.connection)
        if isinstance(each, CreateIndex) and each.where is None:  # else of few records, nobody knows how many
            measured(work, step.sort, step.rows, time.monotonic() - began)


@contextmanager
def _told_apart(step: PlanStep) -> Iterator[None]:
    """Records that collide where no plan could know are no fault of the engine: the step says what they may not."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        problem = Problem("/keys", "duplicates", step.text, file=step.subject.partition("#")[0])
        raise Invalid(_("The records do not allow this yet."), [problem]) from error


def _in_use(design: Design) -> dict[str, set[str]]:
    return {
        entity.table: {field.stored_as for field in entity.fields.values()} for entity in design.model.entities.values()
    }
