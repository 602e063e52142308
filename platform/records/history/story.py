"""What happened to a record: its history, its stays in stages, what people said, and its timeline of all of these.

History is filtered by today's rights: a field that is hidden now is hidden in what was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.fields.datetime import Instant
from sartor.platform.model import Entity, Feed, Field, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import Question, Term
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.comments import Comments
from sartor.platform.records.history.former import Gone, Renames, in_keys_of_now, names_by_column, noted_keys
from sartor.platform.records.history.happening import PAGE, Happening, Mark, iso, require_seen
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import Label


class Story:
    """Reads and tells one model's stories."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self.database = database
        self.reader = reader
        self.model = reader.tables.model
        self.comments = Comments(database, reader)

    # ---- history

    def history(self, context: Context, entity: str, record: int, before: int | None = None) -> list[Happening]:
        """Entries of the history, the latest first."""
        require_seen(self.reader, context, entity, record)
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
            renames, gone = noted_keys(connection, found) if rows else ({}, {})
        known = {key: name for key, name in names.items() if name in readable}
        labels = {names[key]: each for key, each in gone.items() if key in known}
        return [_with_labels(self._entry(row, known, renames), labels, found) for row in rows]

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
        return Happening(kind, encode_id(row.id), iso(row.at), row.actor, body)

    def stays(self, context: Context, entity: str, record: int) -> list[dict[str, Any]]:
        """Stays in stages, the first one first; of stage fields that the actor may read."""
        require_seen(self.reader, context, entity, record)
        readable = {field.stored_as: field.name for field in context.access.readable(entity)}
        here = sa.and_(sys_stay.c.entity == self._table(entity), sys_stay.c.record == record)
        with self.database.read() as connection:
            rows = connection.execute(sa.select(sys_stay).where(here).order_by(sys_stay.c.id)).all()
            gone = noted_keys(connection, self.model.entity(entity))[1] if self._has_gone_stages(rows) else {}
        return [
            {
                "field": readable[row.field],
                "pipeline": row.pipeline,
                "from": row.source,
                "stage": row.stage,
                "label": gone.get(row.field, {}).get(row.stage),
                "at": iso(row.at),
                "left_at": None if row.left_at is None else iso(row.left_at),
                "seconds": row.dwell,
                "skipped": row.skipped,
                "by": row.by,
                "note": row.note,
            }
            for row in rows
            if row.field in readable
        ]

    def _has_gone_stages(self, rows: Sequence[Any]) -> bool:
        pipelines = self.model.pipelines
        return any(each.pipeline in pipelines and each.stage not in pipelines[each.pipeline].stages for each in rows)

    # ---- timeline

    def timeline(self, context: Context, entity: str, record: int, before: Mark | None = None) -> list[Happening]:
        """Comments, changes and the records of every feed in one order, the latest first; `PAGE` at a time."""
        require_seen(self.reader, context, entity, record)
        until = None if before is None else datetime.fromisoformat(before[0])
        found = [*self._changes(context, entity, record, until), *self.comments.latest(entity, record, until)]
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


def _with_labels(entry: Happening, labels: Gone, entity: Entity) -> Happening:
    """The entry, with what the choices were called in it that are taken out since."""
    told: dict[str, Mapping[str, Label]] = {}
    for name, pair in entry.body["changes"].items():
        known = labels.get(name, {})
        said = [each for each in _keys_in(pair) if each in known and _is_gone(entity, name, each)]
        told |= {name: {key: known[key] for key in said}} if said else {}
    return replace(entry, body={**entry.body, "labels": told}) if told else entry


def _keys_in(pair: Sequence[Any]) -> Iterator[str]:
    """What may be keys in a value before and after."""
    for side in pair:
        yield from (each for each in (side if isinstance(side, list) else [side]) if isinstance(each, str))


def _is_gone(entity: Entity, name: str, key: str) -> bool:
    """Whether no choice of a field has this key; one may have come back."""
    choices = getattr(entity.fields[name].details, "choices", entity.fields[name].details)
    return key not in getattr(choices, "labels", ())


def _for(moment: str, at: Field) -> str:
    """A moment as the kind of time that a feed's field holds."""
    return moment if isinstance(at.type, Instant) else moment[:10]
