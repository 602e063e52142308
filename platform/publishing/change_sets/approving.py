"""A second person's approval: who asked whom, what exactly was approved, and whether it still holds.

It is needed where somebody asked for it, or where the workspace asks for it of every change set. What was approved is
the content of the change set: any later edit makes it another one, which nobody has approved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.access.directory import read_directory
from sartor.platform.errors import Conflict, Forbidden, Outdated
from sartor.platform.publishing.change_sets import edits, remarks
from sartor.platform.publishing.change_sets.changes import ChangeSets
from sartor.platform.publishing.change_sets.edits import ChangeSet
from sartor.platform.publishing.change_sets.remarks import WHOLE, Kind, Remark, fitting, latest
from sartor.platform.publishing.kept_settings import APPROVAL, kept
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

Names = Callable[[int | None], str]


class Unapproved(Conflict):
    """A second person has to approve it first."""

    code = "unapproved"


@dataclass(frozen=True, slots=True)
class Approval:
    """Where a change set stands. rule: the workspace asks for it of every change set. asked: by whom, and of whom.

    given: approvals of exactly this content. voided: the last one of another content. refused: by somebody who has not
    approved since. What was said before it was asked for (again) answers nothing.
    """

    content: str
    rule: bool
    asked: Remark | None
    given: tuple[Remark, ...]
    voided: Remark | None
    refused: Remark | None

    @property
    def is_needed(self) -> bool:
        return self.rule or self.asked is not None

    @property
    def may_be_asked(self) -> bool:
        """Whether nobody is waited for: it was not asked for yet, or the answer is no, or one to something else."""
        return self.asked is None or self.refused is not None or (self.voided is not None and not self.given)

    def holds_for(self, publisher: int | None) -> bool:
        """Whether this person may publish it: nobody's own approval counts for himself."""
        return not self.is_needed or bool(self._counting(publisher))

    def _counting(self, publisher: int | None) -> list[Remark]:
        asked = self.asked.of if self.asked else None
        return [each for each in self.given if each.by != publisher and asked in (None, each.by)]

    def why_not(self, publisher: int | None, names: Names) -> str:
        """Why this person may not publish it; empty where he may."""
        if self.holds_for(publisher):
            return ""
        if self.refused:
            said = _("%(name)s has refused it: %(why)s", name=names(self.refused.by), why=self.refused.body)
            return said if self.refused.body else _("%(name)s has refused it.", name=names(self.refused.by))
        if self.given and all(each.by == publisher for each in self.given):
            return _("You have approved it yourself; a second person has to.")
        if self.voided and not self.given:
            name = names(self.voided.by)
            return _("%(name)s approved it before it was edited again; what it says now has to be approved.", name=name)
        if self.asked and self.asked.of is not None:
            return _("%(name)s was asked to approve it and has not done so yet.", name=names(self.asked.of))
        if self.asked:
            return _("Approval was asked for and nobody has given it yet.")
        return _("This workspace publishes nothing that a second person has not approved; ask for approval first.")


def approval_of(connection: sa.Connection, found: ChangeSet) -> Approval:
    """Where a change set stands, by what was said and done about it."""
    said = remarks.of_set(connection, found.name)
    asked = latest(said, Kind.ASKED, Kind.WITHDRAWN)
    since = asked.id if asked and asked.kind is Kind.ASKED else 0
    last = {each.by: each for each in said if each.kind in (Kind.APPROVED, Kind.REFUSED)}
    approved = [each for each in last.values() if each.kind is Kind.APPROVED]
    return Approval(
        content=found.content,
        rule=bool(kept(connection, APPROVAL, False)),
        asked=asked if asked and asked.kind is Kind.ASKED else None,
        given=tuple(each for each in approved if each.content == found.content),
        voided=next((each for each in reversed(approved) if each.content != found.content and each.id > since), None),
        refused=latest([each for each in last.values() if each.id > since], Kind.REFUSED),
    )


def require(connection: sa.Connection, found: ChangeSet, publisher: int | None, tables: Tables) -> None:
    """:raises Unapproved: saying who has to approve it, or why an approval holds no more"""
    approval = approval_of(connection, found)
    if not approval.holds_for(publisher):
        raise Unapproved(approval.why_not(publisher, names_in(connection, tables)))


def names_in(connection: sa.Connection, tables: Tables) -> Names:
    """What people are called, where the workspace knows people."""
    known = read_directory(connection, tables) if "user" in tables.model.entities else None

    def name(person: int | None) -> str:
        found = known.name_of(person) if known and person is not None else None
        return found or _("somebody")

    return name


class Approvals:
    """Asks for approval, gives and refuses it. That whoever does it may design is judged before."""

    def __init__(self, sets: ChangeSets) -> None:
        self.sets = sets
        self.database = sets.database

    def get(self, name: str) -> Approval:
        found = self.sets.get(name)
        with self.database.read() as connection:
            return approval_of(connection, found)

    def ask(self, name: str, by: int, of: int | None = None, note: str = "") -> None:
        """From now on a second person has to approve what is published; of: a certain one.

        :raises Forbidden: for asking oneself.
        """
        if of == by:
            raise Forbidden(_("Nobody approves his own changes; ask somebody else."))
        base = self.sets.models.stamp().revision
        text = fitting(note, needed=False)

        def asked(work: Work) -> None:
            edits.opened(work, name, base, by)
            number = self.database.new_id()
            remarks.write(work, name, Remark(number, Kind.ASKED, WHOLE, text, by, work.now, of))

        self.database.run(asked)

    def withdraw(self, name: str, by: int) -> None:
        """Take back the question that one has asked oneself.

        :raises Conflict: where nobody has asked. :raises Forbidden: for another's.
        """
        asked = self.get(name).asked
        if asked is None:
            raise Conflict(_("Nobody has asked for approval here."))
        if asked.by != by:
            raise Forbidden(_("Only whoever asked for approval can do without it."))
        self._note(name, Kind.WITHDRAWN, by, "", None)

    def approve(self, name: str, by: int, seen: str, note: str = "") -> None:
        """Approve what was looked at. seen: its `content`.

        :raises Outdated: where it was edited meanwhile. :raises Forbidden: for one's own changes.
        """
        found = self.sets.catch_up(name)
        if found.content != seen:
            raise Outdated(_("It was edited while you looked at it; look again before you approve it."))
        if not found.edits:
            raise Conflict(_("There is nothing here to approve."))
        authors = {each.by for each in found.edits.values()}
        if authors == {by}:
            raise Forbidden(_("These are your own changes; a second person has to approve them."))
        self._note(name, Kind.APPROVED, by, note, seen)

    def refuse(self, name: str, by: int, note: str) -> None:
        """Say that it should not be published so; what one has approved holds no more."""
        self._note(name, Kind.REFUSED, by, fitting(note), None)

    def _note(self, name: str, kind: Kind, by: int, note: str, content: str | None) -> None:
        text = fitting(note, needed=False)
        number = self.database.new_id()
        self.database.run(
            lambda work: remarks.write(work, name, Remark(number, kind, WHOLE, text, by, work.now, None, content))
        )
