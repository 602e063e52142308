"""Publishing: a plan becomes the next revision, in one transaction under one lock, or nothing happens.

The lock is the row of `sys_state`: writers of records share it for the length of their transaction, so a publish
waits for them, and whoever comes after meets the new revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from sartor.platform.access.assign import administrators, require_an_administrator
from sartor.platform.access.directory import read_directory
from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Conflict, Invalid, Outdated
from sartor.platform.expressions import Env
from sartor.platform.model import Model
from sartor.platform.publishing import background, changes, preparing, retired
from sartor.platform.publishing.changes import MAIN, ChangeSet, ChangeSets
from sartor.platform.publishing.convert_rows import Conversion
from sartor.platform.publishing.diff import Difference, differences
from sartor.platform.publishing.index_steps import BuildIndexes
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.plan import Grade, Plan, PlanStep
from sartor.platform.publishing.planner import Planner
from sartor.platform.publishing.preparing import LostMore, Preparation, Preparing
from sartor.platform.publishing.refresh import Refresh, Refresher
from sartor.platform.publishing.store import Revision
from sartor.platform.records.tools import Tools
from sartor.platform.storage.steps.step import settle_references, wait_briefly
from sartor.platform.storage.system.documents import sys_revision
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


class Unconfirmed(Conflict):
    """The plan loses or hides values and nobody has confirmed exactly this plan."""

    code = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes, and what is said about it. confirm: the fingerprint of the plan that was seen.

    judge: refuses what the person may not publish, by the model that would be served.
    """

    note: str = ""
    by: int | None = None
    confirm: str | None = None
    judge: Callable[[Model], None] = lambda model: None


class Publisher:
    """Plans, publishes and rolls back; the command line, the API and the pages all come here."""

    def __init__(self, models: ModelCache, env: Callable[[Model], Env]) -> None:
        self.models = models
        self.database = models.database
        self.sets = ChangeSets(models)
        self.planner = Planner(models, env)
        self._env = env

    # ---- plans

    def plan(self, name: str = MAIN) -> Plan:
        """What publishing a change set would do.

        :raises InvalidDefinition: when the edited documents do not hold together.
        """
        return self.planner.plan(self.sets.documents(name))

    def plan_documents(self, documents: Documents) -> Plan:
        """What publishing a whole set of documents would do."""
        return self.planner.plan(documents)

    def plan_rollback(self, number: int) -> Plan:
        """What going back to an earlier revision would do."""
        with self.database.read() as connection:
            documents = self.models.store.documents(connection, number)
        return self.planner.plan(documents, rollback=True)

    # ---- publishing

    def publish(self, publication: Publication, name: str = MAIN) -> int:
        """Publish a change set; the number of the new revision.

        :raises Conflict: when a document was published by somebody else since it was edited.
        :raises Unconfirmed: when values would be lost and `confirm` is not the fingerprint of this plan.
        """
        edited = self.sets.get(name)
        _refuse_conflicts(edited, self.models)
        plan = self.planner.plan(edited.applied(self.models.current().documents))
        return self.apply(plan, publication, edited)

    def rollback(self, number: int, publication: Publication) -> int:
        """Publish an earlier revision again, as a new one."""
        note = publication.note or _("Back to revision %(number)s", number=number)
        return self.apply(self.plan_rollback(number), replace(publication, note=note))

    def apply(self, plan: Plan, publication: Publication, edited: ChangeSet | None = None) -> int:
        """Publish a plan as it is; a plan that changes nothing leaves the revision as it is."""
        publication.judge(plan.design.model)
        if plan.obstacles:
            raise Invalid(_("The records do not allow this yet."), plan.obstacles)
        if plan.grade is Grade.LOSSY and publication.confirm != plan.fingerprint:
            raise Unconfirmed(_("Values would be lost or hidden; confirm the plan %(plan)s.", plan=plan.fingerprint))
        if plan.is_empty:
            if edited is not None and edited.edits:
                self.sets.discard(name=edited.name)
            return plan.base
        if any(Preparation(self.database, plan, MAIN).unready()):
            raise Preparing(_("The values of a big table have to be converted first; prepare the change set."))
        try:
            return self.database.run(lambda work: self._apply(work, plan, publication, edited))
        except LostMore as error:
            preparing.prepare_again(self.database, error.prepared)
            raise

    def prepare(self, name: str = MAIN, seconds: float = 10.0) -> bool:
        """Convert values of big tables ahead of the publish, for about so long; whether all of them are ready."""
        return Preparation(self.database, self.plan(name), name).run(seconds)

    def _apply(self, work: Work, plan: Plan, publication: Publication, edited: ChangeSet | None) -> int:
        wait_briefly(work.connection)
        _lock(work, plan.base)
        if edited is not None:
            _refuse_other_edits(work, edited)
            changes.forget(work, edited.name)
        design = plan.design
        _change_tables(work, plan.steps, range(0, 4))
        for step in plan.steps:
            self._do_job(work, step, design)
        settle_references(work.connection)
        _change_tables(work, plan.steps, range(4, 10))
        self._save(work, plan, publication)
        self._keep_an_administrator(work, plan)
        work.after_commit(lambda: self._installed(design))
        return design.revision

    def _keep_an_administrator(self, work: Work, plan: Plan) -> None:
        """Roles that change must not leave the workspace without anybody who may administer it."""
        before = self.models.get(plan.base)
        if "user" not in before.model.entities or not any(key.startswith("role/") for key in plan.changed):
            return
        if administrators(read_directory(work.connection, before.tables), before.model):
            require_an_administrator(work, plan.design.tables, plan.design.model)

    def _do_job(self, work: Work, step: PlanStep, design: Design) -> None:
        if isinstance(step.job, Conversion):
            self._convert(work, step, step.job)
        elif isinstance(step.job, Refresh) and step.grade is not Grade.SLOW:
            Refresher(step.job, Tools(self.database, design.tables), work, self._env(design.model)).all()
        elif isinstance(step.job, Refresh | BuildIndexes):
            background.leave(work, step, design.revision, self.database.new_id)

    def _convert(self, work: Work, step: PlanStep, conversion: Conversion) -> None:
        """All values, or after a preparation those that were written since; not one more lost than the plan said."""
        ready = preparing.find(work.connection, conversion.new)
        if ready is not None:
            preparing.catch_up(work, conversion, ready)
        elif conversion.run(work.connection).counts().lossy != (step.counts.lossy if step.counts else 0):
            raise Outdated(_("Records have changed since the plan was made; look at it again."))

    def _save(self, work: Work, plan: Plan, publication: Publication) -> None:
        design = plan.design
        manifest = self.models.store.save(work.connection, design.documents)
        summary = [step.as_dict() for step in plan.steps]
        revision = {
            "number": design.revision, "note": publication.note, "by": publication.by, "at": work.now,
            "manifest": manifest, "summary": summary,
        }  # fmt: skip
        work.connection.execute(sa.insert(sys_revision), revision)
        retired.note(work, plan.retired, design.revision, self.database.new_id)
        retired.forget(work, _in_use(design))
        moved = sa.update(sys_state).where(sys_state.c.id == 1)
        work.connection.execute(moved.values(revision=design.revision, stamp=sys_state.c.stamp + 1))
        entry = {
            "id": self.database.new_id(), "entity": "", "record": design.revision, "version": design.revision,
            "at": work.now, "actor": publication.by, "action": "publish", "changes": {"note": [None, publication.note]},
        }  # fmt: skip
        work.connection.execute(sa.insert(sys_history), entry)

    def _installed(self, design: Design) -> None:
        self.models.store.remember(design.documents)
        self.models.install(design)

    # ---- what was published

    def revisions(self, limit: int = 100) -> list[Revision]:
        """The newest first."""
        with self.database.read() as connection:
            return self.models.store.revisions(connection, limit)

    def diff(self, one: int, other: int) -> list[Difference]:
        """What revision `other` says differently from revision `one`."""
        return differences(self.documents(one), self.documents(other))

    def documents(self, number: int) -> Documents:
        with self.database.read() as connection:
            return self.models.store.documents(connection, number)


def _refuse_conflicts(edited: ChangeSet, models: ModelCache) -> None:
    found = edited.conflicts(models.store.manifest_of(models.current().documents))
    if found:
        names = ", ".join(found)
        raise Conflict(_("Published by somebody else since you edited it: %(names)s.", names=names))


def _lock(work: Work, base: int) -> None:
    """Wait for writers, keep new ones waiting, and make sure that no other publish came first."""
    current = work.connection.execute(
        sa.select(sys_state.c.revision).where(sys_state.c.id == 1).with_for_update()
    ).scalar()
    if current != base:
        raise Outdated(_("Another revision was published in the meantime; look at the plan again."))


def _refuse_other_edits(work: Work, edited: ChangeSet) -> None:
    now = changes.read(work.connection, edited.name)
    if now is None or now.edits != edited.edits:
        raise Outdated(_("The change set was edited in the meantime; look at the plan again."))


def _change_tables(work: Work, steps: Iterable[PlanStep], phases: range) -> None:
    ddl = sorted((each for step in steps for each in step.ddl if each.phase in phases), key=lambda each: each.phase)
    for each in ddl:
        each.apply(work.connection)


def _in_use(design: Design) -> dict[str, set[str]]:
    return {
        entity.table: {field.stored_as for field in entity.fields.values()} for entity in design.model.entities.values()
    }
