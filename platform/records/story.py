"""What happened to a record: its history, its stays in stages, what people said, and its timeline of all of these.

History is filtered by today's rights: a field that is hidden now is hidden in what was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.expressions import check
from sartor.platform.fields.datetime import Instant
from sartor.platform.model import Feed, Field, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import Question, Term
from sartor.platform.query.reader import Reader
from sartor.platform.records.former import Renames, in_keys_of_now, names_by_column, renames_of_keys
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.comments import sys_comment
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import gettext as _

PAGE = 50
Mark = tuple[str, str]
LONGEST_COMMENT = 10_000


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline. kind: `comment`, `change`, `create`, `delete`, `restore` or the name of a feed.

    body: what is shown, by kind: changes by field, the comment's text, the record of a feed.
    """

    kind: str
    id: str
    at: str
    actor: int | None
    body: Mapping[str, Any]

    @property
    def mark(self) -> Mark:
        """Its place in a timeline, after which the next page begins."""
        return self.at, self.id


class Story:
    """Reads and tells one model's stories."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self.database = database
        self.reader = reader
        self.model = reader.tables.model

    def require_seen(self, context: Context, entity: str, record: int) -> None:
        """:raises NotFound: for a record that the actor may not see."""
        self.reader.record(context, entity, record, (("id",),), deleted=None)

    # ---- history

    def history(self, context: Context, entity: str, record: int, before: int | None = None) -> list[Happening]:
        """Entries of the history, the latest first."""
        self.require_seen(context, entity, record)
        here = sa.and_(sys_history.c.entity == self._table(entity), sys_history.c.record == record)
        chosen = sa.select(sys_history).where(here).order_by(sys_history.c.id.desc()).limit(PAGE)
        if before is not None:
            chosen = chosen.where(sys_history.c.id < before)
        return self._entries(context, entity, chosen)

    def _entries(self, context: Context, entity: str, chosen: sa.Select[Any]) -> list[Happening]:
        readable = {field.name for field in context.access.readable(entity)}
        found = self.model.entity(entity)
        with self.database.read() as connection:
            rows = connection.execute(chosen).all()
            said = {key for row in rows for key in row.changes}
            names = names_by_column(connection, found, said)
            renames = renames_of_keys(connection, found) if rows else {}
        known = {key: name for key, name in names.items() if name in readable}
        return [self._entry(row, known, renames) for row in rows]

    def _table(self, entity: str) -> str:
        """What is told about records is kept under the physical name, which outlives every rename."""
        return self.model.entity(entity).table

    @staticmethod
    def _entry(row: Any, names: Mapping[str, str], renames: Renames) -> Happening:
        changes = {
            names[key]: in_keys_of_now(pair, row.id, renames[key]) if key in renames else pair
            for key, pair in row.changes.items()
            if key in names
        }
        body = {"changes": changes, "version": row.version, "cause": row.cause}
        kind = "change" if row.action == "update" else row.action
        return Happening(kind, encode_id(row.id), _iso(row.at), row.actor, body)

    def stays(self, context: Context, entity: str, record: int) -> list[dict[str, Any]]:
        """Stays in stages, the first one first; of stage fields that the actor may read."""
        self.require_seen(context, entity, record)
        readable = {field.stored_as: field.name for field in context.access.readable(entity)}
        here = sa.and_(sys_stay.c.entity == self._table(entity), sys_stay.c.record == record)
        with self.database.read() as connection:
            rows = connection.execute(sa.select(sys_stay).where(here).order_by(sys_stay.c.id)).all()
        return [
            {
                "field": readable[row.field],
                "pipeline": row.pipeline,
                "from": row.source,
                "stage": row.stage,
                "at": _iso(row.at),
                "left_at": None if row.left_at is None else _iso(row.left_at),
                "seconds": row.dwell,
                "skipped": row.skipped,
                "by": row.by,
                "note": row.note,
            }
            for row in rows
            if row.field in readable
        ]

    # ---- comments

    def comment(self, context: Context, entity: str, record: int, text: str) -> str:
        """Say something about a record that one can read; the id of the comment.

        :raises Invalid: for no text, or a longer one than is kept.
        """
        self.require_seen(context, entity, record)
        _refuse_read_only(context)
        text = (text or "").strip() if isinstance(text, str) else ""
        if not 0 < len(text) <= LONGEST_COMMENT:
            said = _("A comment has 1 to %(most)s characters.", most=LONGEST_COMMENT)
            raise Invalid(said, [Problem("body", "length", said)])
        number = self.database.new_id()

        def write(work: Any) -> None:
            row = {
                "id": number,
                "entity": self._table(entity),
                "record": record,
                "body": text,
                "mentions": [],
                "by": context.actor.id,
                "at": work.now,
            }
            work.connection.execute(sa.insert(sys_comment).values(row))

        self.database.run(write)
        return encode_id(number)

    def remove_comment(self, context: Context, entity: str, record: int, comment: int) -> None:
        """Take back what one has said oneself.

        :raises NotFound: for none. :raises Forbidden: for that of another one.
        """
        self.require_seen(context, entity, record)
        _refuse_read_only(context)

        def write(work: Any) -> None:
            mine = sa.and_(
                sys_comment.c.id == comment,
                sys_comment.c.entity == self._table(entity),
                sys_comment.c.record == record,
            )
            found = work.connection.execute(
                sa.select(sys_comment.c.by).where(mine, sys_comment.c.deleted_at.is_(None))
            ).first()
            if found is None:
                raise NotFound(_("There is no such comment."))
            if found.by != context.actor.id and not context.access.ability("administer"):
                raise Forbidden(_("Only its author may remove a comment."))
            work.connection.execute(sa.update(sys_comment).where(mine).values(deleted_at=work.now))

        self.database.run(write)

    def comments(self, context: Context, entity: str, record: int) -> list[Happening]:
        """What was said about a record, the latest first."""
        self.require_seen(context, entity, record)
        return self._comments(entity, record)

    def _comments(self, entity: str, record: int, until: datetime | None = None) -> list[Happening]:
        here = sa.and_(
            sys_comment.c.entity == self._table(entity),
            sys_comment.c.record == record,
            sys_comment.c.deleted_at.is_(None),
        )
        chosen = sa.select(sys_comment).where(here).order_by(sys_comment.c.id.desc()).limit(PAGE)
        if until is not None:
            chosen = chosen.where(sys_comment.c.at <= until)
        with self.database.read() as connection:
            rows = connection.execute(chosen).all()
        return [Happening("comment", encode_id(row.id), _iso(row.at), row.by, {"text": row.body}) for row in rows]

    # ---- timeline

    def timeline(self, context: Context, entity: str, record: int, before: Mark | None = None) -> list[Happening]:
        """Comments, changes and the records of every feed in one order, the latest first; `PAGE` at a time."""
        self.require_seen(context, entity, record)
        until = None if before is None else datetime.fromisoformat(before[0])
        found = [*self._changes(context, entity, record, until), *self._comments(entity, record, until)]
        for name, feed in self._feeds(entity):
            if context.access.may(Operation.READ, name) and self._is_open(context, name, feed):
                found += self._from_feed(context, name, feed, record, before)
        older = (each for each in found if before is None or each.mark < before)
        return sorted(older, key=lambda each: each.mark, reverse=True)[:PAGE]

    def _changes(self, context: Context, entity: str, record: int, until: datetime | None) -> list[Happening]:
        here = sa.and_(sys_history.c.entity == self._table(entity), sys_history.c.record == record)
        chosen = sa.select(sys_history).where(here).order_by(sys_history.c.id.desc()).limit(PAGE)
        return self._entries(context, entity, chosen if until is None else chosen.where(sys_history.c.at <= until))

    def _feeds(self, entity: str) -> list[tuple[str, Feed]]:
        return [
            (each.name, feed) for each in self.model.entities.values() for feed in each.feeds if feed.entity == entity
        ]

    @staticmethod
    def _is_open(context: Context, name: str, feed: Feed) -> bool:
        needed = [feed.lookup, feed.at, *([feed.text] if feed.text else [])]
        return all(context.access.path_is_readable(name, (each,)) for each in needed)

    def _from_feed(self, context: Context, name: str, feed: Feed, record: int, before: Mark | None) -> list[Happening]:
        entity = self.model.entity(name)
        wanted = dict.fromkeys([entity.title, feed.at, "created_by", "owner", *([feed.text] if feed.text else [])])
        known = [each for each in wanted if each in entity.fields]
        paths = tuple((each,) for each in known if context.access.path_is_readable(name, (each,)))
        item = entity.fields[feed.lookup]
        many = item.type.members(item) is not None
        conditions = [f"{encode_id(record)!r} in {feed.lookup}"] if many else []
        if before is not None:
            at = entity.fields[feed.at]
            conditions.append(f"{feed.at} <= {at.type.literal(at, _for(before[0], at))}")
        question = Question(
            name,
            paths,
            where=tuple(check(each, ModelScope(self.model), name) for each in conditions),
            equal=() if many else (feed.lookup,),
            given={} if many else {feed.lookup: record},
            sort=(Term(feed.at, descending=True),),
            limit=PAGE,
        )
        rows = self.reader.page(context, question).rows
        return [self._happening(name, feed, row) for row in rows if row[feed.at]]

    def _happening(self, name: str, feed: Feed, row: dict[str, Any]) -> Happening:
        """What the reader may not know of the record is blank. What the system brought in is its owner's."""
        title = row.get(self.model.entity(name).title)
        body = {"entity": name, "id": row["id"], "title": title, "text": row.get(feed.text or "")}
        by = row.get("created_by") or row.get("owner")
        at = row[feed.at] if len(row[feed.at]) > 10 else f"{row[feed.at]}T00:00:00.000000Z"
        return Happening(feed.name, row["id"], at, decode_id(by["id"]) if by else None, body)


def _refuse_read_only(context: Context) -> None:
    if context.actor.read_only:
        raise Forbidden(_("This token may only read."))


def _for(moment: str, at: Field) -> str:
    """A moment as the kind of time that a feed's field holds."""
    return moment if isinstance(at.type, Instant) else moment[:10]


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
