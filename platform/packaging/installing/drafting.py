"""Blueprints come and go by way of a change set, like every edit: it is planned, and publishing it is what happens.

Either the change set is made and published in one act, or the edits go into one that somebody is working on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sartor.platform.definitions.documents import Document, Documents, without_engine_keys
from sartor.platform.errors import Invalid, SartorError
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.bringing import announcing, awaited, bring, forget
from sartor.platform.packaging.installing.former_data import with_former_data
from sartor.platform.packaging.records.base import RecordBase
from sartor.platform.packaging.records.newcomers import Newcomers, newcomers_of
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.approving import Unapproved
from sartor.platform.publishing.change_sets.waiting import Besides, keep
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import TakesLong
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.storage.coming import Coming, note
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

REFUSED_SAMPLES = "samples"
"""What the refusal of samples is called by programs: the definitions came in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A design with a blueprint in it, or without one.

    name: of the change set that it becomes, such as `install.sales`; title: what people call that. documents: the whole
    design. shipped: blueprints to be remembered as they came. people: mail addresses of there with those of here.
    promotes: digest of the design of another workspace that it brings over. sampled: those whose samples may be asked
    for; None: every one that is shipped.
    """

    name: str
    title: str
    documents: Documents
    shipped: tuple[Blueprint, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    promotes: str = ""
    sampled: tuple[Blueprint, ...] | None = None

    @property
    def samples(self) -> list[Coming]:
        """Samples that are to come, where they are asked for."""
        return awaited(self.shipped if self.sampled is None else self.sampled, SAMPLES)


class Drafts:
    """Plans drafts, puts them into change sets and publishes them.

    strangers: mail addresses in records that came in, which nobody has here.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.strangers: set[str] = set()
        self.workspace = workspace
        self.publisher = workspace.publisher
        self.sets = workspace.publisher.sets

    def present(self, into: str | None = None) -> Documents:
        """What a draft is to be made of: what is published, or with the edits of the change set that it goes into."""
        return self.sets.documents(into) if into else self.workspace.serving().design.documents

    def plan(self, draft: Draft) -> Plan:
        """What publishing a draft would do; nothing is written."""
        return self.publisher.plan_documents(self._going_on(draft).documents)

    def _going_on(self, draft: Draft) -> Draft:
        """The draft with what its blueprints left when they were taken out."""
        names = [each.name for each in draft.shipped]
        return replace(draft, documents=with_former_data(self.workspace, draft.documents, names))

    def is_there(self, draft: Draft, into: str | None = None) -> bool:
        """Whether the design says already what the draft would make of it."""
        return not changed(self.present(into), draft.documents)

    def put(self, draft: Draft, *, by: int | None = None, into: str | None = None) -> list[str]:
        """Write a draft into a change set, by itself in one of its own; the definitions that it changes there."""
        self._meet(draft, by)
        draft = self._going_on(draft)
        edits = changed(self.present(into), draft.documents)
        if not edits:
            return []
        shelf = Shelf(self.workspace.database, self.workspace.store)
        for each in draft.shipped:
            RecordBase(self.workspace, each.name).keep()
            shelf.keep(each)
        if into is None:
            self.sets.discard(name=draft.name)
        self.sets.put_all(edits, by=by, name=into or draft.name)
        if into is None:
            self.sets.call(draft.name, draft.title, by=by)
        return sorted(edits)

    def publish(self, draft: Draft, publication: Publication, *, samples: bool = False) -> int:
        """Put a draft into a change set of its own and publish that; the revision.

        Where it is refused nothing is left behind, unless it only has to wait: for a second person's approval, for
        values of a big table that are converted first, or for a worker. Then the change set is there to go on with,
        and what comes with it is kept for whoever publishes it.
        Reference records come once the definitions are in; samples are noted, see `fill`.
        """
        if not self.put(draft, by=publication.by):
            self._note(draft.samples if samples else ())
            return self.workspace.serving().design.revision
        records, later = awaited(draft.shipped, RECORDS), draft.samples if samples else []
        try:
            revision = self.publisher.publish(announcing(publication, (*records, *later)), draft.name)
        except (Preparing, TakesLong, Unapproved) as error:
            edited, besides = self.sets.catch_up(draft.name), Besides((*records, *later), draft.promotes)
            self.workspace.database.run(lambda work: keep(work, edited, besides))
            raise _waits(error, draft) from error
        except SartorError:
            self.sets.discard(name=draft.name)
            raise
        self._bring(records, later)
        return revision

    def _bring(self, records: Iterable[Coming], later: Iterable[Coming]) -> None:
        """Reference records; where they are refused, what was to come after them does not come, either."""
        try:
            for each in records:
                bring(self.workspace, each, self.strangers)
        except Exception:
            forget(self.workspace, later)
            raise

    def _meet(self, draft: Draft, by: int | None) -> None:
        """Note whose the records that come are to be; what was said before about others holds on."""
        if not draft.shipped:
            return

        def write(work: Work) -> None:
            for each in draft.shipped:
                known = newcomers_of(self.workspace.database, each.name)
                Newcomers(by, {**known.meant, **draft.people}).note(work, each.name)

        self.workspace.database.run(write)

    def _note(self, these: Iterable[Coming]) -> None:
        def write(work: Work) -> None:
            for each in these:
                note(work, each)

        self.workspace.database.run(write)

    def fill(self, draft: Draft) -> int:
        """Make the samples that were noted when the draft was published; how many.

        :raises Invalid: naming file and row of what is refused; no sample is kept then.
        """
        try:
            return sum(bring(self.workspace, each, self.strangers) for each in draft.samples)
        except Invalid as error:
            said = _("The definitions are in; the sample records are not: %(why)s", why=error.message)
            raise Invalid(said, error.problems, code=REFUSED_SAMPLES) from error

    def carry_out(
        self, draft: Draft, said: str, confirm: str | None = None, also: Callable[[Work], None] = lambda work: None,
        *, samples: bool = False,
    ) -> int:  # fmt: skip
        """Publish a draft as the system does it, which has seen the plan of this moment if no other one."""
        seen = confirm or self.plan(draft).fingerprint
        return self.publish(draft, Publication(said, None, seen, also=also), samples=samples)


def _waits(error: Preparing | TakesLong | Unapproved, draft: Draft) -> Preparing | TakesLong | Unapproved:
    """The same, with where it goes on."""
    said = _("%(why)s It goes on in the change set “%(title)s” (%(name)s).")
    told = said % {"why": error.message, "title": draft.title, "name": draft.name}
    return type(error)(told, error.problems, values={"set": draft.name})


def changed(before: Documents, after: Documents) -> Mapping[str, Document | None]:
    """The definitions that are not the same after; None for one that is gone."""
    found: dict[str, Document | None] = {}
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is not other and without_engine_keys(one) != without_engine_keys(other):
            found[key] = other
    return found
