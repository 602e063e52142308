"""Two data sets that differ only in what one reader may not see, and how they come into a database.

Everything in them has a place in time and an id of its own that is the same in both, so that whatever differs in an
answer was read, not made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from concealed import DOCUMENTS, FROZEN, MADE, OWNED, PLAIN, Opening
from offices import Office, encode_id

from sartor.platform.model import FieldLevel
from sartor.platform.records.wish import Wish
from sartor.platform.storage.system.comments import sys_comment

BASE = 2**60
STRIDE = 10_000
NOON = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)
PEOPLE = {"reader": "north", "helper": "cellar", "peer": "north", "stranger": "south", "head": None}
DEPARTMENTS = ("hq", "north", "cellar", "south")
MINE = {"own": ("reader",), "reports": ("reader", "helper"), "department": ("reader",), "department_below": ("reader",)}
HOMES = {"department": ("north",), "department_below": ("north", "cellar")}

TEXTS = ("Ann", "Bob", "Cid 华为", "上海", "a%_b", "O'Neil", None)
DERIVED = {"formula", "rollup"}
ORDER = ("product", "company", "person", "asset", "deal", "call")


@dataclass
class Plot:
    """One record to be. values: JSON by field; records by `(entity, slot)`. later: changes made after all are there."""

    slot: int
    entity: str
    values: dict[str, Any]
    owner: str | None = None
    department: str | None = None
    later: list[dict[str, Any]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    deleted: bool = False
    absent: bool = False

    @property
    def id(self) -> int:
        return BASE + self.slot * STRIDE

    @property
    def key(self) -> str:
        return encode_id(self.id)


Data = dict[int, Plot]
Pointer = tuple[str, int]


def pointers(value: Any) -> Iterator[Pointer]:
    if isinstance(value, tuple):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from pointers(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from pointers(each)


def kind_of(entity: str, name: str) -> str:
    return str(DOCUMENTS[f"entity/{entity}"]["fields"][name]["type"])


# ---- making one


class Maker:
    """Makes records by chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.data: Data = {}
        self.before = STRIDE
        """Only records of earlier slots can be pointed to when one is made."""

    def make(self, sizes: Mapping[str, int]) -> Data:
        for entity in ORDER:
            for _number in range(sizes[entity]):
                self._add(entity)
        for plot in self.data.values():
            if self.chance.random() < 0.4:
                plot.later.append(self._changed(plot))
            if self.chance.random() < 0.3:
                plot.comments = [self.chance.choice(("hello", "call back"))]
            plot.deleted = self.chance.random() < 0.12
        return self.data

    def _add(self, entity: str) -> None:
        plot = Plot(len(self.data) + 1, entity, {})
        plot.owner = self.chance.choice((*PEOPLE, "reader", None))
        plot.department = self.chance.choice(DEPARTMENTS) if entity in OWNED else None
        plot.values = {name: self.value(entity, name) for name in PLAIN[entity] if kind_of(entity, name) not in DERIVED}
        plot.values |= _own_copy(plot.entity, plot.values) | {"touched": 0}
        plot.values = {name: value for name, value in plot.values.items() if value is not None}
        self.data[plot.slot] = plot

    def _changed(self, plot: Plot) -> dict[str, Any]:
        names = [name for name in PLAIN[plot.entity] if kind_of(plot.entity, name) not in DERIVED | {"children"}]
        changed = {name: self.value(plot.entity, name) for name in self.chance.sample(names, k=min(3, len(names)))}
        return changed | _own_copy(plot.entity, changed) | {"touched": 1}

    def value(self, entity: str, name: str) -> Any:
        """A value by chance; blank once in a while."""
        part = DOCUMENTS[f"entity/{entity}"]["fields"][name]
        if self.chance.random() < 0.15 and part["type"] != "stage":
            return None
        return VALUES[part["type"]](self, part)

    def pointer(self, entity: str) -> Pointer | None:
        """Records of the first half are pointed to, those of the other half are free to be absent."""
        slots = [plot.slot for plot in self.data.values() if plot.entity == entity and plot.slot < self.before]
        return (entity, self.chance.choice(slots[: len(slots) // 2 + 1])) if slots else None

    def several(self, entity: str) -> list[Pointer]:
        found = {each for _number in range(self.chance.randint(0, 3)) if (each := self.pointer(entity))}
        return sorted(found)

    def line(self) -> dict[str, Any]:
        found = {
            name: self.value("line", name)
            for name in PLAIN["line"]
            if name != "deal" and kind_of("line", name) not in DERIVED
        }
        return {name: value for name, value in found.items() if value is not None}


def _own_copy(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a record copied when it was made is its own from then on, as visible as the record."""
    return {"copied": values.get("copied") or "Copy"} if entity == "deal" else {}


def _number(make: Maker, part: Any) -> str:
    return f"{make.chance.choice((0, 1, 2, 5, 7))}.{make.chance.choice(('00', '50'))}"


VALUES: dict[str, Callable[[Maker, Any], Any]] = {
    "text": lambda make, part: make.chance.choice(TEXTS),
    "long_text": lambda make, part: make.chance.choice(("A long story", "上海的故事", "Ann and Bob")),
    "integer": lambda make, part: make.chance.randint(0, 5),
    "rating": lambda make, part: make.chance.randint(1, 5),
    "decimal": _number,
    "percent": lambda make, part: make.chance.choice(("0.1", "0.5", "1")),
    "money": lambda make, part: {"amount": _number(make, part), "currency": make.chance.choice(("CNY", "USD"))},
    "choice": lambda make, part: make.chance.choice("abc"),
    "choices": lambda make, part: sorted(make.chance.sample("abc", k=make.chance.randint(0, 2))),
    "tags": lambda make, part: sorted(make.chance.sample(("new", "old", "hot"), k=make.chance.randint(0, 2))),
    "date": lambda make, part: f"2026-0{make.chance.randint(1, 5)}-1{make.chance.randint(0, 9)}",
    "datetime": lambda make, part: f"2026-0{make.chance.randint(1, 5)}-1{make.chance.randint(0, 9)}T08:00:00Z",
    "yes_no": lambda make, part: make.chance.random() < 0.5,
    "phone": lambda make, part: f"+86 138-0000-000{make.chance.randint(0, 4)}",
    "email": lambda make, part: make.chance.choice(("ann@example.com", "bob@example.com")),
    "stage": lambda make, part: make.chance.choice(("open", "offer", "won")),
    "lookup": lambda make, part: make.pointer(part["options"]["entity"]),
    "link": lambda make, part: make.several(part["options"]["entity"]),
    "reference": lambda make, part: make.pointer(make.chance.choice(sorted(part["options"]["entities"]))),
    "children": lambda make, part: [make.line() for _number in range(make.chance.randint(0, 3))],
}


# ---- who sees what, worked out by the tests themselves


class Oracle:
    """What somebody with some roles may see, by the roles' own words."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        self.roles = roles

    def openings(self, entity: str) -> list[Opening]:
        return [each for role in self.roles if (each := MADE[role].openings.get(entity))]

    def sees(self, plot: Plot, data: Data) -> bool:
        return any(self._reaches(each, plot, data) for each in self.openings(plot.entity))

    def opens(self, plot: Plot, name: str, data: Data) -> bool:
        """Whether some role that reaches the row opens a field in it."""
        sensitive = DOCUMENTS[f"entity/{plot.entity}"]["fields"][name].get("sensitive", False)
        return any(
            self._reaches(each, plot, data) and _level(each, name, sensitive) != "hidden"
            for each in self.openings(plot.entity)
        )

    def seen(self, data: Data) -> set[int]:
        return {plot.slot for plot in data.values() if not plot.absent and self.sees(plot, data)}

    def frozen(self, entity: str) -> set[str]:
        conditional = any(each.holds for kind in FROZEN for each in self.openings(kind))
        return FROZEN.get(entity, set()) if conditional else set()

    def _reaches(self, opening: Opening, plot: Plot, data: Data) -> bool:
        if opening.scope == "none" or not self._within(opening.scope, plot):
            return False
        return opening.holds is None or opening.holds(_row(plot), lambda other: _row(data[other[1]]) if other else None)

    def _within(self, scope: str, plot: Plot) -> bool:
        if scope == "all":
            return True
        if plot.entity not in OWNED:
            scope = "own" if scope.startswith("department") else scope
        return plot.owner in MINE[scope] or (plot.entity in OWNED and plot.department in HOMES.get(scope, ()))


def _row(plot: Plot) -> dict[str, Any]:
    """The values of a record once everything was done to it."""
    values = dict(plot.values)
    for change in plot.later:
        values |= change
    return values | {"owner": plot.owner}


def _level(opening: Opening, name: str, sensitive: bool) -> str:
    return opening.fields.get(name) or ("hidden" if sensitive else opening.fields["*"])


# ---- making the other one


class Twin:
    """Changes whatever the reader may not see."""

    def __init__(self, data: Data, oracle: Oracle, access: Any, chance: Random) -> None:
        self.before = data
        self.oracle = oracle
        self.access = access
        self.chance = chance
        self.maker = Maker(chance)
        self.maker.data = deepcopy(data)

    def make(self) -> Data:
        seen = self.oracle.seen(self.before)
        for plot in self.maker.data.values():
            if plot.slot in seen:
                self._change_hidden_fields(plot)
            else:
                self._change_hidden_row(plot)
        self._let_some_be_absent(seen)
        assert self.oracle.seen(self.maker.data) == seen, "the twin is no twin"
        return self.maker.data

    def _change_hidden_fields(self, plot: Plot) -> None:
        for name in self._hidden_in(plot):
            self._change(plot, name)
            for change in plot.later:
                if name in change:
                    change[name] = self.maker.value(plot.entity, name)
        self._change_hidden_lines(plot)

    def _change(self, plot: Plot, name: str) -> None:
        self.maker.before = plot.slot
        value = self.maker.value(plot.entity, name)
        self.maker.before = STRIDE
        plot.values.pop(name, None)
        if value is not None:
            plot.values[name] = value

    def _hidden_in(self, plot: Plot) -> list[str]:
        """What no role opens in this row, and what the product says is closed in all of them."""
        frozen = self.oracle.frozen(plot.entity) | {"touched", "copied"}
        names = [
            name for name in PLAIN[plot.entity] if kind_of(plot.entity, name) not in DERIVED and name not in frozen
        ]
        return [
            name
            for name in names
            if not self.oracle.opens(plot, name, self.before)
            # Lines are reached in two ways: a role that opens them in some deals shows them in the list of lines.
            or (name != "lines" and self.access.level(plot.entity, name) == FieldLevel.HIDDEN)
        ]

    def _change_hidden_lines(self, plot: Plot) -> None:
        for line in plot.values.get("lines", ()):
            for name in [each for each in PLAIN["line"] if each != "deal" and kind_of("line", each) not in DERIVED]:
                if self.access.level("line", name) == FieldLevel.HIDDEN:
                    line.pop(name, None)
                    if (value := self.maker.value("line", name)) is not None:
                        line[name] = value

    def _change_hidden_row(self, plot: Plot) -> None:
        frozen = self.oracle.frozen(plot.entity) | {"touched"}
        for name in PLAIN[plot.entity]:
            if kind_of(plot.entity, name) not in DERIVED and name not in frozen:
                self._change(plot, name)
        plot.deleted = self.chance.random() < 0.3
        plot.comments = [self.chance.choice(("secret", "hidden"))] if self.chance.random() < 0.5 else []
        if self.chance.random() < 0.5:
            plot.later = [change for change in plot.later if frozen.intersection(change)]

    def _let_some_be_absent(self, seen: set[int]) -> None:
        """Hidden records to which nothing points may be there in one of the two only."""
        pointed = {
            slot
            for data in (self.before, self.maker.data)
            for plot in data.values()
            for _e, slot in _all_pointers(plot)
        }
        for slot in self.before.keys() - seen - pointed:
            there = self.chance.random()
            self.before[slot].absent = there < 0.3
            self.maker.data[slot].absent = there > 0.7


def _all_pointers(plot: Plot) -> Iterator[Pointer]:
    yield from pointers(plot.values)
    for change in plot.later:
        yield from pointers(change)


# ---- into a database


class Filler:
    """Puts a data set into an emptied workspace; ids and times come from the slots."""

    def __init__(self, office: Office, homes: Mapping[str, str]) -> None:
        self.office = office
        self.homes = homes
        self.database = office.workspace.database
        self._next = BASE
        self.now = NOON
        self.database.new_id = self._new_id  # type: ignore[method-assign]
        self.database.new_ids = lambda count: [self._new_id() for _number in range(count)]  # type: ignore[method-assign]
        self.database.clock = lambda: self.now
        self._open_history()

    def _open_history(self) -> None:
        """The history cannot be emptied, as it should be: here it has to."""
        with self.database.work() as work:
            if self.database.dialect == "postgresql":
                work.connection.execute(sa.text("ALTER TABLE sys_history DISABLE TRIGGER USER"))
                return
            names = work.connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
            for name in list(names):
                work.connection.execute(sa.text(f"DROP TRIGGER {name}"))

    def _new_id(self) -> int:
        self._next += 1
        return self._next

    def at(self, place: int) -> None:
        """From here on ids and times are those of a place."""
        self._next = BASE + place * STRIDE
        self.now = NOON + timedelta(seconds=place)

    def empty(self) -> None:
        kept = ("user", "department", "sys_user_role", "sys_credential", "sys_token", "sys_session", "sys_state",
                "sys_document", "sys_revision", "sys_node", "alembic_version", "sys_retired")  # fmt: skip
        with self.database.work() as work:
            names = [name for name in sa.inspect(work.connection).get_table_names() if name not in kept]
            self._delete(work.connection, names)

    def _delete(self, connection: sa.Connection, names: list[str]) -> None:
        if self.database.dialect == "postgresql":  # TRUNCATE makes new files, which takes far longer for a few rows
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            quoted = "; ".join(f'DELETE FROM "{name}"' for name in names)
            connection.exec_driver_sql(quoted)
            return
        connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
        for name in names:
            if not name.startswith("sqlite_") and not (name.startswith("sys_search_") and name.count("_") > 2):
                connection.execute(sa.text(f'DELETE FROM "{name}"'))

    def fill(self, data: Data) -> None:
        """All in one transaction, each thing at its own time."""
        here = self.office.workspace
        writer, context = here.serving().writer, here.system("fill", purpose="migrate")
        with self.database.work() as work:
            for plot in data.values():
                if not plot.absent:
                    self._at(plot.slot, work)
                    values = sent(plot.values) | self._owner(plot)
                    writer.create(context, plot.entity, values, record_id=plot.id, work=work)
            for plot in data.values():
                if not plot.absent:
                    self._go_on(plot, writer, context, work)

    def _go_on(self, plot: Plot, writer: Any, context: Any, work: Any) -> None:
        for number, change in enumerate(plot.later):
            self._at(1000 + plot.slot * 10 + number, work)
            writer.update(context, plot.entity, plot.id, Wish(sent(change)), work=work)
        for number, text in enumerate(plot.comments):
            self._at(1000 + plot.slot * 10 + 5 + number, work)
            row = {
                "id": self._new_id(),
                "entity": plot.entity,
                "record": plot.id,
                "body": text,
                "mentions": [],
                "at": work.now,
            }
            work.connection.execute(sa.insert(sys_comment).values(row))
        if plot.deleted:
            self._at(1000 + plot.slot * 10 + 9, work)
            writer.delete(context, plot.entity, plot.id, work=work)

    def _at(self, place: int, work: Any) -> None:
        self.at(place)
        work.now = self.now

    def _owner(self, plot: Plot) -> dict[str, Any]:
        owner = encode_id(self.office.people[plot.owner]) if plot.owner else None
        if plot.entity not in OWNED:
            return {"created_by": owner}
        return {"owner": owner, "department": self.homes[plot.department] if plot.department else None}


def sent(value: Any, name: str = "") -> Any:
    """A value as it is sent; a reference says the entity too."""
    if isinstance(value, tuple):
        entity, slot = value
        made = {"id": encode_id(BASE + slot * STRIDE)}
        return {"entity": entity, **made} if name == "concerns" else made
    if isinstance(value, list):
        return [sent(each) for each in value]
    if isinstance(value, dict):
        return {key: sent(each, key) for key, each in value.items()}
    return value
