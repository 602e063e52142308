"""The tables of one statement: the entity asked about and what is reached from it through lookups.

A lookup is a LEFT JOIN whose condition includes the reader's scope on the target, so that a path through a record
which the reader may not see is blank. Conditions of roles are compiled as the system: their joins carry no scope.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.access.rights import Access
from sartor.platform.access.scopes import Everything, place_of
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import to_sql, to_value
from sartor.platform.model import SEVERAL, Entity, Field, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.attributes import attribute_column, attribute_keys
from sartor.platform.query.members import TableMembers, members_of
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _

Path = tuple[str, ...]


class Source:
    """One entity in a statement, under an alias of its own, and the records reached from it."""

    def __init__(self, statement: Sources, entity: Entity, alias: sa.FromClause) -> None:
        self.statement = statement
        self.entity = entity
        self.table = alias
        self.joined: dict[tuple[str, bool], tuple[Source, sa.ColumnElement[bool]]] = {}

    @property
    def id(self) -> sa.ColumnElement[Any]:
        return self.table.c.id

    def stored(self, field: Field, suffix: str = "") -> sa.ColumnElement[Any]:
        return self.table.c[field.stored_as + suffix]

    def through(self, name: str, as_system: bool = False) -> Source:
        """The record behind a lookup, joined once however often it is used."""
        key = (name, as_system)
        if key not in self.joined:
            field = self.entity.fields[name]
            target = self.statement.tables.model.entities[field.type.targets(field)[0]]
            other = Source(self.statement, target, self.statement.alias(target))
            condition = self.stored(field) == other.id
            visible = None if as_system else self.statement.visible(other)
            self.joined[key] = (other, condition if visible is None else sa.and_(condition, visible))
        return self.joined[key][0]

    def through_reference(self, field: Field, target: str, as_system: bool = False) -> Source:
        """The record behind a reference, as far as it is one of this entity."""
        key = (f"{field.name}:{target}", as_system)
        if key not in self.joined:
            entity = self.statement.tables.model.entities[target]
            other = Source(self.statement, entity, self.statement.alias(entity))
            id_column, entity_column = (self.stored(field, each.suffix) for each in field.type.columns(field)[:2])
            visible = None if as_system else self.statement.visible(other)
            kept = field.type.stored_target(field, target)
            parts = [entity_column == kept, id_column == other.id] + ([] if visible is None else [visible])
            self.joined[key] = (other, sa.and_(*parts))
        return self.joined[key][0]

    def columns(self, as_system: bool = False) -> SourceColumns:
        return SourceColumns(self, as_system)


class Sources:
    """The aliases of one statement and how they hang together. access: the reader's; None reads as the system."""

    def __init__(self, tables: Tables, access: Access | None, name: str = "r") -> None:
        self.tables = tables
        self.access = access
        self.dialect = tables.dialect
        self._name = name
        self._count = 0

    def base(self, entity: Entity) -> Source:
        return Source(self, entity, self.alias(entity))

    def names_records(self, entity: Entity) -> bool:
        """Whether the reader may know what records of an entity are called: their title is a field like any other."""
        return self.access is None or self.access.path_is_readable(entity.name, (entity.title,))

    def alias(self, entity: Entity) -> sa.FromClause:
        self._count += 1
        return self.tables.of(entity).alias(f"{self._name}{self._count}")

    def visible(self, source: Source) -> sa.ColumnElement[bool] | None:
        """The reader's scope on the entity of a joined source; None where everything is visible."""
        if self.access is None:
            return None
        scope = self.access.scope(Operation.READ, source.entity.name)
        if isinstance(scope, Everything):
            return None
        simple = scope.predicate(source.columns(as_system=True))
        if not source.joined or simple is None:
            return simple
        # The scope itself needs joins, which an ON clause cannot make: ask in a sub-select.
        source.joined.clear()
        inner = Sources(self.tables, None, f"{self._name}{self._count}v").base(source.entity)
        condition = scope.predicate(inner.columns(as_system=True))
        chosen = sa.select(inner.id).select_from(from_clause(inner))
        return source.id.in_(chosen if condition is None else chosen.where(condition))


def from_clause(base: Source, start: sa.FromClause | None = None) -> sa.FromClause:
    """The base table and every join that was asked for, outermost first."""
    clause = base.table if start is None else start
    waiting = [base]
    while waiting:
        source = waiting.pop(0)
        for other, condition in source.joined.values():
            clause = clause.outerjoin(other.table, condition)
            waiting.append(other)
    return clause


class SourceColumns:
    """Columns by path, as seen from one source: what expressions and scopes are compiled against."""

    def __init__(self, source: Source, as_system: bool) -> None:
        self.source = source
        self.as_system = as_system
        self.dialect = source.statement.dialect

    # ---- for expressions

    def column(self, path: Path) -> sa.ColumnElement[Any]:
        source, field, rest = self.end(path)
        if rest:
            return self._attribute(source, field, rest[0])
        if is_stored(field):
            return source.stored(field, field.type.columns(field)[0].suffix)
        return self._computed(source, field)

    def folded(self, path: Path) -> sa.ColumnElement[Any] | None:
        source, field, rest = self.end(path)
        if rest or not is_stored(field):
            return None
        suffixes = [column.suffix for column in field.type.columns(field)]
        return source.stored(field, "__fold") if "__fold" in suffixes else None

    def members(self, path: Path) -> TableMembers:
        source, field, _rest = self.end(path)
        return members_of(source, field)

    def attribute_keys(self, path: Path) -> Any:
        _source, field, rest = self.end(path)
        return attribute_keys(field, rest[0]) if rest else None

    def _attribute(self, source: Source, field: Field, name: str) -> sa.ColumnElement[Any]:
        if is_stored(field) or field.formula is None:
            return attribute_column(source, field, name)
        suffix = field.type.attribute_suffix(field, name)
        if suffix is not None:
            return like_inputs(field.formula, source, suffix)
        return attribute_column(source, field, name, self._computed(source, field))

    def _computed(self, source: Source, field: Field) -> sa.ColumnElement[Any]:
        """A formula that is worked out when it is read."""
        assert field.formula is not None
        return to_value(field.formula, source.columns(self.as_system), None, self.dialect)

    def end(self, path: Path) -> tuple[Source, Field, Path]:
        """Follow the lookups of a path; the field at its end, and the attribute behind it if there is one.

        :raises Invalid: for a name that is no field.
        """
        source = self.source
        if path[0] == "parent" and source.entity.line_of:
            path = (source.entity.line_of.lookup, *path[1:])
        for number, name in enumerate(path):
            field = source.entity.fields.get(name)
            if field is None:
                said = _("%(entity)s has no field %(name)s.", entity=source.entity.name, name=name)
                raise Invalid(said, [Problem(".".join(path), "unknown", said)])
            last = number == len(path) - 1
            if last or len(field.type.targets(field)) != 1:
                return source, field, path[number + 1 :]
            source = source.through(name, self.as_system)
        raise AssertionError("a path has at least one step")

    # ---- for scopes

    @property
    def owner(self) -> sa.ColumnElement[Any]:
        return self.source.table.c[place_of(self.source.entity).owner]

    @property
    def department(self) -> sa.ColumnElement[Any] | None:
        name = place_of(self.source.entity).department
        return self.source.table.c[name] if name else None

    def expression(self, formula: Formula) -> sa.ColumnElement[bool]:
        return to_sql(formula, self.source.columns(as_system=True), None, self.dialect)

    def parent(self, lookup: str) -> SourceColumns:
        return self.source.through(lookup, as_system=True).columns(as_system=True)


def like_inputs(formula: Formula, source: Source, suffix: str) -> sa.ColumnElement[Any]:
    """The companion column of the first field of the same record that the formula reads and that has such a one."""
    for path in sorted(formula.paths):
        read = source.entity.fields.get(path[0])
        if len(path) == 1 and read and is_stored(read) and suffix in [each.suffix for each in read.type.columns(read)]:
            found = source.stored(read, suffix)
            return sa.case((found != SEVERAL, found))  # what is made from no amount is blank, whatever that came to
    return sa.null()


def is_stored(field: Field) -> bool:
    """Whether a field has columns of its own (a formula through lookups has none)."""
    return getattr(field.details, "stored", True) and bool(field.type.columns(field))
