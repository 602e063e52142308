"""What a designer has not heard of yet: what others said and decided about his change sets, or said to him by name in
theirs, what became of them, and whose approval waits for him. What he is asked stays until he has answered; the rest
until he has read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.preferences import Preferences
from sartor.platform.publishing.change_sets.remarks import Kind
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.changes import sys_change, sys_change_set, sys_remark
from sartor.platform.storage.system.documents import sys_revision

PUBLISHED = "published"
HEARD = (Kind.COMMENT, Kind.APPROVED, Kind.REFUSED, Kind.MISSED)
ANSWERS = (Kind.APPROVED, Kind.REFUSED)
READ = "design_read"
MOST = 50


@dataclass(frozen=True, slots=True)
class News:
    """kind: of the remark, or `published`. set: the change set, None once it is published as a revision."""

    kind: str
    set: str | None
    title: str | None
    revision: int | None
    by: int | None
    at: datetime
    body: str


class Newsroom:
    """Tells people what is new for them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.preferences = Preferences(database)

    def of(self, person: int, name: str) -> list[News]:
        """The latest first, `MOST` of them. name: what the person is called, and named by in comments, `@Ann`."""
        since = _moment(self.preferences.of(person))
        with self.database.read() as connection:
            return [News(*row) for row in connection.execute(_news(person, name, since))]

    def read(self, person: int, until: datetime) -> None:
        """The person has read what there was until then, and what was read before."""
        self.preferences.put(person, {READ: max(until, _moment(self.preferences.of(person))).isoformat()})


def _moment(chosen: Mapping[str, Any]) -> datetime:
    said = chosen.get(READ)
    return datetime.fromisoformat(said) if isinstance(said, str) else datetime(2000, 1, 1, tzinfo=UTC)


def _news(person: int, name: str, since: datetime) -> sa.Select[Any]:
    found = sa.union_all(_heard(person, name, since), _asked(person), _published(person, since)).subquery()
    return sa.select(found).order_by(found.c.at.desc(), found.c.kind, found.c.set, found.c.revision).limit(MOST)


def _remarks() -> sa.Select[Any]:
    said, head = sys_remark.c, sys_change_set.c
    return sa.select(
        said.kind, said.set, head.title, said.revision, said.by, said.at, said.body
    ).join_from(sys_remark, sys_change_set, said.set == head.name)  # fmt: skip


def _heard(person: int, name: str, since: datetime) -> sa.Select[Any]:
    said = sys_remark.c
    mine = sa.union(
        sa.select(sys_change.c.set).where(sys_change.c.by == person),
        sa.select(sys_change_set.c.name).where(sys_change_set.c.by == person),
    )
    by_others = sa.or_(said.by.is_(None), said.by != person, said.kind == str(Kind.MISSED))
    named = sa.and_(said.kind == str(Kind.COMMENT), said.body.contains(f"@{name}", autoescape=True))
    meant = sa.or_(said.set.in_(mine), named)
    return _remarks().where(meant, said.kind.in_(map(str, HEARD)), by_others, said.at > since)


def _asked(person: int) -> sa.Select[Any]:
    said, later = sys_remark.c, sys_remark.alias("later").c
    answered = sa.or_(
        sa.and_(later.by == person, later.kind.in_(map(str, ANSWERS))),
        later.kind.in_((str(Kind.WITHDRAWN), str(Kind.ASKED))),
    )
    done = sa.select(later.id).where(later.set == said.set, later.id > said.id, answered).exists()
    meant = sa.or_(said.of == person, sa.and_(said.of.is_(None), said.by != person))
    return _remarks().where(said.kind == str(Kind.ASKED), meant, ~done)


def _published(person: int, since: datetime) -> sa.Select[Any]:
    """Revisions that came of what one had something to say about; one's own only where a time was set for them."""
    said, made = sys_remark.c, sys_revision.c
    mine = sa.select(said.id).where(said.revision == made.number, said.by == person)
    timed = mine.where(said.kind == str(Kind.TIMED)).exists()
    nothing: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.Text())
    return sa.select(
        sa.literal(PUBLISHED).label("kind"), nothing.label("set"), nothing.label("title"),
        made.number.label("revision"), made.by, made.at, made.note.label("body"),
    ).where(made.at > since, mine.exists(), sa.or_(made.by.is_(None), made.by != person, timed))  # fmt: skip
