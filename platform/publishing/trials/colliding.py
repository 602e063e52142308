"""Unique keys that the records would not keep: judged by the values that a publish would leave, before it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import sqlalchemy as sa

from sartor.platform.definitions.compile.cycles import steps_of
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import Problem
from sartor.platform.expressions import Env, to_sql
from sartor.platform.expressions.sql.fitting import Fixed
from sartor.platform.model import Entity
from sartor.platform.model.formula import Formula
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import PlanStep
from sartor.platform.publishing.steps.computed import Node, closure, made_from
from sartor.platform.publishing.steps.indexes import BIG, fields_said
from sartor.platform.publishing.steps.indexing import Wanted, wanted_indexes
from sartor.platform.publishing.trials.looking_ahead import Ahead, looked_ahead
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.values.converted_rows import converted_rows
from sartor.platform.query.sources import Sources, from_clause
from sartor.platform.storage.steps import CreateIndex
from sartor.platform.storage.tables import conditional_keys, key_column
from sartor.platform.text import ngettext, pick

MOST = 1000
"""Groups of records that agree which are counted."""
Key = tuple[Entity, CreateIndex]


def in_the_way(
    facing: Facing, wanted: Mapping[str, Wanted], steps: Iterable[PlanStep], env: Env
) -> Iterator[Problem]:  # fmt: skip
    """Unique keys that are new, and those whose values or conditions will be others.

    wanted: by entity, the indexes that are to be others. steps: of the plan, for the values that they convert. env: by
    which values are worked out.
    """
    found = list(_concerned(facing, wanted))
    if found:
        judge = Judge(facing, found, steps, env)
        counted = ((*key, judge.duplicates(*key)) for key in found)
        yield from (_obstacle(entity, index, count) for entity, index, count in counted if count)


def _concerned(facing: Facing, wanted: Mapping[str, Wanted]) -> Iterator[Key]:
    model, tables = facing.after.model, facing.after.tables
    for name in sorted(wanted.keys() | {entity for entity, _field in facing.touched}):
        entity = model.entities[name]
        for index in (wanted.get(name) or wanted_indexes(entity, model, tables)).indexes:
            there = facing.there(index.table)
            is_new = index.name not in there.indexes
            if index.unique and there.columns and (is_new or _made_from(facing, (entity, index)) & facing.touched):
                yield entity, index


class Judge:
    """Counts what collides: in the tables as they are, or, where it matters, in those of the draft."""

    def __init__(self, facing: Facing, keys: Iterable[Key], steps: Iterable[PlanStep], env: Env) -> None:
        self.facing = facing
        self._env = env
        self._needed = closure({node for key in keys for node in _made_from(facing, key)}, made_from(facing))
        self._conversions = {
            (step.job.new.entity, step.job.new.name): step.job
            for step in steps
            if isinstance(step.job, Conversion) and step.rows <= BIG
        }

    def duplicates(self, entity: Entity, index: CreateIndex) -> int:
        """How many groups of live records will agree in the columns of a unique index."""
        needed = _made_from(self.facing, (entity, index))
        if index.where is None and not needed & self.facing.touched:
            return self._as_they_are(index)
        if closure(needed, made_from(self.facing)) & self._ahead.left:
            return 0 if index.where else self._as_they_are(index)  # what the publish alone knows is left to it
        return self._as_they_will_be(entity, index)

    @cached_property
    def _ahead(self) -> Ahead:
        tables, connection = self.facing.after.tables, self.facing.connection
        given = {
            node: converted_rows(connection, each, tables)
            for node, each in self._conversions.items()
            if node in self._needed and each.since is None and not each.new.type.members(each.new)
        }
        return looked_ahead(self.facing, self._env, given)

    def _as_they_are(self, index: CreateIndex) -> int:
        names = [column.name for column in index.columns]
        if not set(names) <= self.facing.there(index.table).columns:
            return 0
        table = sa.table(index.table, sa.column("deleted_at"), *map(sa.column, names))
        return self._count(table, table, names, ())

    def _as_they_will_be(self, entity: Entity, index: CreateIndex) -> int:
        base, condition = Sources(self._ahead.tables, None, "u").base(entity), _condition(entity, index)
        names = [column.name for column in index.columns]
        if not set(names) <= {column.name for column in base.table.c}:
            return 0
        dialect = self._ahead.tables.dialect
        binds = Fixed(self._env, dialect)
        where = [to_sql(condition, base.columns(as_system=True), binds, dialect)] if condition else []
        return self._count(from_clause(base), base.table, names, where)

    def _count(
        self, rows: sa.FromClause, table: sa.FromClause, names: list[str], where: Iterable[sa.ColumnElement[bool]]
    ) -> int:  # fmt: skip
        columns = [table.c[name] for name in names]
        alive = [table.c.deleted_at.is_(None), *(column.is_not(None) for column in columns), *where]
        groups = sa.select(sa.literal(1)).select_from(rows).where(*alive).group_by(*columns)
        counted = sa.select(sa.func.count()).select_from(groups.having(sa.func.count() > 1).limit(MOST).subquery())
        return int(self.facing.connection.execute(counted).scalar_one())


def _condition(entity: Entity, index: CreateIndex) -> Formula | None:
    return next((key.condition for key in conditional_keys(entity) if key_column(key) == index.where), None)


def _made_from(facing: Facing, key: Key) -> frozenset[Node]:
    """Fields (entity, name) whose values decide a unique key."""
    entity, index = key
    columns = {column.name.partition("__")[0] for column in index.columns}
    found = {(entity.name, field.name) for field in entity.fields.values() if field.stored_as in columns}
    scope, condition = ModelScope(facing.after.model), _condition(entity, index)
    for path in condition.paths if condition else ():
        found |= set(steps_of(scope, entity.name, path))
    return frozenset(found)


def _obstacle(entity: Entity, index: CreateIndex, count: int) -> Problem:
    """Why a unique key cannot be published yet."""
    text = ngettext(
        "%(label)s: %(n)s value of %(fields)s occurs more than once; make it unique first",
        "%(label)s: %(n)s values of %(fields)s occur more than once; make them unique first",
        count,
        label=pick(entity.label),
        fields=fields_said(entity, index),
    )
    return Problem(_place(entity, index), "duplicates", text, file=f"entity/{entity.name}")


def _place(entity: Entity, index: CreateIndex) -> str:
    """Where a unique key was asked for: at its field, or among the keys."""
    columns = {column.name.partition("__")[0] for column in index.columns}
    names = [field.name for field in entity.fields.values() if field.stored_as in columns]
    alone = len(names) == 1 and names[0] in {key.name for key in entity.keys if key.fields == (names[0],)}
    return f"/fields/{names[0]}/unique" if alone else "/keys"
