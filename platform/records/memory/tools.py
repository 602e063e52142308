"""What all writes of one model share: tables, plans, compiled statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import Env, to_sql
from sartor.platform.model import Entity, Field, UniqueKey
from sartor.platform.query.sources import Sources, from_clause
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.plan import EntityPlan, plans_of, rollup_of
from sartor.platform.records.memory.state import Loadings
from sartor.platform.records.rollups.counting import Counting
from sartor.platform.records.saving.stored import Stored, stored_in
from sartor.platform.storage.adding import Adding
from sartor.platform.storage.engine import Database
from sartor.platform.storage.search import SearchTable
from sartor.platform.storage.statement import Statement, alteration, in_list
from sartor.platform.storage.tables import Tables
from sartor.platform.storage.together import MARK
from sartor.platform.work import Work


class Tools:
    """Made once for each model; compiles as it goes and keeps what it compiled."""

    def __init__(self, database: Database, tables: Tables) -> None:
        self.database = database
        self.tables = tables
        self.model = tables.model
        self.loadings = Loadings(tables)
        self._countings: dict[tuple[Field, ...], Counting] = {}
        self._search: dict[str, SearchTable] = {}
        self._blank: dict[str, dict[str, Any]] = {}
        self._stored: dict[str, dict[str, Stored]] = {}
        self._statements: dict[tuple[Any, ...], Statement] = {}
        self._addings: dict[tuple[Any, ...], Adding] = {}

    @cached_property
    def plans(self) -> Mapping[str, EntityPlan]:
        return plans_of(self.model)

    def count(
        self,
        entity: str,
        ids: Sequence[int],
        stale: Mapping[tuple[str, int], set[str]],
        work: Work,
        env: Env,
        *,
        lenient: bool = False,
    ) -> dict[int, dict[str, Any]]:
        """New values of the stale roll-ups of some records of one entity. lenient: totals that do not fit are blank."""
        names = set().union(*(stale[entity, number] for number in ids))
        found: dict[int, dict[str, Any]] = {number: {} for number in ids}
        for items in self._together(entity, names):
            if items not in self._countings:
                self._countings[items] = Counting(self.tables, items)
            for number, values in self._countings[items].values(work, ids, env, lenient=lenient).items():
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

    def line_versions(self, entity: str, numbers: Iterable[int], work: Work) -> dict[int, int]:
        """Versions of those lines that are not deleted, which nobody changes until the end of the transaction."""
        table = self.tables.of(entity)
        chosen = sa.select(table.c.id, table.c.version).where(
            table.c.id.in_(list(numbers)), table.c.deleted_at.is_(None)
        )
        return {row[0]: row[1] for row in work.connection.execute(chosen.order_by(table.c.id).with_for_update())}

    def live_count(self, entity: str) -> Statement:
        """How many of the records of parameter `ids` are not deleted."""

        def build() -> sa.Select[Any]:
            table = self.tables.of(entity)
            chosen = sa.select(sa.func.count()).select_from(table)
            return chosen.where(in_list(table.c.id, "ids", self.tables.dialect), table.c.deleted_at.is_(None))

        return self._compiled(("live", entity), build)

    def search_table(self, entity: Entity) -> SearchTable:
        if entity.name not in self._search:
            self._search[entity.name] = SearchTable(entity.table, self.tables.dialect)
        return self._search[entity.name]

    def search_adding(self, entity: Entity) -> Adding:
        """Entries of the entity's search table, new or in place of those that are there."""
        table = self.search_table(entity)
        return self._adding(("search", entity.name), lambda: Adding.of(table.put(), table.put_all, table.dialect))

    def search_statement(self, entity: Entity, what: str) -> Statement:
        """what: `put`, `move` or `remove` an entry."""
        return self._compiled(("search", entity.name, what), lambda: getattr(self.search_table(entity), what)())

    # ---- statements that put records into tables

    def adding(self, entity: str) -> Adding:
        """New rows, every column of them; `blank_row` has them all."""
        return self._adding(("insert", entity), lambda: Adding.to(self.tables.of(entity), self.tables.dialect))

    def alteration(self, entity: str, names: tuple[str, ...], *, marked: bool = False) -> Statement:
        """Other values in some columns of the row `row`. marked: only while its mark is parameter `mark`."""
        key = ("update", entity, names, marked)
        if key not in self._statements:
            changed = alteration(self.tables.of(entity), names)
            if marked:
                changed = changed.where(sa.bindparam("mark", type_=sa.Text()) == MARK)
            self._statements[key] = Statement.compile(changed, self.tables.dialect, changes_one=marked)
        return self._statements[key]

    def members_adding(self, item: Field) -> Adding:
        return self._adding(("members", item), lambda: Adding.to(self.tables.members(item), self.tables.dialect))

    def members_removal(self, item: Field) -> Statement:
        """All values of a record in a side table."""
        side = self.tables.members(item)
        mine = side.c.record == sa.bindparam("record", type_=side.c.record.type)
        return self._compiled(("no members", item), lambda: sa.delete(side).where(mine))

    def stored(self, entity: str) -> Mapping[str, Stored]:
        """By name the fields of an entity that have columns."""
        if entity not in self._stored:
            self._stored[entity] = {item.name: stored_in(self.tables, item) for item in self.plans[entity].stored}
        return self._stored[entity]

    def blank_row(self, entity: str) -> dict[str, Any]:
        if entity not in self._blank:
            self._blank[entity] = {str(each.name): None for each in self.tables.of(entity).c}
        return self._blank[entity]

    def key_statement(self, entity: Entity, key: UniqueKey) -> Statement:
        """Whether a live record other than `record` has the values `k0`, `k1` … in a key."""

        def build() -> sa.Select[Any]:
            base = Sources(self.tables, None, "u").base(entity)
            conditions = [base.id != sa.bindparam("record", type_=base.id.type), base.table.c.deleted_at.is_(None)]
            for number, name in enumerate(key.fields):
                column = base.table.c[compared_column(entity.fields[name])]
                conditions.append(column == sa.bindparam(f"k{number}", type_=column.type))
            if key.condition:
                conditions.append(to_sql(key.condition, base.columns(as_system=True), None, self.tables.dialect))
            return sa.select(sa.literal(1)).select_from(from_clause(base)).where(*conditions).limit(1)

        return self._compiled(("key", entity.name, key.name), build)

    def _adding(self, key: tuple[Any, ...], make: Callable[[], Adding]) -> Adding:
        if key not in self._addings:
            self._addings[key] = make()
        return self._addings[key]

    def _compiled(self, key: tuple[Any, ...], build: Callable[[], Any]) -> Statement:
        if key not in self._statements:
            self._statements[key] = Statement.compile(build(), self.tables.dialect)
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


def compared_column(item: Field) -> str:
    """The column that decides whether two values are the same: the folded one, where there is one."""
    suffixes = [each.suffix for each in item.type.columns(item)]
    return item.stored_as + ("__fold" if "__fold" in suffixes else "")
