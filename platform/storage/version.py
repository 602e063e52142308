"""Whether the database is of the age that this version of the product knows."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.errors import SartorError
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system import HEAD


class WrongDatabaseVersion(SartorError):
    """The system tables are missing, older or newer; the message says which command helps."""

    code = "database_version"


def current(database: Database) -> str | None:
    """The last migration that was applied; None for an empty database."""
    with database.read() as connection:
        if not sa.inspect(connection).has_table("sys_migration"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM sys_migration")).scalar()


def require_current(database: Database) -> None:
    """:raises WrongDatabaseVersion: unless the tables are exactly those that this version knows."""
    found = current(database)
    if found is None:
        raise WrongDatabaseVersion("The database holds no workspace; run: sartor init")
    if found < HEAD:
        raise WrongDatabaseVersion(f"The database is at {found}, this version needs {HEAD}; run: sartor upgrade")
    if found > HEAD:
        raise WrongDatabaseVersion(f"The database is at {found}, newer than this version ({HEAD}); update Sartor")
