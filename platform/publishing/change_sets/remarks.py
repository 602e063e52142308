"""What people say about a change set, and what they decide about it, in the order in which they did.

It stays with the change set until that is published, and with the revision from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.publishing.change_sets import edits
from sartor.platform.publishing.models import ModelCache
from sartor.platform.storage.system.changes import sys_remark
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

LONGEST = 4000


class Kind(StrEnum):
    """COMMENT is said; the others are done: approval asked, the question withdrawn, approved, refused; a time set,
    taken back, and a time at which nothing was published."""

    COMMENT = "comment"
    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    REFUSED = "refused"
    TIMED = "timed"
    UNTIMED = "untimed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class About:
    """What a remark is about. document: a definition; place: where in it; said: the change there, in words."""

    document: str | None = None
    place: str | None = None
    said: str = ""


WHOLE = About()


@dataclass(frozen=True, slots=True)
class Remark:
    """One of them. of: who was asked. content: of the change set that was approved."""

    id: int
    kind: Kind
    about: About
    body: str
    by: int | None
    at: datetime
    of: int | None = None
    content: str | None = None


def of_set(connection: sa.Connection, name: str) -> list[Remark]:
    """Everything about a change set, the oldest first."""
    return _read(connection, sys_remark.c.set == name)


def of_revision(connection: sa.Connection, number: int) -> list[Remark]:
    """What was said and decided before a revision was published."""
    return _read(connection, sys_remark.c.revision == number)


def _read(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> list[Remark]:
    rows = connection.execute(sa.select(sys_remark).where(chosen).order_by(sys_remark.c.id))
    return [
        Remark(
            row.id, Kind(row.kind), About(row.document, row.place, row.about), row.body, row.by, row.at,
            row.of, row.content,
        )
        for row in rows
    ]  # fmt: skip


def write(work: Work, name: str, remark: Remark) -> None:
    """Keep a remark about a change set."""
    row: dict[str, Any] = {
        "id": remark.id, "set": name, "revision": None, "kind": str(remark.kind),
        "document": remark.about.document, "place": remark.about.place, "about": remark.about.said,
        "body": remark.body, "of": remark.of, "content": remark.content, "by": remark.by, "at": remark.at,
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_remark).values(row))


def hand_over(work: Work, name: str, revision: int) -> None:
    """What was about a change set is about the revision that came of it."""
    mine = sa.update(sys_remark).where(sys_remark.c.set == name)
    work.connection.execute(mine.values({"set": None, "revision": revision}))


class Remarks:
    """Comments of people. Whoever asks has the right to design; that is judged before."""

    def __init__(self, models: ModelCache) -> None:
        self.models = models
        self.database = models.database

    def of_set(self, name: str) -> list[Remark]:
        with self.database.read() as connection:
            return of_set(connection, name)

    def of_revision(self, number: int) -> list[Remark]:
        with self.database.read() as connection:
            return of_revision(connection, number)

    def comment(self, name: str, body: str, by: int, about: About = WHOLE) -> int:
        """Say something about a change set or about one of its items; the number of the comment.

        :raises Invalid: for nothing, and for too much.
        """
        text = fitting(body)
        base = self.models.stamp().revision
        number = self.database.new_id()

        def say(work: Work) -> None:
            edits.opened(work, name, base, by)
            write(work, name, Remark(number, Kind.COMMENT, about, text, by, work.now))

        self.database.run(say)
        return number

    def take_back(self, name: str, number: int, by: int) -> None:
        """Remove one's own comment.

        :raises NotFound: where there is none. :raises Forbidden: for another's.
        """

        def remove(work: Work) -> None:
            here = sa.and_(sys_remark.c.id == number, sys_remark.c.set == name, sys_remark.c.kind == Kind.COMMENT)
            found = work.connection.execute(sa.select(sys_remark.c.by).where(here)).one_or_none()
            if found is None:
                raise NotFound(_("There is no such comment here."))
            if found[0] != by:
                raise Forbidden(_("Only whoever said it can take it back."))
            work.connection.execute(sa.delete(sys_remark).where(here))

        self.database.run(remove)


def fitting(body: str, *, needed: bool = True) -> str:
    """A text as it is kept.

    :raises Invalid: for nothing, where something is needed, and for too much.
    """
    text = body.strip().replace("\x00", "").replace("\r\n", "\n")
    if needed and not text:
        raise Invalid(_("Write something first."), [Problem("body", "required", _("Write something first."))])
    if len(text) > LONGEST:
        said = _("%(n)s characters are too many; at most %(most)s.", n=len(text), most=LONGEST)
        raise Invalid(said, [Problem("body", "max", said)])
    return text


def latest(found: Sequence[Remark], *kinds: Kind) -> Remark | None:
    """The last one of some kinds."""
    return next((each for each in reversed(found) if each.kind in kinds), None)
