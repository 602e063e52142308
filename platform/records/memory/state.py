"""Records in memory while a write goes on: loaded whole, as the system, each at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.people import Person
from sartor.platform.access.scopes import Place, place_of
from sartor.platform.access.stamp import Assumed, stamp_number
from sartor.platform.model import Entity, Field
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.columns import wire
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.tables import SYSTEM_COLUMNS, Tables
from sartor.platform.storage.together import MARK
from sartor.platform.work import Work


@dataclass(slots=True, eq=False)
class State:
    """One state of one record. `values` by field name; what is absent was not loaded yet, or is blank.

    mark: of a row that was read to be changed without a lock; it is another one as soon as anybody changed the row.
    """

    entity: Entity
    id: int
    values: dict[str, Any] = field(default_factory=dict)
    new: bool = False
    mark: str | None = None

    def copy(self) -> State:
        return State(self.entity, self.id, dict(self.values), self.new)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def version(self) -> int:
        return self.values.get("version") or 0


@dataclass(frozen=True, slots=True)
class Loading:
    """How the rows of an entity are read into states: as they are, locked, or one with its mark and the stamp's number
    as last columns."""

    fields: tuple[tuple[Field, int, int], ...]
    statement: Statement
    locking: Statement
    marking: Statement


def loading(tables: Tables, entity: Entity) -> Loading:
    """Every stored column of an entity, by the ids of parameter `ids`; for the mark, by the one of `record`."""
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
    one = sa.select(*columns, MARK, stamp_number()).where(table.c.id == sa.bindparam("record", type_=table.c.id.type))
    compiled = [Statement.compile(each, tables.dialect, wires) for each in (chosen, _locking(chosen), one)]
    return Loading(tuple(fields), *compiled)


def _locking(chosen: sa.Select[Any]) -> sa.Select[Any]:
    """Against other writers only: rows that point to this one (their foreign keys share its lock) need not wait."""
    return chosen.with_for_update(key_share=True)


class Loadings:
    """What one model's records are read by, compiled when it is first asked for."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._rows: dict[str, Loading] = {}
        self._members: dict[Field, Statement] = {}
        self._places: dict[Entity, Place] = {}

    def place(self, entity: Entity) -> Place:
        """Where its records say whose they are."""
        if entity not in self._places:
            self._places[entity] = place_of(entity)
        return self._places[entity]

    def rows(self, entity: str) -> Loading:
        if entity not in self._rows:
            self._rows[entity] = loading(self.tables, self.tables.model.entities[entity])
        return self._rows[entity]

    def members(self, item: Field) -> Statement:
        """The values of a record (parameter `record`) in a field's side table, in their order."""
        if item not in self._members:
            side = self.tables.members(item)
            mine = side.c.record == sa.bindparam("record", type_=side.c.record.type)
            chosen = sa.select(side.c.value).where(mine).order_by(side.c.position)
            self._members[item] = Statement.compile(chosen, self.tables.dialect)
        return self._members[item]


NOBODY: Mapping[int, Person] = MappingProxyType({})


class Loader:
    """Loads states inside one transaction and keeps them: everybody sees one state of a record.

    people: the directory, where it may be trusted. assumes: as in `Context`.
    """

    def __init__(
        self, work: Work, loadings: Loadings, people: Mapping[int, Person] = NOBODY, assumes: Assumed | None = None
    ) -> None:
        self.work = work
        self.tables = tables = loadings.tables
        self.model = tables.model
        self.people = people
        self.states: dict[tuple[str, int], State | None] = {}
        self._locked: set[tuple[str, int]] = set()
        self._assumes = assumes
        self.place = loadings.place
        self._loadings = loadings

    def state(self, entity: str, number: int) -> State | None:
        """The current state of a record; None where there is no such row at all."""
        key = (entity, number)
        if key not in self.states:
            self.load(entity, [number])
        return self.states[key]

    def load(self, entity: str, ids: Iterable[int], *, lock: bool = False) -> None:
        """Read several records at once; with `lock`, against other writers, in the order of their ids."""
        known = self._locked if lock else self.states
        wanted = sorted({number for number in ids if (entity, number) not in known})
        if not wanted:
            return
        how = self._loadings.rows(entity)
        statement = how.locking if lock else how.statement
        found = self.work.fetch(statement, {"ids": list_value(wanted, self.tables.dialect)})
        self._keep(entity, how, found, wanted)
        if lock:
            self._locked.update((entity, number) for number in wanted)

    def take(self, entity: str, number: int) -> State | None:
        """A record that is going to be changed: locked, or in a late work marked, so that a rival is noticed.

        Where nothing can be saved there are no rivals, and no row that could be marked.
        """
        if self.tables.only_read:
            return self.state(entity, number)
        if not self.work.is_late:
            self.load(entity, [number], lock=True)
            return self.states[entity, number]
        how = self._loadings.rows(entity)
        found = self.work.fetch(how.marking, {"record": number})
        self._keep(entity, how, found, [number])
        state = self.states[entity, number]
        if state is not None:
            state.mark, stamp = found[0][-2:]
            if self._assumes:
                self._assumes.saw(stamp)
        return state

    def _keep(self, entity: str, how: Loading, found: list[tuple[Any, ...]], wanted: list[int]) -> None:
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

    def department_of(self, user: int) -> int | None:
        """The department of a person; the directory is as fresh as the rights that this write is judged by."""
        state = self.states.get(("user", user))
        person = self.people.get(user) if state is None else None
        if person is not None:
            return person.department
        found = self.state("user", user)
        return found.get("department") if found else None

    def forget(self) -> None:
        """Read everything anew from here on."""
        self.states.clear()
        self._locked.clear()

    def put(self, state: State) -> None:
        """From here on this is the record's state for everybody."""
        self.states[state.entity.name, state.id] = state

    def _state(self, entity: str, how: Loading, row: tuple[Any, ...]) -> State:
        values = {item.name: item.type.load(item, *row[start:end]) for item, start, end in how.fields}
        return State(self.model.entities[entity], row[0], {**values, "id": row[0]})

    def _members(self, state: State, item: Field) -> tuple[Any, ...]:
        return tuple(row[0] for row in self.work.fetch(self._loadings.members(item), {"record": state.id}))


def stored_columns(item: Field, value: Any) -> Mapping[str, Any]:
    """Physical column -> Python value, shadows included; nothing for fields without columns of their own."""
    specs = item.type.columns(item)
    if item.name in SYSTEM_COLUMNS:
        return {item.stored_as: value}
    values = (None,) * len(specs) if value is None else item.type.store(item, value)
    return {item.stored_as + spec.suffix: each for spec, each in zip(specs, values, strict=True)}
