"""One SQLite file: several writers sharing a commit is a thing of SQLite alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sartor.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    made = Database.open(f"sqlite:///{path}", node=1)
    upgrade(made)
    yield made
    made.close()
