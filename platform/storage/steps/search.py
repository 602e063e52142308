"""Making the search table of an entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from sartor.platform.storage.search import SearchTable
from sartor.platform.storage.steps.step import Step, execute


@dataclass(frozen=True, slots=True)
class CreateSearch(Step):
    """Make an empty search table; what is there already is found once it was filled."""

    phase: ClassVar[int] = 1
    table: str

    def describe(self) -> str:
        return f"create the search table of {self.table}"

    def apply(self, connection: sa.Connection) -> int:
        for statement in SearchTable(self.table, connection.dialect.name).ddl():
            execute(connection, statement)
        return 0
