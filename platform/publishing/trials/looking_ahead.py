"""A design that is not published, looked at with the values that publishing would store.

Formulas and roll-ups whose values are new or others are worked out when they are read, each on those that it is made
from, in the form in which they will be stored; keys that have other names are translated. Nothing is written, so what
is seen is what will be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import Env
from sartor.platform.expressions.sql.fitting import Fixed
from sartor.platform.model import Entity, Field, Model
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.steps.computed import Node, closure, made_from
from sartor.platform.publishing.steps.rekeyed import back_keys, sets_of
from sartor.platform.publishing.steps.taken import heirs
from sartor.platform.publishing.values.converted_rows import RECORD
from sartor.platform.query.sources import Source, Sources, from_clause
from sartor.platform.records.memory.plan import rollup_of
from sartor.platform.records.rollups.counted import counted
from sartor.platform.records.rollups.fitted import Element, has_columns_in_sql, worked_out
from sartor.platform.storage.ahead import Fill, TablesAhead
from sartor.platform.storage.tables import member_table_name, system_columns

Rows = tuple[Mapping[str, Element], sa.FromClause]
Given = Mapping[Node, sa.FromClause]
NONE: Given = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Ahead(Design):
    """left: fields (entity, name) whose values only publishing can tell, since it works them out or converts them; they
    are blank."""

    left: frozenset[Node] = frozenset()


def looked_ahead(facing: Facing, env: Env, given: Given = NONE) -> Ahead:
    """The draft on the tables that are there. facing: with what a publish would work out again, as `env` has it. given:
    rows of values that are converted already (`converted_rows`), by field."""
    model = _reading(facing)
    values = _Values(facing, model, env, given)
    return Ahead(facing.after.documents, model, values.all(), values.left | values.converted)


def _reading(facing: Facing) -> Model:
    """The model in which reached formulas that no column can be made of are worked out as such when they are read."""
    model = facing.after.model
    touched = {entity for entity, _name in facing.reached}
    entities = {
        name: replace(entity, fields=dict(_fields(facing, entity))) if name in touched else entity
        for name, entity in model.entities.items()
    }
    return replace(model, entities=entities)


def _fields(facing: Facing, entity: Entity) -> Iterator[tuple[str, Field]]:
    for name, field in entity.fields.items():
        is_reached = (entity.name, name) in facing.reached and field.formula is not None
        is_apart = is_reached and not has_columns_in_sql(field)
        yield name, replace(field, details=replace(field.details, stored=False)) if is_apart else field


DEEPEST = 2
"""Roll-ups of roll-ups are counted; what stands on these is left to the publish."""
MOST = 200
"""Values of one table that are worked out, those counted again that each is made from. Each takes up to two thousand
characters of every statement that reads the table, and a list may read one table for several of its columns."""


class _Values:
    """What stands in columns that a publish would fill."""

    def __init__(self, facing: Facing, model: Model, env: Env, given: Given) -> None:
        self.facing = facing
        self.given = given
        self.model = model
        self.binds = Fixed(env, facing.before.tables.dialect)
        self._plain = TablesAhead(model, facing.before.tables)
        self._made_from = made_from(facing)
        self._tables: dict[tuple[Node, ...], TablesAhead] = {}
        self._nested: dict[Node, int] = {}
        self._depths: dict[Node, int] = {}
        self._sizes: dict[Node, int] = {}

    @cached_property
    def nodes(self) -> frozenset[Node]:
        """Fields (entity, name) whose columns are worked out."""
        reached = {node for node in self.facing.reached if has_columns_in_sql(self._field(node))}
        return frozenset((reached | self.facing.rekeyed | self.given.keys()) - self.left)

    @cached_property
    def left(self) -> frozenset[Node]:
        """Those that are left to the publish: what it alone can work out, and what would make statements too long."""
        return self._impossible | frozenset(self._beyond())

    @cached_property
    def _impossible(self) -> frozenset[Node]:
        """SQLite takes no statement that is nested so deep, no database compares telephone numbers by their digits by
        itself, and what is converted is not there yet."""
        return frozenset(
            node
            for node in self.facing.reached
            if self._counts(node) > DEEPEST or closure([node], self._made_from) & self.converted
        )

    def _beyond(self) -> set[Node]:
        """The last fields of tables of which too many are new, and what is made from them."""
        found: set[Node] = set()
        room: Counter[str] = Counter()
        for node in sorted(self.facing.reached - self._impossible, key=self._turn):
            size = self._size(node)
            if self._below(node) & found or room[node[0]] + size > MOST:
                found.add(node)
            else:
                room[node[0]] += size
        return found

    def _turn(self, node: Node) -> tuple[int, Any]:
        """What a value is made from comes before it; else fields come in their order."""
        return len(closure([node], self._made_from)), (self._field(node).order, node)

    def _below(self, node: Node) -> set[Node]:
        """What a value is made from and has to be worked out, too."""
        return (closure([node], self._made_from) & self.facing.reached) - {node}

    def _size(self, node: Node) -> int:
        """How many values a statement works out for this one. What is counted or joined has its own inside it; those of
        the same record stand beside it already."""
        if node not in self._sizes:
            is_counted = rollup_of(self._field(node)) is not None
            inside = (each for each in self._below(node) if is_counted or each[0] != node[0])
            self._sizes[node] = 1 + sum(map(self._size, inside))
        return self._sizes[node]

    @cached_property
    def converted(self) -> frozenset[Node]:
        """Fields of another type than before: the publish writes their values into columns that do not exist yet."""
        return frozenset(
            (entity.name, name)
            for entity in self.model.entities.values()
            if self.facing.is_touched(entity)
            for name, field in entity.fields.items()
            if not {(entity.name, name)} & (self.facing.reached | self.given.keys()) and self._is_converted(field)
        )

    def _is_converted(self, field: Field) -> bool:
        former = self.facing.former_field(field)
        return former is not None and former.stored_as != field.stored_as and field.formula is None

    def _counts(self, node: Node) -> int:
        """How many reached roll-ups stand one on the other up to here."""
        if node not in self._nested:
            field = self._field(node)
            own = int(node in self.facing.reached and rollup_of(field) is not None)
            if node in self.facing.reached and field.type.expression_type(field, self.model).folds:
                own = DEEPEST + 1
            below = (each for each in self._made_from.get(node, ()) if each in self.facing.reached and each != node)
            self._nested[node] = own + max(map(self._counts, below), default=0)
        return self._nested[node]

    @cached_property
    def _needed(self) -> Mapping[Node, frozenset[Node]]:
        """For each of them those that it is made from."""
        return {node: frozenset(self._made_from.get(node, ())) & self.nodes - {node} for node in self.nodes}

    def all(self) -> TablesAhead:
        """The tables with every value in them."""
        return self._plain.filled(self._fills(self.nodes)) if self.nodes else self._plain

    def _behind(self, nodes: Iterable[Node]) -> TablesAhead:
        """The tables with what some values are made from, and little else: a statement says all of it."""
        key = tuple(nodes)
        if key not in self._tables:
            read = closure(key, self._made_from)
            fills = self._fills((read - {*key}) & self.nodes)
            self._tables[key] = self._plain.filled(fills, self._only(read))
        return self._tables[key]

    def _only(self, read: Iterable[Node]) -> Mapping[str, frozenset[str]]:
        """By table the columns of some fields, and those that every statement may ask for."""
        found: dict[str, set[str]] = {}
        for entity_name, name in read:
            entity = self.model.entities.get(entity_name)
            if entity is None:
                continue
            also = (entity.currency_field or "", entity.line_of.lookup if entity.line_of else "")
            kept = found.setdefault(entity.table, set(system_columns(entity)))
            for field in (entity.fields[each] for each in (name, *also) if each in entity.fields):
                kept |= {field.stored_as + each.suffix for each in field.type.columns(field)}
        return {table: frozenset(kept) for table, kept in found.items()}

    def _fills(self, nodes: Iterable[Node]) -> Mapping[str, list[Fill]]:
        fills: dict[str, list[Fill]] = {}
        for table, group in self._layers(nodes):
            fills.setdefault(table, []).append(self._fill(group))
        return fills

    def _layers(self, nodes: Iterable[Node]) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """By table the values that can be worked out together, after those that they are made from."""
        groups: dict[tuple[int, str], list[Node]] = {}
        for node in sorted(nodes):
            groups.setdefault((self._depth(node), self._held(self._field(node))[0]), []).append(node)
        for (_depth, table), group in sorted(groups.items()):
            yield table, tuple(group)

    def _depth(self, node: Node) -> int:
        if node not in self._depths:
            self._depths[node] = 1 + max((self._depth(each) for each in self._needed[node]), default=0)
        return self._depths[node]

    def _fill(self, group: tuple[Node, ...]) -> Fill:
        """The columns of fields of one table, none of which is made from another."""

        def fill(rows: sa.FromClause) -> Rows:
            formulas = [node for node in group if rollup_of(self._field(node)) is None]
            sources = Sources(self._behind(formulas), None)
            source = Source(sources, self.model.entities[group[0][0]], rows)
            start, found = source.table, dict[str, Element]()
            for node in group:
                if node in self.given:
                    made = self.given[node]
                    start = start.outerjoin(made, made.c[RECORD] == source.table.c.id)
                    found |= {column.name: column for column in made.c if column.name != RECORD}
                else:
                    found |= self._columns(source, self._field(node))
            return found, from_clause(source, start)

        return fill

    def _columns(self, source: Source, field: Field) -> Mapping[str, Element]:
        node = (field.entity, field.name)
        if rollup_of(field) is not None:
            return counted(self._behind([node]), field, source.table, self.binds)
        if node in self.facing.reached:
            return worked_out(source, field, self.binds)
        _table, column = self._held(field)
        return {column: _translated(source.table.c[column], self._keys(field))}

    def _field(self, node: Node) -> Field:
        return self.model.entities[node[0]].fields[node[1]]

    def _held(self, field: Field) -> tuple[str, str]:
        """The table and the column in which the values of a field are kept."""
        entity = self.model.entities[field.entity]
        if field.type.members(field):
            return member_table_name(entity.table, field.stored_as), "value"
        return entity.table, field.stored_as

    def _keys(self, field: Field) -> Mapping[str, str]:
        by_set, owners = self.facing.lineage.keys_by_set(), sets_of(field, self.facing.after.model)
        back = next((each for each in self.facing.returning if each.now is field), None)
        if back is not None:
            return back_keys(back)
        both = (each for owner in owners for each in (heirs(self.facing, owner), by_set.get(owner, {})))
        return {old: new for each in both for old, new in each.items()}


def _translated(column: Element, keys: Mapping[str, str]) -> Element:
    return sa.case(dict(keys), value=column, else_=column)
