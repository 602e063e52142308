"""Records in memory while a write goes on: loaded whole, as the system, each at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.columns import wire
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.tables import SYSTEM_COLUMNS, Tables
from sartor.platform.work import Work


@dataclass(slots=True, eq=False)
class State:
    """One state of one record. `values` by field name; what is absent was not loaded yet, or is blank."""

    entity: Entity
    id: int
    values: dict[str, Any] = field(default_factory=dict)
    new: bool = False

    def copy(self) -> State:
        return State(self.entity, self.id, dict(self.values), self.new)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def version(self) -> int:
        return self.values.get("version") or 0


@dataclass(frozen=True, slots=True)
class Loading:
    """How the rows of an entity are read into states."""

    fields: tuple[tuple[Field, int, int], ...]
    statement: Statement
    locking: Statement


def loading(tables: Tables, entity: Entity) -> Loading:
    """Every stored column of an entity, by the ids of parameter `ids`."""
    table = tables.of(entity)
    columns: list[sa.Column] = [table.c.id]
    wires: list[Any] = [None]
    fields = []
    for item in entity.fields.values():
        if item.name == "id" or not is_stored(item):
            continue
        start = len(columns)
        for spec in item.type.columns(item):
            if not spec.shadow:
                columns.append(table.c[item.stored_as + spec.suffix])
                wires.append(wire(spec.kind, spec.scale, tables.dialect))
        fields.append((item, start, len(columns)))
    chosen = sa.select(*columns).where(in_list(table.c.id, "ids", tables.dialect)).order_by(table.c.id)
    compiled = [Statement.compile(each, tables.dialect, wires) for each in (chosen, _locking(chosen))]
    return Loading(tuple(fields), *compiled)


def _locking(chosen: sa.Select[Any]) -> sa.Select[Any]:
    """Against other writers only: rows that point to this one (their foreign keys share its lock) need not wait."""
    return chosen.with_for_update(key_share=True)


class Loader:
    """Loads states inside one transaction and keeps them: everybody sees one state of a record."""

    def __init__(self, work: Work, tables: Tables, loadings: dict[str, Loading]) -> None:
        self.work = work
        self.tables = tables
        self.model = tables.model
        self.states: dict[tuple[str, int], State | None] = {}
        self._loadings = loadings

    def state(self, entity: str, number: int) -> State | None:
        """The current state of a record; None where there is no such row at all."""
        key = (entity, number)
        if key not in self.states:
            self.load(entity, [number])
        return self.states[key]

    def load(self, entity: str, ids: Iterable[int], *, lock: bool = False) -> None:
        """Read several records at once; with `lock`, against other writers, in the order of their ids."""
        wanted = sorted({number for number in ids if lock or (entity, number) not in self.states})
        if not wanted:
            return
        how = self._loading(entity)
        found = self.work.fetch(
            how.locking if lock else how.statement, {"ids": list_value(wanted, self.tables.dialect)}
        )
        for number in wanted:
            self.states.setdefault((entity, number), None)
        for row in found:
            self.states[entity, row[0]] = self._state(entity, how, row)

    def value(self, state: State, item: Field) -> Any:
        """A field's value; many values are read from their side table when they are first asked for."""
        if item.name not in state.values:
            members = item.type.members(item)
            state.values[item.name] = self._members(state, item) if members and not state.new else None
        return state.values[item.name]

    def put(self, state: State) -> None:
        """From here on this is the record's state for everybody."""
        self.states[state.entity.name, state.id] = state

    def _state(self, entity: str, how: Loading, row: tuple[Any, ...]) -> State:
        values = {item.name: item.type.load(item, *row[start:end]) for item, start, end in how.fields}
        return State(self.model.entities[entity], row[0], {**values, "id": row[0]})

    def _members(self, state: State, item: Field) -> tuple[Any, ...]:
        side = self.tables.members(item)
        chosen = sa.select(side.c.value).where(side.c.record == state.id).order_by(side.c.position)
        return tuple(row[0] for row in self.work.connection.execute(chosen))

    def _loading(self, entity: str) -> Loading:
        if entity not in self._loadings:
            self._loadings[entity] = loading(self.tables, self.model.entities[entity])
        return self._loadings[entity]


def stored_columns(tables: Tables, item: Field, value: Any) -> Mapping[str, Any]:
    """Physical column -> Python value, shadows included; nothing for fields without columns of their own."""
    specs = item.type.columns(item)
    if item.name in SYSTEM_COLUMNS:
        return {item.stored_as: value}
    values = (None,) * len(specs) if value is None else item.type.store(item, value)
    return {item.stored_as + spec.suffix: each for spec, each in zip(specs, values, strict=True)}
