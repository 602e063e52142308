"""Taking back what decided whether records count for a unique key, before that is judged again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.steps.step import Step


@dataclass(frozen=True, slots=True)
class Unset(Step):
    """Make a boolean blank in all rows: a record that leaves a key would else be in the way of one that comes under it
    and is judged before it."""

    phase: ClassVar[int] = 3
    table: str
    column: str

    def describe(self) -> str:
        return f"blank {self.column} of {self.table}"

    def apply(self, connection: sa.Connection) -> int:
        column = sa.column(self.column, sa.Boolean())
        chosen = sa.update(sa.table(self.table, column)).where(column.is_(sa.true()))
        return connection.execute(chosen.values({self.column: None})).rowcount
