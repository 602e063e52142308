"""Deleting for good the records that have lain in the recycle bin: the only place that removes rows of records.

Their history stays: it is append-only, and says that they were there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.retired.purge import foreign_keys
from sartor.platform.storage.search import SearchTable
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.comments import sys_comment
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.work import Work

BATCH = 500


class RecordPurge:
    """Removes deleted records, some hundreds in a transaction."""

    def __init__(self, models: ModelCache) -> None:
        self.database = models.database
        self.design: Design = models.current()

    def run(self, before: datetime, entities: Sequence[str] | None = None) -> int:
        """Remove what went into the recycle bin before a moment, of all entities or of some; how many records."""
        gone = 0
        for entity in self.design.model.entities.values():
            if entities is None or entity.name in entities:
                while count := self._some(entity, before):
                    gone += count
        return gone

    def _some(self, entity: Entity, before: datetime) -> int:
        return self.database.run(lambda work: self._batch(work, entity, before))

    def _batch(self, work: Work, entity: Entity, before: datetime) -> int:
        table = self.design.tables.of(entity)
        moment = sa.bindparam("before", before, type_=sys_comment.c.at.type)
        deleted = sa.type_coerce(table.c.deleted_at, moment.type) < moment
        ids = list(work.connection.execute(sa.select(table.c.id).where(deleted).limit(BATCH)).scalars())
        if ids:
            self._remove(work, entity, ids)
        return len(ids)

    def _remove(self, work: Work, entity: Entity, ids: Sequence[int]) -> None:
        """The records with their lines, their many values, their comments and stays, and every pointer to them."""
        for line, lookup in self._lines(entity):
            found = sa.select(self.design.tables.of(line).c.id).where(self.design.tables.column(lookup).in_(ids))
            if lines := list(work.connection.execute(found).scalars()):
                self._remove(work, line, lines)
        self._let_go(work, entity, ids)
        for side in self.design.tables.all_members(entity).values():
            work.connection.execute(sa.delete(side).where(side.c.record.in_(ids)))
        for told in (sys_comment, sys_stay):
            work.connection.execute(sa.delete(told).where(told.c.entity == entity.table, told.c.record.in_(ids)))
        self._forget_in_search(work, entity, ids)
        table = self.design.tables.of(entity)
        work.connection.execute(sa.delete(table).where(table.c.id.in_(ids)))

    def _lines(self, entity: Entity) -> Iterator[tuple[Entity, Field]]:
        for other in self.design.model.entities.values():
            if other.line_of and other.line_of.parent == entity.name:
                yield other, other.fields[other.line_of.lookup]

    def _let_go(self, work: Work, entity: Entity, ids: Sequence[int]) -> None:
        """Blank every column that points to the records, retired ones included, or their foreign keys would object."""
        for name, column in self._pointing:
            if name[1] != entity.table:
                continue
            table = sa.table(name[0], sa.column(column))
            if column == "value":
                work.connection.execute(sa.delete(table).where(table.c.value.in_(ids)))
            elif column != "record":
                work.connection.execute(sa.update(table).where(table.c[column].in_(ids)).values({column: None}))
        for field in self.design.model.lookups_to(entity.name):
            self._let_go_of_pair(work, field, entity, ids)

    def _let_go_of_pair(self, work: Work, field: Field, entity: Entity, ids: Sequence[int]) -> None:
        """A reference is a pair of id and entity, which no foreign key watches."""
        specs = field.type.columns(field)
        if len(specs) > 1 and specs[0].target is None:
            table = self.design.tables.of(field.entity)
            number, name = (table.c[field.stored_as + spec.suffix] for spec in specs[:2])
            chosen = sa.update(table).where(number.in_(ids), name == field.type.stored_target(field, entity.name))
            work.connection.execute(chosen.values({number: None, name: None}))

    @cached_property
    def _pointing(self) -> list[tuple[tuple[str, str], str]]:
        """((table, target), column) of every foreign key."""
        with self.database.read() as connection:
            return [
                ((table, key["referred_table"]), key["constrained_columns"][0])
                for table, key in foreign_keys(connection)
            ]

    def _forget_in_search(self, work: Work, entity: Entity, ids: Sequence[int]) -> None:
        search = SearchTable(entity.table, self.design.tables.dialect)
        if sa.inspect(work.connection).has_table(search.name):
            remove = Statement.compile(search.remove(), self.design.tables.dialect)
            for number in ids:
                work.fetch(remove, {"record": number})
