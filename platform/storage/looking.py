"""What an operator wants to know of a database itself: version, whether it is whole, its clock, files it names."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.files import sys_file


def version(database: Database) -> str:
    """`sqlite 3.40.1`."""
    with database.read() as connection:
        return f"{database.dialect} {'.'.join(map(str, connection.dialect.server_version_info or ()))}"


def damage(database: Database) -> str:
    """What SQLite finds damaged; empty where nothing is, and on PostgreSQL, which looks after itself."""
    if database.dialect != "sqlite":
        return ""
    with database.read() as connection:
        found = str(connection.execute(sa.text("PRAGMA quick_check(1)")).scalar_one())
    return "" if found == "ok" else found


def encoding(database: Database) -> str:
    if database.dialect == "sqlite":
        return "UTF8"
    with database.read() as connection:
        return str(connection.execute(sa.text("SHOW server_encoding")).scalar_one())


def clocks_apart(database: Database) -> timedelta:
    """How far the database's clock is from this machine's."""
    if database.dialect == "sqlite":
        return timedelta(0)
    with database.read() as connection:
        there = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return timedelta(seconds=abs((there - database.clock()).total_seconds()))


def named_files(database: Database, most: int) -> list[str]:
    """The hashes of stored files, the first ones."""
    names = sa.select(sys_file.c.hash).distinct().order_by(sys_file.c.hash).limit(most)
    with database.read() as connection:
        return list(connection.execute(names).scalars())
