"""Deleting for good what was taken out of the design: the only place that drops a column or a table.

Everything else only takes things out of sight. What is purged here cannot be brought back by a rollback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

from sartor.platform.publishing.retired.leftovers import KEYS, OLD_TYPE, ROLE
from sartor.platform.publishing.values import preparing
from sartor.platform.storage import catalogue
from sartor.platform.storage.engine import Database
from sartor.platform.storage.search import search_table_name
from sartor.platform.storage.steps.step import execute, quoted, settle_references, wait_briefly
from sartor.platform.storage.system.changes import PURGED, sys_retired
from sartor.platform.storage.tables import member_table_name
from sartor.platform.work import Work


@dataclass(frozen=True, slots=True)
class Leftover:
    """A retired column or table. rows: how many values or records would be gone."""

    id: int
    entity: str
    field: str | None
    table: str
    column: str | None
    at: datetime
    rows: int


class Purge:
    """Lists and deletes retired columns and tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def leftovers(self, before: datetime | None = None) -> list[Leftover]:
        """What could be purged: everything that went out of use before a moment."""
        chosen = (
            sa.select(sys_retired).where(sys_retired.c.what.not_in((KEYS, ROLE, PURGED))).order_by(sys_retired.c.id)
        )
        if before is not None:
            chosen = chosen.where(sys_retired.c.at < before)
        with self.database.read() as connection:
            rows = connection.execute(chosen).all()
            return [self._leftover(connection, row) for row in rows]

    def _leftover(self, connection: sa.Connection, row: sa.Row) -> Leftover:
        counted = "*" if row.column_name is None else quoted(connection, row.column_name)
        there = catalogue.columns(connection, [row.table_name]).get(row.table_name, frozenset())
        known = bool(there) and (row.column_name is None or row.column_name in there)
        count = f"SELECT count({counted}) FROM {quoted(connection, row.table_name)}"
        rows = connection.exec_driver_sql(count).scalar_one() if known else 0
        return Leftover(row.id, row.entity, row.field, row.table_name, row.column_name, row.at, rows)

    def drop(self, leftovers: Sequence[Leftover]) -> None:
        """Delete retired columns and tables, each in a transaction of its own."""
        for each in leftovers:
            self.database.run(partial(self._drop, leftover=each))

    def _drop(self, work: Work, leftover: Leftover) -> None:
        wait_briefly(work.connection)
        if leftover.column is None:
            self._drop_entity(work, leftover)
        else:
            self._drop_field(work, leftover.table, leftover.column)
            preparing.forget(work, leftover.table, leftover.column)
        mine = sys_retired.c.id == leftover.id
        old_type = sa.and_(mine, sys_retired.c.what == OLD_TYPE)
        work.connection.execute(sa.update(sys_retired).where(old_type).values(what=PURGED))
        work.connection.execute(sa.delete(sys_retired).where(mine, sys_retired.c.what != PURGED))

    def _drop_entity(self, work: Work, leftover: Leftover) -> None:
        connection, pointed = work.connection, False
        for table, key in foreign_keys(connection):
            if key["referred_table"] == leftover.table and table != leftover.table:
                pointed = self._release(connection, table, key) or pointed
        execute(connection, f"DROP TABLE IF EXISTS {quoted(connection, search_table_name(leftover.table))}")
        # SQLite keeps foreign keys in the text of the other tables, and refuses to write them without their target.
        word = "DELETE FROM" if pointed and self.database.dialect == "sqlite" else "DROP TABLE"
        execute(connection, f"{word} {quoted(connection, leftover.table)}")

    def _release(self, connection: sa.Connection, table: str, key: ReflectedForeignKeyConstraint) -> bool:
        """Let go of a table that is about to go: its side tables go with it, columns that point to it lose their
        values. Whether something still refers to it."""
        column = key["constrained_columns"][0]
        if column == "record":
            execute(connection, f"DROP TABLE {quoted(connection, table)}")
            return False
        if column == "value":
            execute(connection, f"DELETE FROM {quoted(connection, table)}")
        else:
            _blank(connection, table, column)
        if self.database.dialect == "postgresql":
            settle_references(connection)
            name = quoted(connection, str(key["name"]))
            execute(connection, f"ALTER TABLE {quoted(connection, table)} DROP CONSTRAINT {name}")
        return True

    def _drop_field(self, work: Work, table: str, stored_as: str) -> None:
        """The columns of a field: its value and whatever stands beside it, and its side table."""
        connection = work.connection
        there = catalogue.columns(connection, [table]).get(table, frozenset())
        pointing = {key["constrained_columns"][0] for name, key in foreign_keys(connection) if name == table}
        side = member_table_name(table, stored_as)
        execute(connection, f"DROP TABLE IF EXISTS {quoted(connection, side)}")
        for column in sorted(name for name in there if name == stored_as or name.startswith(f"{stored_as}__")):
            self._drop_indexes(connection, table, column)
            if column in pointing and self.database.dialect == "sqlite":
                # SQLite cannot drop a column that is a foreign key; without its values it is as good as gone.
                _blank(connection, table, column)
            else:
                execute(connection, f"ALTER TABLE {quoted(connection, table)} DROP COLUMN {quoted(connection, column)}")

    @staticmethod
    def _drop_indexes(connection: sa.Connection, table: str, column: str) -> None:
        for index in catalogue.indexes_over(connection, table, column):
            execute(connection, f"DROP INDEX {quoted(connection, index)}")


def _blank(connection: sa.Connection, table: str, column: str) -> None:
    name = quoted(connection, column)
    execute(connection, f"UPDATE {quoted(connection, table)} SET {name} = NULL WHERE {name} IS NOT NULL")


def foreign_keys(connection: sa.Connection) -> list[tuple[str, ReflectedForeignKeyConstraint]]:
    """Every foreign key between tables, retired columns included, as the database knows them."""
    inspector = sa.inspect(connection)
    return [(table, key) for table in inspector.get_table_names() for key in inspector.get_foreign_keys(table)]
