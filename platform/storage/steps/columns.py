"""Adding columns and foreign keys to a table: at once, however many rows it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.naming import generated
from sartor.platform.storage.steps.step import Step, column_spec, execute, quoted
from sartor.platform.storage.tables import Reference


def references_clause(connection: sa.Connection, target: str | None) -> str:
    """A foreign key checked at commit, so that records may point to each other whichever is written first."""
    if target is None:
        return ""
    return f" REFERENCES {quoted(connection, target)} (id) DEFERRABLE INITIALLY DEFERRED"


@dataclass(frozen=True, slots=True)
class AddColumns(Step):
    """Add columns that may be NULL and have no default: neither engine touches a row for that.

    references: on SQLite only, where a foreign key cannot be added later.
    """

    phase: ClassVar[int] = 2
    table: str
    added: Sequence[sa.Column]
    references: Sequence[Reference] = ()

    def describe(self) -> str:
        return f"add to {self.table}: {', '.join(column.name for column in self.added)}"

    def apply(self, connection: sa.Connection) -> int:
        targets = {each.column: each.target for each in self.references}
        parts = [
            f"ADD COLUMN {column_spec(connection, column)}{references_clause(connection, targets.get(column.name))}"
            for column in self.added
        ]
        # PostgreSQL takes all of them under one lock; SQLite knows one at a time.
        texts = [", ".join(parts)] if connection.dialect.name == "postgresql" else parts
        for text in texts:
            execute(connection, f"ALTER TABLE {quoted(connection, self.table)} {text}")
        return 0


@dataclass(frozen=True, slots=True)
class AddReferences(Step):
    """PostgreSQL: add foreign keys to columns that are still empty, or whose values were checked before.

    NOT VALID leaves out the scan of the table; every row written from here on is checked all the same.
    """

    phase: ClassVar[int] = 3
    table: str
    references: Sequence[Reference]

    def describe(self) -> str:
        return f"check on {self.table}: {', '.join(f'{each.column} -> {each.target}' for each in self.references)}"

    def apply(self, connection: sa.Connection) -> int:
        for each in self.references:
            name = quoted(connection, generated("fk", self.table, each.column))
            execute(
                connection,
                f"ALTER TABLE {quoted(connection, self.table)} ADD CONSTRAINT {name} FOREIGN KEY "
                f"({quoted(connection, each.column)}){references_clause(connection, each.target)} NOT VALID",
            )
        return 0
