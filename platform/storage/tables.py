"""The tables of a model, as SQLAlchemy sees them: one for each entity, one at the side for each field of many values.

Nothing here touches a database. Foreign keys are known by name only (`Tables.references`), so that the table of an
entity depends on nothing but its own columns and is reused from one revision to the next while those stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa

from sartor.platform.fields.base import Column, ColumnKind, Members
from sartor.platform.model import Entity, Field, Model, UniqueKey
from sartor.platform.storage.columns import Convert, sa_type, storer
from sartor.platform.storage.naming import generated

SYSTEM_COLUMNS: Mapping[str, ColumnKind] = {
    "id": ColumnKind.ID,
    "version": ColumnKind.INTEGER,
    "created_at": ColumnKind.INSTANT,
    "created_by": ColumnKind.ID,
    "updated_at": ColumnKind.INSTANT,
    "updated_by": ColumnKind.ID,
    "deleted_at": ColumnKind.INSTANT,
}
OWNED_COLUMNS: Mapping[str, ColumnKind] = {"owner": ColumnKind.ID, "department": ColumnKind.ID}
_NEVER_NULL = {"version"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: `column` of `table` holds ids of `target`, both tables by their physical names."""

    table: str
    column: str
    target: str


Shape = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EntityTables:
    """What one entity is kept in. `members` by the physical name (`stored_as`) of its field."""

    shape: Shape
    table: sa.Table
    members: Mapping[str, sa.Table]


class Tables:
    """The tables of one model on one engine. only_read: they are not all there, so nothing can be put into them."""

    only_read: ClassVar[bool] = False

    def __init__(self, model: Model, dialect: str, previous: Tables | None = None) -> None:
        self.model = model
        self.dialect = dialect
        self._storing: dict[Field, tuple[tuple[str, Convert | None], ...]] = {}
        known = previous._entities if previous and previous.dialect == dialect else {}
        self._entities: dict[str, EntityTables] = {
            entity.name: self._made(entity, known.get(entity.name)) for entity in model.entities.values()
        }

    def of(self, entity: Entity | str) -> sa.Table:
        """The table of an entity."""
        return self._of(entity).table

    def all(self) -> list[EntityTables]:
        """What every entity is kept in, in the order of the model."""
        return list(self._entities.values())

    def has(self, entity: Entity) -> bool:
        """Whether the database has the table of an entity, and the table that it is searched by."""
        return True

    def column(self, field: Field, suffix: str = "") -> sa.Column:
        """One column of a field: the value's own, or the one with this suffix."""
        return self._of(field.entity).table.c[field.stored_as + suffix]

    def storing(self, field: Field) -> tuple[tuple[str, Convert | None], ...]:
        """Each column of a field, shadows included, with what makes a driver value of its Python value."""
        if field not in self._storing:
            specs = [(field.stored_as + each.suffix, each.kind, each.scale) for each in field.type.columns(field)]
            if field.name in SYSTEM_COLUMNS:
                specs = [(field.stored_as, SYSTEM_COLUMNS[field.name], 0)]
            self._storing[field] = tuple((name, storer(kind, scale, self.dialect)) for name, kind, scale in specs)
        return self._storing[field]

    def columns(self, field: Field) -> list[sa.Column]:
        """All columns of a field, in the order of its type."""
        return [self.column(field, column.suffix) for column in field.type.columns(field)]

    def members(self, field: Field) -> sa.Table:
        """The side table of a field: columns `record`, `value`, `position`, and `folded` where the type says so.

        :raises KeyError: for a field that has none.
        """
        return self._of(field.entity).members[field.stored_as]

    def all_members(self, entity: Entity | str) -> Mapping[str, sa.Table]:
        return self._of(entity).members

    def references(self, entity: Entity) -> list[Reference]:
        """The foreign keys of an entity's table and of its side tables."""
        return [each for field in entity.fields.values() for each in self.references_of(entity, field)]

    def references_of(self, entity: Entity, field: Field) -> list[Reference]:
        """The foreign keys that one field of an entity brings."""
        found = [
            Reference(entity.table, field.stored_as + column.suffix, self._name(column.target))
            for column in designed_columns(entity, field)
            if column.target and column.target in self.model.entities
        ]
        return found + self._member_references(entity, field)

    def _member_references(self, entity: Entity, field: Field) -> list[Reference]:
        members = field.type.members(field)
        if members is None:
            return []
        side = self.members(field).name
        found = [Reference(side, "record", entity.table)]
        if members.target and members.target in self.model.entities:
            found.append(Reference(side, "value", self._name(members.target)))
        return found

    def _name(self, entity: str) -> str:
        return self.model.entities[entity].table

    def _of(self, entity: Entity | str) -> EntityTables:
        return self._entities[entity if isinstance(entity, str) else entity.name]

    def _made(self, entity: Entity, known: EntityTables | None) -> EntityTables:
        shape = _shape(entity)
        if known and known.shape == shape:
            return known
        return EntityTables(shape, entity_table(entity, self.dialect), self._sides(entity))

    def _sides(self, entity: Entity) -> Mapping[str, sa.Table]:
        return {
            field.stored_as: member_table(entity.table, field.stored_as, members, self.dialect)
            for field in entity.fields.values()
            if (members := field.type.members(field))
        }


def _shape(entity: Entity) -> Shape:
    """Everything that the tables of an entity are made from. A digest of its document would not do: a formula's
    column follows the types of other entities."""
    fields = [
        (field.stored_as, designed_columns(entity, field), field.type.members(field))
        for field in entity.fields.values()
    ]
    return (entity.table, entity.owned, tuple(fields), tuple(key.name for key in conditional_keys(entity)))


def conditional_keys(entity: Entity) -> list[UniqueKey]:
    """Unique keys that count only some records; a stored boolean says which."""
    return [key for key in entity.keys if key.condition]


def key_column(key: UniqueKey) -> str:
    """The boolean that the writer keeps: whether the condition of the key holds."""
    return f"{key.name}__holds"


def designed_columns(entity: Entity, field: Field) -> tuple[Column, ...]:
    """The columns that a field adds to its entity's table: none for the system's own fields, and none for a formula
    that is worked out when it is read."""
    if field.stored_as in system_columns(entity) or not getattr(field.details, "stored", True):
        return ()
    return tuple(field.type.columns(field))


def system_columns(entity: Entity) -> Mapping[str, ColumnKind]:
    """Columns that every table has, and those of an entity with owners."""
    return {**SYSTEM_COLUMNS, **OWNED_COLUMNS} if entity.owned else SYSTEM_COLUMNS


def entity_table(entity: Entity, dialect: str) -> sa.Table:
    """A table of its own, in no MetaData that anyone else sees."""
    columns = [
        sa.Column(name, sa_type(kind, 0, dialect), primary_key=name == "id", autoincrement=False,
                  nullable=name not in _NEVER_NULL and name != "id")
        for name, kind in system_columns(entity).items()
    ]  # fmt: skip
    for field in entity.fields.values():
        columns += [designed_column(field, column, dialect) for column in designed_columns(entity, field)]
    truth = sa_type(ColumnKind.BOOLEAN, 0, dialect)
    columns += [sa.Column(key_column(key), truth) for key in conditional_keys(entity)]
    return sa.Table(entity.table, sa.MetaData(), *columns)


def designed_column(field: Field, column: Column, dialect: str) -> sa.Column:
    return sa.Column(field.stored_as + column.suffix, sa_type(column.kind, column.scale, dialect))


def member_table_name(table: str, stored_as: str) -> str:
    return generated(table, stored_as)


def member_table(table: str, stored_as: str, members: Members, dialect: str) -> sa.Table:
    """One row for each value of a record, no value twice; where there is `folded`, that is the form that counts."""
    number, kind = sa_type(ColumnKind.ID, 0, dialect), sa_type(members.kind, 0, dialect)
    unique = "folded" if members.folded else "value"
    columns = [
        sa.Column("record", number, primary_key=True, autoincrement=False),
        sa.Column("value", kind, primary_key=unique == "value", autoincrement=False, nullable=False),
        sa.Column("position", sa_type(ColumnKind.INTEGER, 0, dialect), nullable=False),
    ]
    if members.folded:
        columns.append(sa.Column("folded", kind, primary_key=True, autoincrement=False))
    return sa.Table(member_table_name(table, stored_as), sa.MetaData(), *columns, sqlite_with_rowid=False)
