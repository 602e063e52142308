"""A statement compiled once and executed many times by the driver itself.

SQLAlchemy builds and compiles; compiling costs 1 to 3 ms and executing through Core a quarter of a list. A `Statement`
keeps the driver's SQL and the order of its values, so a request pays for neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

Wire = Callable[[Any], Any]
Slot = tuple[int, str, Wire | None]

COMPILERS: Mapping[str, sa.Dialect] = {
    "sqlite": pysqlite.dialect(paramstyle="qmark"),
    "postgresql": psycopg.dialect(paramstyle="numeric_dollar"),
}
"""`$1` goes to psycopg's raw cursor as it is, `?` to sqlite3: no placeholder is rewritten at run time."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """SQL for a driver. `fixed` holds its constants in place, `slots` where the values of a call go.

    wires: one function or None for each column of the result; see `columns.wire`. reads: it changes and locks
    nothing, so it needs no transaction and may be run again when the connection was lost. changes_one: it must
    change exactly one row, or somebody else was quicker.
    """

    sql: str
    fixed: tuple[Any, ...]
    slots: tuple[Slot, ...]
    wires: tuple[Wire | None, ...] = ()
    reads: bool = False
    changes_one: bool = False

    @classmethod
    def compile(
        cls, query: Executable, dialect: str, wires: Sequence[Wire | None] = (), *, changes_one: bool = False
    ) -> Statement:
        """Compile for `sqlite` or `postgresql`. Each bind parameter without a value becomes a slot.

        :raises ValueError: for a list as a parameter; `in_list` takes its place.
        """
        compiler = COMPILERS[dialect]
        compiled = query.compile(dialect=compiler)  # type: ignore[attr-defined]
        open_names = {name for name, bind in compiled.binds.items() if bind.required}
        if any(compiled.binds[name].expanding for name in open_names):
            raise ValueError("a list cannot be a parameter of a Statement; use in_list()")
        # Constant lists (`in ('a', 'b')`) are written out here, once.
        state = compiled.construct_expanded_state(dict.fromkeys(open_names), escape_names=False)
        fixed, slots = _places(state, _processors(compiled, state, compiler), open_names)
        dml = any(part.element.is_dml for part in compiled.ctes or ())
        locks = getattr(query, "_for_update_arg", None) is not None or "pg_advisory" in state.statement
        reads = query.is_select and not dml and not locks
        return cls(state.statement, fixed, slots, tuple(wires) if any(wires) else (), reads, changes_one)

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """The values of one call in the order of the SQL.

        :raises KeyError: naming the parameter that is missing.
        """
        bound = list(self.fixed)
        for place, name, process in self.slots:
            bound[place] = process(values[name]) if process else values[name]
        return bound

    def wired(self, rows: list[tuple]) -> list[tuple]:
        """Driver rows in wire form; column by column, which is twice as fast as row by row."""
        if not rows:
            return rows
        columns = list(zip(*rows, strict=True))
        for place, wire in enumerate(self.wires):
            if wire:
                columns[place] = tuple(map(wire, columns[place]))
        return list(zip(*columns, strict=True))


def _processors(compiled: SQLCompiler, state: ExpandedState, compiler: sa.Dialect) -> Mapping[str, Wire | None]:
    """What types that convert by themselves (those of system tables) do to a value on its way in."""
    own = {name: bind.type.dialect_impl(compiler).bind_processor(compiler) for name, bind in compiled.binds.items()}
    return {**own, **state.processors}


def _places(
    state: ExpandedState, processors: Mapping[str, Wire | None], open_names: set[str]
) -> tuple[tuple[Any, ...], tuple[Slot, ...]]:
    """Constants (already as the driver wants them) and slots, by position."""
    fixed: list[Any] = []
    slots: list[Slot] = []
    for place, name in enumerate(state.positiontup or ()):
        process = processors.get(name)
        if name in open_names:
            slots.append((place, name, process))
            fixed.append(None)
        else:
            value = state.parameters[name]
            fixed.append(process(value) if process else value)
    return tuple(fixed), tuple(slots)


class Prepared:
    """A statement that is always the same, built from the name of a dialect and compiled once for each."""

    def __init__(self, build: Callable[[str], Executable]) -> None:
        self._build = build
        self._compiled: dict[str, Statement] = {}

    def __call__(self, dialect: str) -> Statement:
        if dialect not in self._compiled:
            self._compiled[dialect] = Statement.compile(self._build(dialect), dialect)
        return self._compiled[dialect]


def at_most(count: int) -> sa.ColumnElement[Any]:
    """A LIMIT written out. One that is a parameter could be a tenth of all rows for what the planner knows, so it plans
    the statement anew for each call; with this it plans once, which is right where no value decides on the plan."""
    return sa.literal_column(str(count), sa.Integer())


def alteration(table: sa.Table, names: Iterable[str]) -> sa.Update:
    """UPDATE of some columns of the row with id `row`, the parameters named as the columns after `new_`."""
    chosen = table.c.id == sa.bindparam("row", type_=table.c.id.type)
    values = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    return sa.update(table).where(chosen).values(values)


def in_list(column: sa.ColumnElement[Any], name: str, dialect: str) -> sa.ColumnElement[bool]:
    """`column` is one of the values of parameter `name`, which `list_value` makes from a Python list.

    One SQL text for any length, so that a prepared statement stays one.
    """
    if dialect == "sqlite":
        elements = sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued("value")
        return column.in_(sa.select(elements.c.value))
    kind = postgresql.ARRAY(_array_of(column))
    return column == sa.any_(sa.cast(sa.bindparam(name, type_=sa.Text()), kind))


def _array_of(column: sa.ColumnElement[Any]) -> sa.types.TypeEngine[Any]:
    return sa.Text() if isinstance(column.type, sa.String) else column.type


def list_value(values: Sequence[Any], dialect: str) -> str:
    """A Python list as the text that `in_list` expects; worth keeping when the list lives for many calls."""
    if dialect == "sqlite":
        return orjson.dumps(list(values)).decode()
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if value is None else str(value)
