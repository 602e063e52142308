"""What all writes of one model share: tables, plans, compiled statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import Env
from sartor.platform.model import Entity, Field
from sartor.platform.records.change import Change
from sartor.platform.records.plan import EntityPlan, feeds, rollup_of
from sartor.platform.records.rollups import Counting
from sartor.platform.records.state import Loading
from sartor.platform.storage.engine import Database
from sartor.platform.storage.search import SearchTable
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.tables import Tables
from sartor.platform.work import Work


class Tools:
    """Made once for each model; compiles as it goes and keeps what it compiled."""

    def __init__(self, database: Database, tables: Tables) -> None:
        self.database = database
        self.tables = tables
        self.model = tables.model
        self.loadings: dict[str, Loading] = {}
        self._countings: dict[tuple[Field, ...], Counting] = {}
        self._search: dict[str, SearchTable] = {}
        self._statements: dict[tuple[str, str], Statement] = {}

    @cached_property
    def plans(self) -> Mapping[str, EntityPlan]:
        fed = feeds(self.model)
        return {name: EntityPlan(entity, self.model, fed.get(name, ())) for name, entity in self.model.entities.items()}

    def count(
        self, entity: str, ids: Sequence[int], stale: Mapping[tuple[str, int], set[str]], work: Work, env: Env
    ) -> dict[int, dict[str, Any]]:
        """New values of the stale roll-ups of some records of one entity."""
        names = set().union(*(stale[entity, number] for number in ids))
        found: dict[int, dict[str, Any]] = {number: {} for number in ids}
        for items in self._together(entity, names):
            if items not in self._countings:
                self._countings[items] = Counting(self.tables, items)
            for number, values in self._countings[items].values(work, ids, env).items():
                found[number] |= values
        return found

    def _together(self, entity: str, names: set[str]) -> Iterable[tuple[Field, ...]]:
        """Roll-ups over the same records, which one statement can count."""
        groups: dict[tuple[str, str], list[Field]] = {}
        for name in sorted(names):
            item = self.model.entities[entity].fields[name]
            rollup = rollup_of(item)
            groups.setdefault((rollup.counts, rollup.by), []).append(item)
        return [tuple(items) for items in groups.values()]

    def line_ids(self, entity: str, lookup: str, parent: int, work: Work) -> list[int]:
        """Ids of the live lines of a record, in the order in which they were made."""
        table = self.tables.of(entity)
        pointer = self.tables.column(self.model.entities[entity].fields[lookup])
        chosen = sa.select(table.c.id).where(pointer == parent, table.c.deleted_at.is_(None)).order_by(table.c.id)
        return [row[0] for row in work.connection.execute(chosen)]

    def search_table(self, entity: Entity) -> SearchTable:
        if entity.name not in self._search:
            self._search[entity.name] = SearchTable(entity.table, self.tables.dialect)
        return self._search[entity.name]

    def search_statement(self, entity: Entity, what: str) -> Statement:
        """what: `put`, `move` or `remove` an entry."""
        key = (entity.name, what)
        if key not in self._statements:
            made = getattr(self.search_table(entity), what)()
            self._statements[key] = Statement.compile(made, self.tables.dialect)
        return self._statements[key]

    def place_of(self, change: Change, changes: Iterable[Change]) -> str:
        """How a message calls a record that is not the one that was sent: `lines.0` for a line, else its entity."""
        line_of = change.entity.line_of
        if line_of is None:
            return f"{change.entity.name}" if change.follows else ""
        siblings = [
            each
            for each in changes
            if each.entity is change.entity and each.after.get(line_of.lookup) == change.after.get(line_of.lookup)
        ]
        return f"{line_of.field}.{siblings.index(change)}"
