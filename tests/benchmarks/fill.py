"""Fill a workspace with the benchmark's files: the rows that the writer would have made, in bulk.

Indexes are taken away before and made again after, as everybody does who loads a million rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from columns import FILES, Lines, People, rows
from psycopg import sql

from sartor.platform.storage.search import SearchTable
from sartor.platform.workspace import Workspace

INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE %s"
OWN_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"


def fill(workspace: Workspace, folder: Path, people: People, url: str) -> None:
    """Load every file into its table and search table."""
    serving = workspace.serving()
    loader = _Sqlite(sa.make_url(url)) if serving.tables.dialect == "sqlite" else _Postgres(url)
    for entity in FILES:
        lines = Lines(serving, entity, people)
        loader.load(lines.entity.table, lines.names, (lines.line(row) for row in rows(folder, entity)))
        if lines.is_searched:
            entries = (lines.entry(row) for row in rows(folder, entity))
            loader.load_search(SearchTable(lines.entity.table, serving.tables.dialect).name, entries)
    loader.finish()


class _Postgres:
    """By COPY, without waiting for the disk."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute("SET maintenance_work_mem = '256MB'")

    def load(self, table: str, names: list[str], lines: Iterable[Iterable[Any]]) -> None:
        removed = self._without_indexes(table)
        # Foreign keys of the loaded rows hold: the files were made that way.
        self.connection.execute("SET session_replication_role = replica")
        columns = sql.SQL(", ").join(map(sql.Identifier, names))
        self._copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns), lines)
        self.connection.execute("SET session_replication_role = DEFAULT")
        for made in removed:
            self.connection.execute(made)

    def load_search(self, table: str, entries: Iterable[tuple[Any, ...]]) -> None:
        removed = self._without_indexes(table)
        self.connection.execute(
            "CREATE TEMP TABLE entries (record bigint, owner bigint, department bigint, tokens text)"
        )
        self._copy(sql.SQL("COPY entries FROM STDIN"), entries)
        insert = "INSERT INTO {} SELECT record, owner, department, array_to_tsvector(tokens::text[]) FROM entries"
        self.connection.execute(sql.SQL(insert).format(sql.Identifier(table)))
        self.connection.execute("DROP TABLE entries")
        for made in removed:
            self.connection.execute(made)

    def finish(self) -> None:
        self.connection.execute("VACUUM ANALYZE")
        self.connection.close()

    def _copy(self, statement: sql.Composed | sql.SQL, lines: Iterable[Iterable[Any]]) -> None:
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for line in lines:
                copy.write_row(tuple(line))

    def _without_indexes(self, table: str) -> list[bytes]:
        found = self.connection.execute(INDEXES, [table, "%_pkey"]).fetchall()
        for name, _made in found:
            self.connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        return [made.encode() for _name, made in found]


class _Sqlite:
    """In one transaction for each table."""

    def __init__(self, url: sa.URL) -> None:
        self.connection = sqlite3.connect(url.database or "", isolation_level=None)
        self.connection.execute("PRAGMA synchronous = OFF")

    def load(self, table: str, names: list[str], lines: Iterable[Iterable[Any]]) -> None:
        removed = self.connection.execute(OWN_INDEXES, [table]).fetchall()
        for name, _made in removed:
            self.connection.execute(f'DROP INDEX "{name}"')
        columns = ", ".join(f'"{name}"' for name in names)
        self._insert(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})', lines)
        for _name, made in removed:
            self.connection.execute(made)

    def load_search(self, table: str, entries: Iterable[tuple[Any, ...]]) -> None:
        self._insert(f'INSERT INTO "{table}" (rowid, owner, department, tokens) VALUES (?, ?, ?, ?)', entries)

    def finish(self) -> None:
        self.connection.execute("ANALYZE")
        self.connection.close()

    def _insert(self, statement: str, lines: Iterable[Iterable[Any]]) -> None:
        self.connection.execute("BEGIN")
        self.connection.executemany(statement, (tuple(line) for line in lines))
        self.connection.execute("COMMIT")
