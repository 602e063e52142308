"""Upgrades of the blueprints of a workspace: to the version that we ship, or to one that came in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Documents, without_engine_keys
from sartor.platform.errors import Conflict, NotFound, Problem
from sartor.platform.packaging.comparing import shipped_blueprint
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.compose import add_blueprint
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import require_installed, stock_blueprint, with_required
from sartor.platform.packaging.installing.needs import numbers
from sartor.platform.packaging.records.base import RecordBase
from sartor.platform.packaging.records.issues import RecordMerge, ReferenceRecords, is_record
from sartor.platform.packaging.records.lines import RecordChange
from sartor.platform.packaging.versions.replacing import put_in, without
from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.packaging.versions.upgrading import Issue, Ruling, Upgrade, Upgrading
from sartor.platform.publishing.change_sets.deciding import Choice, Question, asked
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.valuing import Valuing
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.workspace import Workspace


class Undecided(Conflict):
    """Both sides changed something and nobody has said what is to stay; `problems` names the places."""

    code = "undecided"


@dataclass(frozen=True, slots=True)
class Look:
    """An upgrade as it would be now. begins: the version that is there; known: whether it is known how that came.

    records: the reference records of both versions; None where they are left out. changed: those that it changes.
    """

    blueprint: Blueprint
    begins: str
    known: bool
    upgrade: Upgrade
    draft: Draft
    records: ReferenceRecords | None = None
    changed: tuple[RecordChange, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The records that it changes, each in a sentence of the reader's language, and what stays in any case."""
        return (*self.changes, *self.stays)

    @property
    def changes(self) -> tuple[str, ...]:
        return tuple(self.records.said(each) for each in self.changed) if self.records else ()

    @property
    def stays(self) -> tuple[str, ...]:
        """What is not merged although the new version has it otherwise."""
        return lines_stay() if self.records and self.records.lines_stay else ()


class Upgrades:
    """The upgrade of one blueprint. into: the change set that it is to go into; none: one of its own.

    Reference records are looked at, too, for whoever may bring records; they come once it is published.
    asker: who is asked; none: the system.
    """

    def __init__(
        self, workspace: Workspace, name: str, into: str | None = None, *, asker: Context | None = None
    ) -> None:
        self.workspace = workspace
        self.asker = asker
        self.with_records = asker is None or asker.access.ability("migrate")
        self.name = name
        self.into = into
        self.drafts = Drafts(workspace)
        self.book = RulingBook(workspace.database, name)
        self.shelf = Shelf(workspace.database, workspace.store)

    def offered(self, digest: str = "") -> Blueprint:
        """The version to upgrade to: ours, or one that somebody has brought in a file.

        :raises NotFound: where there is none.
        """
        found = self.shelf.find(self.name, digest) if digest else stock_blueprint(self.name)
        if found is None:
            raise NotFound(_("There is no other version of %(name)s here; bring its file.", name=self.name[:80]))
        return found

    def look(self, blueprint: Blueprint, rulings: Iterable[Ruling] = ()) -> Look:
        """What the upgrade would be with all decisions that were kept, and some more.

        :raises NotFound: for a blueprint that is not installed, or a requirement that is nowhere.
        """
        present = self.drafts.present(self.into)
        require_installed(present, self.name)
        itself = f"blueprint/{self.name}"
        shipped = shipped_blueprint(self.workspace, self.name, present)
        more = [each for each in with_required([blueprint], present) if each.name != self.name]
        here = _with(present, more)
        new = put_in(here, blueprint)
        came = put_in(here, shipped) if shipped is not None else without(here, self.name)
        same = {itself: new[itself]}
        upgrading = Upgrading({**came, **same}, {**here, **same}, new, self.workspace.kinds)
        meant = [*self.book.read(), *rulings]
        made = upgrading.merged(meant)
        there = self._records(blueprint)
        merge = there.merged(meant) if there else RecordMerge()
        made = replace(made, issues=(*made.issues, *merge.issues))
        title = _("Upgrade %(name)s to %(version)s", name=pick(new[itself]["label"]), version=new[itself]["version"])
        draft = Draft(f"upgrade.{self.name}", title, made.documents, (*more, blueprint))
        begins = str(present[itself]["version"])
        return Look(blueprint, begins, shipped is not None, made, draft, there, merge.changes)

    def _records(self, blueprint: Blueprint) -> ReferenceRecords | None:
        if not self.with_records:
            return None
        return ReferenceRecords(self.workspace, self.records_base(), blueprint, self.asker)

    def records_base(self) -> Blueprint | None:
        """The version of which the reference records are here."""
        return RecordBase(self.workspace, self.name).found()

    def touches_records(self, blueprint: Blueprint) -> bool:
        """Whether the new version has records otherwise that are here."""
        return ReferenceRecords(self.workspace, self.records_base(), blueprint).differ

    def questions(self, look: Look) -> list[tuple[Issue, Question]]:
        """What is asked, in the reader's language."""
        model = self.workspace.serving().model
        calling = Calling(self.workspace.kinds, model, look.draft.documents, self.drafts.present(self.into))
        valuing = Valuing(calling)
        return [
            (each, look.records.words.question(each))
            if look.records and is_record(each.key)
            else (each, asked(calling, valuing, each.key, each.clash))
            for each in look.upgrade.issues
        ]

    def decided(self, look: Look, rest: Choice | None = None) -> Look:
        """The same with everything decided; rest: what holds where nobody has said anything, kept as a decision.

        :raises Undecided: naming what is open.
        """
        if not look.upgrade.open:
            return look
        if rest is None:
            raise Undecided(undecided(len(look.upgrade.open)), list(self._problems(look)))
        rulings = [Ruling(each.key, each.place, rest, about=each.about) for each in look.upgrade.open]
        self.book.add(rulings)
        return self.look(look.blueprint)

    def _problems(self, look: Look) -> Iterator[Problem]:
        for issue, question in self.questions(look):
            if issue.is_open:
                said = _("%(thing)s: mine %(mine)s, theirs %(theirs)s", thing=question.thing, mine=question.mine,
                         theirs=question.theirs)  # fmt: skip
                yield Problem(issue.place, "undecided", said, file=issue.key)


def lines_stay() -> tuple[str, ...]:
    """What is said where lines cannot be told apart, of which nobody noted the keys when they came."""
    return (_("The lines of records that are here stay as they are."),)


def undecided(count: int) -> str:
    """The refusal of an upgrade with so many open questions."""
    return ngettext(
        "One property was changed here and in the new version. Decide what is to stay.",
        "%(n)s properties were changed here and in the new version. Decide what is to stay.",
        count,
    )


def _with(present: Documents, blueprints: Iterable[Blueprint]) -> dict[str, Any]:
    """The design with blueprints that an upgrade requires besides."""
    documents: dict[str, Any] = dict(present)
    for each in blueprints:
        add_blueprint(documents, each)
        documents[f"blueprint/{each.name}"]["shipped"] = each.digest
    return documents


def is_newer(workspace: Workspace, name: str, blueprint: Blueprint) -> bool:
    """Whether a blueprint is another one than what is installed, and not of an earlier version."""
    itself = workspace.serving().design.documents.get(f"blueprint/{name}", {})
    if numbers(blueprint.manifest["version"]) < numbers(str(itself.get("version", ""))):
        return False
    if "shipped" in itself:
        return bool(itself["shipped"] != blueprint.digest)
    return without_engine_keys(itself).get("version") != blueprint.manifest["version"]
