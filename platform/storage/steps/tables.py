"""Making a table: of an entity, or at the side of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.steps.columns import references_clause
from sartor.platform.storage.steps.step import Step, column_spec, execute, listed, quoted
from sartor.platform.storage.tables import Reference


@dataclass(frozen=True, slots=True)
class CreateTable(Step):
    """Make a table with its primary key.

    references: foreign keys to tables that are there already; SQLite takes them from the table's own text only, so on
    SQLite they must be complete, whether the target is there yet or not.
    """

    phase: ClassVar[int] = 1
    made: sa.Table
    references: Sequence[Reference] = ()

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.made.name

    def describe(self) -> str:
        return f"create table {self.table} with {len(self.made.columns)} columns"

    def apply(self, connection: sa.Connection) -> int:
        targets = {each.column: each.target for each in self.references}
        parts = [
            column_spec(connection, column) + references_clause(connection, targets.get(column.name))
            for column in self.made.columns
        ]
        parts.append(f"PRIMARY KEY ({listed(connection, (column.name for column in self.made.primary_key))})")
        compact = connection.dialect.name == "sqlite" and self.made.dialect_options["sqlite"]["with_rowid"] is False
        ending = " WITHOUT ROWID" if compact else ""
        execute(connection, f"CREATE TABLE {quoted(connection, self.table)} ({', '.join(parts)}){ending}")
        return 0
