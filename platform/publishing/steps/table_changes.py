"""What it takes to give the database the tables and columns that a draft wants: only what is not there yet."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.errors import Problem
from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.storage.steps import AddColumns, AddReferences, CreateTable, Step
from sartor.platform.storage.tables import Reference, conditional_keys, designed_columns, key_column, system_columns
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

MOST_COLUMNS = {"sqlite": 1990, "postgresql": 1590}
"""PostgreSQL takes 1,600 columns and goes on counting dropped ones; SQLite takes 2,000."""


def table_ddl(facing: Facing, entity: Entity) -> list[Step]:
    """The entity's own table, where it is not there yet, and system columns that it did not need before."""
    table = facing.after.tables.of(entity)
    if entity.table not in facing.facts:
        references = [each for each in facing.after.tables.references(entity) if each.table == entity.table]
        own = references if facing.after.tables.dialect == "sqlite" else []
        later = [] if own or not references else [AddReferences(entity.table, tuple(references))]
        return [CreateTable(table, tuple(own)), *later]
    there = facing.facts[entity.table].columns
    missing = [table.c[name] for name in system_columns(entity) if name not in there]
    return [AddColumns(entity.table, tuple(missing))] if missing else []


def rule_columns(facing: Facing, entity: Entity) -> list[Step]:
    table, there = facing.after.tables.of(entity), facing.there(entity.table).columns
    if not there:
        return []
    missing = [table.c[key_column(key)] for key in conditional_keys(entity) if key_column(key) not in there]
    return [AddColumns(entity.table, tuple(missing))] if missing else []


def column_ddl(facing: Facing, entity: Entity, fields: list[Field]) -> tuple[Step, ...]:
    """Columns and side tables of fields that the database does not have yet."""
    tables, there = facing.after.tables, facing.facts.get(entity.table)
    steps: list[Step] = []
    found = [each for field in fields for each in tables.references_of(entity, field)]
    references = {each.column: each for each in found if each.table == entity.table}
    names = [field.stored_as + each.suffix for field in fields for each in designed_columns(entity, field)]
    missing = [name for name in names if there is not None and name not in there.columns]
    if missing:
        pointing = tuple(references[name] for name in missing if name in references)
        inline = tables.dialect == "sqlite"
        columns = tuple(tables.of(entity).c[name] for name in missing)
        steps.append(AddColumns(entity.table, columns, pointing if inline else ()))
        if pointing and not inline:
            steps.append(AddReferences(entity.table, pointing))
    for field in fields:
        if field.type.members(field):
            steps += _side_ddl(facing, entity, field)
    return tuple(steps)


def _side_ddl(facing: Facing, entity: Entity, field: Field) -> list[Step]:
    side = facing.after.tables.members(field)
    if side.name in facing.facts:
        return []
    found = facing.after.tables.references_of(entity, field)
    references: list[Reference] = [each for each in found if each.table == side.name]
    if facing.after.tables.dialect == "sqlite":
        return [CreateTable(side, tuple(references))]
    return [CreateTable(side), AddReferences(side.name, tuple(references))]


def too_wide(facing: Facing, entity: Entity) -> Iterator[Problem]:
    """Why a table cannot take all these fields: both engines have a limit, which columns kept aside count against."""
    most = MOST_COLUMNS[facing.after.tables.dialect]
    wanted = {column.name for column in facing.after.tables.of(entity).columns}
    count = len(wanted | facing.there(entity.table).columns)
    if count > most:
        said = _(
            "%(label)s would need %(count)s columns and at most %(most)s fit; take fields out and purge what was "
            "retired, or move some fields to an entity of their own",
            label=pick(entity.label),
            count=count,
            most=most,
        )
        yield Problem("/fields", "too_wide", said, file=f"entity/{entity.name}")
