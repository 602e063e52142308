"""What `sartor run` does before the workspace opens: usually nothing, so nothing heavy is imported here."""

from __future__ import annotations

from sartor.platform.access.setup import has_somebody, setup_key
from sartor.platform.settings import Settings
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system import HEAD
from sartor.platform.storage.unfinished import is_founded
from sartor.platform.storage.version import current, require_current
from sartor.runtime.cli.lazy import load


def prepared(found: Settings) -> str | None:
    """Make the workspace if there is none or it is not finished, bring an older one to this version; the set-up link if
    one is needed.

    :raises WrongDatabaseVersion: for a newer one.
    """
    database = Database.open(found.database_url)
    try:
        version = current(database)
        if version is None or version < HEAD or (version == HEAD and not is_founded(database)):
            load("founding").begin()
        require_current(database)
        return setup_link(found, database)
    finally:
        database.close()


def setup_link(found: Settings, database: Database) -> str | None:
    """A one-time link while nobody can sign in yet."""
    return None if has_somebody(database) else f"{found.base_url}/setup/{setup_key(database)}"
