"""What a step is, and the few words of DDL that steps share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.statement import COMPILERS

LOCK_WAIT_MS = 2_000
"""PostgreSQL: how long DDL may wait for a table, since everyone else queues up behind it; then all is tried again."""


class Step(ABC):
    """One change. Applied once, in a transaction that also holds everything it belongs to."""

    phase: ClassVar[int]
    """Steps of a plan run in the order of their phases: tables, columns, foreign keys, values, indexes."""
    table: str
    """The physical table that it changes."""

    @abstractmethod
    def describe(self) -> str:
        """One line for the plan, in technical terms."""

    @abstractmethod
    def apply(self, connection: sa.Connection) -> int:
        """Do it; answer the number of rows that were written."""


def run(connection: sa.Connection, steps: Iterable[Step]) -> int:
    """Apply steps in order; the number of rows written in all."""
    wait_briefly(connection)
    return sum(step.apply(connection) for step in steps)


def wait_briefly(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}")


def keep_out_writers(connection: sa.Connection, table: str) -> None:
    """Wait for those who write to a table, and let nobody begin; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def settle_references(connection: sa.Connection) -> None:
    """Check the foreign keys of what was written so far: PostgreSQL indexes no table that still waits for that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")


def execute(connection: sa.Connection, sql: str) -> None:
    """DDL as text. Names in it are quoted and never come from outside; a `:` or `%` in them is no parameter."""
    connection.exec_driver_sql(sql)


def quoted(connection: sa.Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def listed(connection: sa.Connection, names: Iterable[str]) -> str:
    return ", ".join(quoted(connection, name) for name in names)


def column_spec(connection: sa.Connection, column: sa.Column) -> str:
    """Name and type of a column as CREATE TABLE and ADD COLUMN write them."""
    kind = column.type.compile(dialect=COMPILERS[connection.dialect.name])
    return f"{quoted(connection, column.name)} {kind}{'' if column.nullable else ' NOT NULL'}"
