"""The small CRM, published once for each engine and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import crm
import pytest
from servers import PostgresServer
from sqlalchemy import make_url
from workshops import Workshop, connect, open_workshop

from sartor.platform.storage.engine import Database


@pytest.fixture(scope="session")
def sqlite_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "sartor.db"
    with open_workshop(f"sqlite:///{path}", crm.documents()):
        pass
    return path


@pytest.fixture(scope="session")
def postgres_published(postgres_server: PostgresServer) -> str:
    url = postgres_server.create()
    with open_workshop(url, crm.documents()):
        pass
    return make_url(url).database or ""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def published_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database in which the small CRM is published."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_published"), tmp_path / "sartor.db")
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("postgres_published"))
    yield url
    server.drop(url)


@pytest.fixture
def workshop(published_url: str) -> Iterator[Workshop]:
    database = Database.open(published_url, node=7)
    yield connect(database)
    database.close()
