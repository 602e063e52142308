"""Migrations of the system tables. Alembic takes most of a second to import: only what makes or upgrades a
workspace imports this module; everyone else asks `version.py`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from sartor.platform.storage.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the system tables to what this version knows, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with database.driver.turn(), database.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
