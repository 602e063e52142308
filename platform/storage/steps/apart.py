"""Building an index of a big table beside the daily work, outside any transaction that holds others up."""

from __future__ import annotations

from sartor.platform.storage.engine import Database
from sartor.platform.storage.steps.indexes import CreateIndex
from sartor.platform.storage.steps.step import execute, quoted


def build_apart(database: Database, index: CreateIndex) -> None:
    """Make an index that is not there yet. What an attempt that was cut short left behind is cleared away first."""
    if database.dialect == "sqlite":
        with database.work() as work:
            index.apply(work.connection)
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        execute(connection, f"DROP INDEX CONCURRENTLY IF EXISTS {quoted(connection, index.name)}")
        execute(connection, index.sql(connection, concurrently=True))
