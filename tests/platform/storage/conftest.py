"""A database of each engine with the system tables in it, and a small model."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from sartor.platform.fields.base import Column, ColumnKind, Members
from sartor.platform.model import Entity, Field, Model, UniqueKey
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


@pytest.fixture(scope="module")
def module_database(module_database_url: str) -> Iterator[Database]:
    """One database for the tests of a file, for those that hypothesis repeats."""
    database = Database.open(module_database_url, node=1)
    upgrade(database)
    yield database
    database.close()


class FakeType:
    """As much of a field type as storage asks for."""

    def __init__(self, *columns: Column, members: Members | None = None) -> None:
        self._columns = columns
        self._members = members

    def columns(self, field: Field) -> tuple[Column, ...]:
        return self._columns

    def members(self, field: Field) -> Members | None:
        return self._members


TYPES = {
    "text": FakeType(Column("", ColumnKind.TEXT), Column("__fold", ColumnKind.TEXT, shadow=True)),
    "money": FakeType(Column("", ColumnKind.DECIMAL, 3), Column("__cur", ColumnKind.TEXT)),
    "account": FakeType(Column("", ColumnKind.ID, target="account")),
    "tags": FakeType(members=Members(ColumnKind.TEXT, folded=True)),
    "accounts": FakeType(members=Members(ColumnKind.ID, target="account")),
}


def make_entity(name: str, fields: dict[str, str], **more: object) -> Entity:
    made = {
        key: Field(key, name, TYPES[kind], key, stored_as=key, searchable=kind == "text")
        for key, kind in fields.items()
    }
    return Entity(name, name, name, name, next(iter(fields)), made, **more)


@pytest.fixture
def model() -> Model:
    """Accounts with a name, and owned deals that point to them."""
    alone = UniqueKey("alone", ("name",), condition=SimpleNamespace(text="amount > 0"))
    deal_fields = {"name": "text", "amount": "money", "account": "account", "tags": "tags", "rivals": "accounts"}
    entities = (
        make_entity("account", {"name": "text"}),
        make_entity("deal", deal_fields, owned=True, keys=(alone,)),
    )
    return Model(1, {entity.name: entity for entity in entities})
