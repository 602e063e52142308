"""The small CRM in a database of each engine."""

from __future__ import annotations

from collections.abc import Iterator

import crm
import pytest
from worlds import World, open_world


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = open_world(database_url, crm.documents())
    yield made
    made.database.close()


@pytest.fixture
def account(world: World) -> str:
    return world.make("account", name="上海华为技术")
