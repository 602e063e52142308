"""Publishing: a plan becomes the next revision, in one transaction under one lock, or nothing happens.

The lock is the table `sys_state`: writers of records share it for the length of their transaction, so a publish
waits for them, and whoever comes after meets the new revision.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Conflict, Invalid, NotFound, Outdated
from sartor.platform.expressions import Env
from sartor.platform.model import Model
from sartor.platform.publishing.applying import Application, Publication
from sartor.platform.publishing.change_sets import approving
from sartor.platform.publishing.change_sets.approving import Unapproved
from sartor.platform.publishing.change_sets.changes import MAIN, ChangeSet, ChangeSets
from sartor.platform.publishing.diff import Difference, differences
from sartor.platform.publishing.kept_settings import APPROVAL, kept
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.plan import Grade, Plan
from sartor.platform.publishing.planner import Planner
from sartor.platform.publishing.store import Revision
from sartor.platform.publishing.under_way import Far, UnderWay
from sartor.platform.publishing.values import preparing
from sartor.platform.publishing.values.preparing import LostMore, Preparation, Preparing
from sartor.platform.text import gettext as _
from sartor.platform.text import listed
from sartor.platform.work import Work

LONG = 3
"""Seconds from which on everybody's waiting is long."""


class Unconfirmed(Conflict):
    """The plan loses or hides values and nobody has confirmed exactly this plan."""

    code = "unconfirmed"


class TakesLong(Conflict):
    """A worker should do it: everybody waits meanwhile, and whoever asked wants to see how far it is."""

    code = "takes_long"


class Publisher:
    """Plans, publishes and rolls back; the command line, the API and the pages all come here."""

    def __init__(self, models: ModelCache, env: Callable[[Model], Env]) -> None:
        self.models = models
        self.database = models.database
        self.sets = ChangeSets(models)
        self.planner = Planner(models, env)
        self._env = env
        self._far = Far(self.database)

    # ---- plans

    def plan(self, name: str = MAIN) -> Plan:
        """What publishing a change set would do.

        :raises InvalidDefinition: when the edited documents do not hold together.
        """
        return self.planner.plan(self.sets.documents(name), looking=True)

    def plan_documents(self, documents: Documents) -> Plan:
        """What publishing a whole set of documents would do."""
        return self.planner.plan(documents)

    def plan_rollback(self, number: int) -> Plan:
        """What going back to an earlier revision would do.

        :raises NotFound: for one that was never published, as nothing was.
        """
        if number < 1:
            raise NotFound(_("There is no revision %(number)s.", number=number))
        with self.database.read() as connection:
            documents = self.models.store.documents(connection, number)
        return self.planner.plan(documents, rollback=number)

    # ---- publishing

    def publish(self, publication: Publication, name: str = MAIN) -> int:
        """Publish a change set; the number of the new revision.

        :raises Conflict: when a document was published by somebody else since it was edited.
        :raises Unconfirmed: when values would be lost and `confirm` is not the fingerprint of this plan.
        """
        edited = self.looked_at(publication, name)
        self._refuse_unapproved(edited, publication)
        plan = self.planner.plan(edited.applied(self.models.current().documents))
        return self._apply(plan, publication, edited)

    def looked_at(self, publication: Publication, name: str) -> ChangeSet:
        """The change set on top of what is published now.

        :raises Outdated: when it is another one than was seen. :raises Conflict: when something is to be decided.
        """
        edited = self.sets.catch_up(name)
        if publication.seen is not None and publication.seen != edited.mark:
            raise Outdated(_("The change set is not the one that you looked at any more; look at the plan again."))
        _refuse_conflicts(edited, self.models)
        return edited

    def require_possible(self, plan: Plan, publication: Publication) -> None:
        """:raises SartorError: saying why a plan cannot be published by this person, or not yet"""
        publication.judge(plan.design.model, plan.renamed("role"))
        if plan.obstacles:
            raise Invalid(_("The records do not allow this yet."), plan.obstacles)
        if plan.grade is Grade.LOSSY and publication.confirm != plan.fingerprint:
            raise Unconfirmed(_("Values would be lost or hidden; confirm the plan %(plan)s.", plan=plan.fingerprint))
        if any(Preparation(self.database, plan, MAIN).unready()):
            raise Preparing(_("The values of a big table have to be converted first; prepare the change set."))
        if publication.quick and plan.waited_for >= LONG:
            raise TakesLong(_("It takes about %(n)s s; a worker has to do it.", n=plan.waited_for))

    def rollback(self, number: int, publication: Publication) -> int:
        """Publish an earlier revision again, as a new one. It was approved when it was published first.

        :raises Outdated: when another revision is published than was seen.
        """
        if publication.seen not in (None, str(self.models.stamp().revision)):
            raise Outdated(_("Another revision was published meanwhile; look again."))
        note = publication.note or _("Back to revision %(number)s", number=number)
        return self._apply(self.plan_rollback(number), replace(publication, note=note))

    def apply(self, plan: Plan, publication: Publication) -> int:
        """Publish a plan that no change set stands behind, such as a blueprint's.

        :raises Unapproved: where the workspace asks for a second person's approval, which only change sets have.
        """
        with self.database.read() as connection:
            if publication.by is not None and kept(connection, APPROVAL, False):
                raise Unapproved(_("This workspace publishes nothing that a second person has not approved, and only a "
                                   "change set can be approved."))  # fmt: skip
        return self._apply(plan, publication)

    def _refuse_unapproved(self, edited: ChangeSet, publication: Publication) -> None:
        if edited.edits:
            with self.database.read() as connection:
                approving.require(connection, edited, publication.by, self.models.current().tables)

    def _apply(self, plan: Plan, publication: Publication, edited: ChangeSet | None = None) -> int:
        """Publish a plan as it is; a plan that changes nothing leaves the revision as it is."""
        self.require_possible(plan, publication)
        if plan.is_empty:
            if edited is not None and edited.edits:
                self.sets.discard(name=edited.name)
            return plan.base
        try:
            return self._applied(plan, publication, edited)
        except LostMore as error:
            preparing.prepare_again(self.database, error.prepared)
            raise

    def _applied(self, plan: Plan, publication: Publication, edited: ChangeSet | None) -> int:
        def job(work: Work) -> int:
            self._far.hold(work)
            return Application(self.models, work, plan, self._env).run(watched, edited)

        token, of = publication.token or secrets.token_hex(8), edited.name if edited else None
        with self._far.telling(token, publication.by, of) as watch:
            watched = replace(publication, watch=watch)
            return self.database.run(job)

    @property
    def under_way(self) -> UnderWay | None:
        """How far the publication is that any process of this workspace is at; the lock lets only one be."""
        return self._far.hear()

    def stop(self, token: str) -> None:
        """Wish that a publication stop, see `UnderWay.token`; it does before it is complete, or not at all."""
        self._far.stop(token)

    def prepare(self, name: str = MAIN, seconds: float = 10.0) -> bool:
        """Convert values of big tables ahead of the publish, for about so long; whether all of them are ready."""
        return self.preparation(name).run(seconds)

    def preparation(self, name: str, back_to: int | None = None) -> Preparation:
        """The conversions that a change set needs; or, where a revision is named, going back to that."""
        if back_to is None:
            return Preparation(self.database, self.plan(name), name)
        return Preparation(self.database, self.plan_rollback(back_to), preparing.going_back(back_to))

    # ---- what was published

    def revisions(self, limit: int = 100) -> list[Revision]:
        """The newest first."""
        with self.database.read() as connection:
            return self.models.store.revisions(connection, limit)

    def revision(self, number: int) -> Revision | None:
        """One of them; None for a number that was never published."""
        with self.database.read() as connection:
            return self.models.store.revision(connection, number)

    def published_by(self, key: str) -> Revision | None:
        """The revision in which a definition became what it is now."""
        with self.database.read() as connection:
            return self.models.store.published_by(connection, key)

    def diff(self, one: int, other: int) -> list[Difference]:
        """What revision `other` says differently from revision `one`."""
        return differences(self.documents(one), self.documents(other))

    def documents(self, number: int) -> Documents:
        with self.database.read() as connection:
            return self.models.store.documents(connection, number)


def _refuse_conflicts(edited: ChangeSet, models: ModelCache) -> None:
    found = edited.conflicts(models.store.manifest_of(models.current().documents))
    if found:
        names = listed(found)
        raise Conflict(
            _("Published by somebody else since you edited it; decide what is to stay: %(names)s.", names=names)
        )
