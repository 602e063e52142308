"""Indexes in the order in which queries ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.naming import digest, generated
from sartor.platform.storage.ranking import ranked_text
from sartor.platform.storage.steps.step import Step, execute, listed, quoted

ALIVE = "deleted_at IS NULL"


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """One column of an index. `descending` puts NULLs last, as every list does. ranks: keys in the order of which it
    is, instead of in the order of its own values."""

    name: str
    descending: bool = False
    ranks: Sequence[str] = ()

    @property
    def said(self) -> str:
        """What tells it from others, for the name of the index."""
        by = f" by {digest(*self.ranks)}" if self.ranks else ""
        return f"{self.name}{by}{' desc' if self.descending else ''}"


@dataclass(frozen=True, slots=True)
class CreateIndex(Step):
    """Make an index.

    partial: live records only; never for a lookup, whose foreign key is checked through the index.
    unique: no two live records alike. where: a boolean column that must be true as well.
    include: further columns kept in the index (PostgreSQL), so that a page is cut without touching the table.
    """

    phase: ClassVar[int] = 5
    table: str
    columns: Sequence[IndexColumn]
    partial: bool = True
    unique: bool = False
    where: str | None = None
    include: Sequence[str] = ()

    @property
    def name(self) -> str:
        asked = [column.said for column in self.columns]
        conditions = ["all" if not self.partial else "", self.where or "", *self.include]
        prefix = "uq" if self.unique else "ix"
        return generated(prefix, self.table, *asked, *conditions).replace(" ", "_")

    def describe(self) -> str:
        kind = "unique index" if self.unique else "index"
        return f"{kind} on {self.table} ({', '.join(column.name for column in self.columns)})"

    def apply(self, connection: sa.Connection) -> int:
        execute(connection, self.sql(connection))
        return 0

    def sql(self, connection: sa.Connection, concurrently: bool = False) -> str:
        parts = [
            f"CREATE {'UNIQUE ' if self.unique else ''}INDEX {'CONCURRENTLY ' if concurrently else ''}",
            f"{quoted(connection, self.name)} ON {quoted(connection, self.table)} (",
            ", ".join(self._column(connection, column) for column in self.columns) + ")",
        ]
        if self.include and connection.dialect.name == "postgresql":
            parts.append(f" INCLUDE ({listed(connection, self.include)})")
        conditions = [ALIVE] if self.partial else []
        if self.where:
            conditions.append(quoted(connection, self.where))
        return "".join(parts) + (f" WHERE {' AND '.join(conditions)}" if conditions else "")

    @staticmethod
    def _column(connection: sa.Connection, column: IndexColumn) -> str:
        dialect, name = connection.dialect.name, quoted(connection, column.name)
        element = f"({ranked_text(column.name, column.ranks, dialect)})" if column.ranks else name
        if not column.descending:
            return element
        # SQLite sorts NULL below everything, which in descending order is last already, and refuses to be told so.
        return f"{element} {'DESC' if dialect == 'sqlite' else 'DESC NULLS LAST'}"


@dataclass(frozen=True, slots=True)
class DropIndex(Step):
    """Remove an index that no query and no rule needs any more; indexes hold nothing of their own."""

    phase: ClassVar[int] = 0
    table: str
    name: str

    def describe(self) -> str:
        return f"remove index {self.name} of {self.table}"

    def apply(self, connection: sa.Connection) -> int:
        execute(connection, f"DROP INDEX {quoted(connection, self.name)}")
        return 0
