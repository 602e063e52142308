"""A database of each engine with the system tables in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade


@pytest.fixture
def empty_database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    upgrade(empty_database)
    return empty_database
