"""Working out again what is stored beside the values that people entered: formulas, roll-ups, shadows, search entries.

A publish that adds a formula or changes what a stored value depends on refreshes the records that are there. Neither
`version` nor `updated_at` moves, and no event is written: nobody changed anything.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.scopes import place_of
from sartor.platform.expressions import Env
from sartor.platform.model import Entity, Field, Model
from sartor.platform.publishing.values.pace import COMPUTE, PREPARE, ROLL_UP, SEARCH
from sartor.platform.query.sources import is_stored
from sartor.platform.records.memory.plan import rollup_of
from sartor.platform.records.memory.state import Loader, State
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.search import searched_fields, tokens_value
from sartor.platform.storage.tables import conditional_keys, key_column
from sartor.platform.storage.tokens import field_code, tokens_for
from sartor.platform.work import Work

BATCH = 500


@dataclass(frozen=True, slots=True)
class Refresh:
    """What to work out for the records of one entity.

    computed: stored formulas and roll-ups. companions: fields whose shadow columns are new. keys: whether the
    conditions of unique keys are judged. search: whether the search entries are made again.

    As it is left for later it says physical names, since things may be called otherwise by then.
    """

    entity: str
    computed: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    keys: bool = False
    search: bool = False

    def pace(self, model: Model) -> str:
        """The slowest sort of what is worked out."""
        fields = model.entities[self.entity].fields
        if self.search:
            return SEARCH
        if any(rollup_of(fields[name]) is not None for name in self.computed):
            return ROLL_UP
        return COMPUTE if self.computed else PREPARE

    def begun(self, tools: Tools, work: Work, env: Env) -> Refresher:
        return Refresher(self, tools, work, env)

    def as_dict(self, model: Model) -> dict[str, Any]:
        entity = model.entities[self.entity]
        columns = {
            what: [entity.fields[name].stored_as for name in names]
            for what, names in (("computed", self.computed), ("companions", self.companions))
        }
        return {"table": entity.table, **columns, "keys": self.keys, "search": self.search}

    @classmethod
    def from_dict(cls, body: Mapping[str, Any], model: Model) -> Refresh | None:
        """What is left to do of it; None where the entity is gone. Fields that a later publish took out or made into
        something else are left out."""
        entity = next((each for each in model.entities.values() if each.table == body["table"]), None)
        if entity is None:
            return None
        fields = {each.stored_as: each for each in entity.fields.values()}
        computed = (fields[each] for each in body["computed"] if each in fields)
        return cls(
            entity.name,
            tuple(each.name for each in computed if each.type.computed),
            tuple(fields[each].name for each in body["companions"] if each in fields),
            body["keys"],
            body["search"],
        )


class Batches(ABC):
    """Work on records, batch by batch in the order of their ids, inside the caller's transaction."""

    def all(self, seen: Callable[[int], None] = lambda rows: None) -> int:
        """Every record; the number of records. seen: told after how many."""
        rows, after = 0, 0
        while ids := self.next_ids(after):
            self.batch(ids)
            rows, after = rows + len(ids), ids[-1]
            seen(rows)
        return rows

    @abstractmethod
    def next_ids(self, after: int) -> list[int]:
        """Records of the next batch; none where all are done."""

    @abstractmethod
    def batch(self, ids: Sequence[int], *, lock: bool = False) -> None:
        """Some records; `lock` against other writers, where the publish does not keep them out already."""


class Refresher(Batches):
    """Does a `Refresh`."""

    def __init__(self, refresh: Refresh, tools: Tools, work: Work, env: Env) -> None:
        self.refresh = refresh
        self.tools = tools
        self.work = work
        self.env = env
        self.entity: Entity = tools.model.entities[refresh.entity]
        self.table = tools.tables.of(self.entity)

    def next_ids(self, after: int) -> list[int]:
        chosen = sa.select(self.table.c.id).where(self.table.c.id > after).order_by(self.table.c.id).limit(BATCH)
        return list(self.work.connection.execute(chosen).scalars())

    def batch(self, ids: Sequence[int], *, lock: bool = False) -> None:
        loader = Loader(self.work, self.tools.loadings)
        loader.load(self.entity.name, ids, lock=lock)
        states = [state for number in ids if (state := loader.state(self.entity.name, number))]
        rolled = self._rolled_up(ids)
        rows = []
        for state in states:
            if columns := self._columns(state, loader, rolled.get(state.id, {})):
                rows.append({"row": state.id, **{f"new_{name}": value for name, value in columns.items()}})
        self._write(rows)
        if self.refresh.search:
            self._search(states, loader)

    def _rolled_up(self, ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
        names = {name for name in self.refresh.computed if rollup_of(self.entity.fields[name]) is not None}
        if not names:
            return {}
        stale = {(self.entity.name, number): names for number in ids}
        # Nobody writes here whom a total with too many digits could be told; writing a record that counts will say so.
        return self.tools.count(self.entity.name, ids, stale, self.work, self.env, lenient=True)

    def _columns(self, state: State, loader: Loader, rolled: Mapping[str, Any]) -> dict[str, Any]:
        """New column values of one record, as the driver wants them; what depends on others comes after them."""
        state.values.update(rolled)
        changed: dict[str, Any] = {}
        fields = self.entity.fields
        for field, _formula in self.tools.plans[self.entity.name].formulas:
            if field.name in self.refresh.computed:
                state.values[field.name] = self._worked_out(field, state, loader)
        for name in dict.fromkeys((*self.refresh.computed, *self.refresh.companions)):
            if is_stored(fields[name]):
                changed |= driver_columns(self.tools.tables, fields[name], state.get(name))
        if self.refresh.keys:
            values = RecordValues(state, loader, self.env)
            changed |= {
                key_column(key): bool(values.evaluate(key.condition))
                for key in conditional_keys(self.entity)
                if key.condition
            }
        return changed

    def _worked_out(self, field: Field, state: State, loader: Loader) -> Any:
        assert field.formula is not None
        value = RecordValues(state, loader, self.env).evaluate(field.formula)
        if value is None:
            return None
        try:
            made = field.type.from_operand(field, value)
        except ValueError:
            return None  # a formula whose result does not fit its field has none; writing the record will say so
        fill = getattr(field.face.type, "rounded_in", None)
        return made if fill is None or made.currency else fill(field.face, made, self._currency(state))

    def _currency(self, state: State) -> str:
        """What an amount is in that does not say so: the record's currency, or the workspace's; as a write has it."""
        name = self.entity.currency_field
        return str((state.get(name) if name else None) or self.env.currency)

    def _write(self, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        places = {
            name.removeprefix("new_"): sa.bindparam(name, type_=self.table.c[name.removeprefix("new_")].type)
            for name in rows[0]
            if name != "row"
        }
        chosen = sa.update(self.table).where(self.table.c.id == sa.bindparam("row")).values(places)
        self.work.connection.execute(chosen, rows)

    def _search(self, states: Iterable[State], loader: Loader) -> None:
        place = place_of(self.entity)
        statement = self.tools.search_statement(self.entity, "put")
        for state in states:
            if state.get("deleted_at") is None:
                values = {
                    "record": state.id,
                    "owner": state.get(place.owner) if place.owner else None,
                    "department": state.get(place.department) if place.department else None,
                    "tokens": tokens_value(self._tokens(state, loader), self.tools.tables.dialect),
                }
                self.work.fetch(statement, values)

    def _tokens(self, state: State, loader: Loader) -> set[str]:
        tokens: set[str] = set()
        for field in searched_fields(self.entity):
            value = loader.value(state, field)
            text = field.type.search_text(field, value) if value not in (None, ()) else None
            if text:
                tokens |= tokens_for(field_code(field.stored_as), text)
        return tokens
