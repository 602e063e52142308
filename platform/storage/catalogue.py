"""What is really there: columns, indexes and rough sizes of tables, asked from the database itself.

A plan compares what is wanted with this, not with what an earlier revision meant to make; so it also mends what a
restored backup or a step cut short left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.storage.statement import COMPILERS, list_value


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table. rows: an estimate; exact up to some tens of thousands where the engine has no statistics."""

    columns: frozenset[str]
    indexes: frozenset[str]
    rows: int


COUNTED = 50_001
"""Rows are counted up to here; beyond, only that there are more is known."""
TRUSTED = 10_000
"""PostgreSQL's own estimate is good for large tables; small ones may have grown since it was made."""

_SQLITE_COLUMNS = (
    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name IN (SELECT value FROM json_each(:names))"
)
_SQLITE_INDEXES = (
    "SELECT tbl_name, name FROM sqlite_master "
    "WHERE type = 'index' AND tbl_name IN (SELECT value FROM json_each(:names))"
)
_POSTGRESQL_COLUMNS = (
    "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY (:names) "
    "AND a.attnum > 0 AND NOT a.attisdropped"
)
_POSTGRESQL_INDEXES = (
    "SELECT t.relname, c.relname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid "
    "JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ANY (:names) AND i.indisvalid"
)
_POSTGRESQL_OVER = (
    "SELECT DISTINCT c.relname FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'i' "
    "JOIN pg_class t ON t.oid = d.refobjid AND t.relnamespace = current_schema()::regnamespace "
    "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid "
    "WHERE t.relname = :of AND a.attname = :column"
)
_SQLITE_SAID = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :of AND sql IS NOT NULL"
_QUOTED, _WORD = re.compile("'(?:[^']|'')*'"), re.compile(r"\w+")


def read(connection: sa.Connection, names: Iterable[str]) -> Mapping[str, TableFacts]:
    """Facts about those of the tables that exist."""
    wanted = set(names)
    indexes = _grouped(connection, _SQLITE_INDEXES, _POSTGRESQL_INDEXES, wanted)
    return {
        name: TableFacts(found, indexes.get(name, frozenset()), rows(connection, name))
        for name, found in columns(connection, wanted).items()
    }


def columns(connection: sa.Connection, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The columns of those of the tables that exist."""
    return _grouped(connection, _SQLITE_COLUMNS, _POSTGRESQL_COLUMNS, names)


def indexes_over(connection: sa.Connection, table: str, column: str) -> list[str]:
    """Indexes of a table that hold a column, be it as a part of an expression."""
    if connection.dialect.name == "postgresql":
        return list(connection.execute(sa.text(_POSTGRESQL_OVER), {"of": table, "column": column}).scalars())
    said = connection.execute(sa.text(_SQLITE_SAID), {"of": table})
    return [name for name, text in said if column in _WORD.findall(_QUOTED.sub("", text.partition("(")[2]))]


def table_names(connection: sa.Connection) -> set[str]:
    """Every table that exists."""
    sqlite = connection.dialect.name == "sqlite"
    kept = "sqlite_master WHERE type = 'table'" if sqlite else "pg_tables WHERE schemaname = current_schema()"
    return set(connection.execute(sa.text(f"SELECT {'name' if sqlite else 'tablename'} FROM {kept}")).scalars())


def _grouped(
    connection: sa.Connection, sqlite: str, postgresql: str, names: Iterable[str]
) -> Mapping[str, frozenset[str]]:
    wanted = sorted(names)
    embedded = connection.dialect.name == "sqlite"
    given = {"names": list_value(wanted, "sqlite") if embedded else wanted}
    found: dict[str, set[str]] = {}
    for table, name in connection.execute(sa.text(sqlite if embedded else postgresql), given):
        found.setdefault(table, set()).add(name)
    return {table: frozenset(each) for table, each in found.items()}


def rows(connection: sa.Connection, table: str) -> int:
    """About how many rows a table has: exact when they are few."""
    quoted = COMPILERS[connection.dialect.name].identifier_preparer.quote_identifier(table)
    if connection.dialect.name == "postgresql":
        known = sa.text("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(:name)")
        estimate: int = connection.execute(known, {"name": quoted}).scalar_one()
        if estimate > TRUSTED:
            return estimate
    limited = sa.text(f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT {COUNTED}) AS counted")
    return int(connection.execute(limited).scalar_one())


def all_rows(connection: sa.Connection, table: str) -> int:
    """Exactly how many rows a table has, however many they are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one())
