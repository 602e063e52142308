"""A workspace in a database, as far as records need one: tables of a model, a reader, a writer, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.actor import Actor
from sartor.platform.access.context import Context, person_context, system_context
from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.model import Model
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.question import Question, Term
from sartor.platform.query.reader import Reader
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.wish import Wish, Written
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.steps import CreateSearch, CreateTable
from sartor.platform.storage.steps.step import run
from sartor.platform.storage.system.state import sys_state
from sartor.platform.storage.tables import Tables

NOON = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)
COMPILER = Compiler(Kinds(Extensions.installed().seal()))


@dataclass
class World:
    """Everything a test of records needs, without publishing."""

    database: Database
    model: Model
    tables: Tables
    reader: Reader
    writer: Writer

    @property
    def system(self) -> Context:
        return system_context(self.model, "test", clock=lambda: NOON, zone="Asia/Shanghai")

    def person(self, user: int, *roles: str, **more: Any) -> Context:
        actor = Actor(id=user, name=f"user {user}", kind="person", roles=roles, **more)
        return person_context(self.model, actor, clock=lambda: NOON, zone="Asia/Shanghai")

    def make(self, entity: str, context: Context | None = None, **values: Any) -> str:
        """A record; its id as it stands in JSON."""
        return encode_id(self.writer.create(context or self.system, entity, values).id)

    def change(self, entity: str, key: str, context: Context | None = None, **values: Any) -> Written:
        return self.writer.update(context or self.system, entity, decode_id(key), Wish(values))

    def read(self, entity: str, key: str, *names: str, context: Context | None = None) -> dict[str, Any]:
        paths = tuple(tuple(name.split(".")) for name in names)
        return self.reader.record(context or self.system, entity, decode_id(key), paths)

    def names(self, entity: str, *sort: str, context: Context | None = None, limit: int = 50) -> list[str]:
        terms = tuple(Term.parse(each) for each in sort)
        title = self.model.entity(entity).title
        page = self.reader.page(context or self.system, Question(entity, ((title,),), sort=terms, limit=limit))
        return [row[title] for row in page.rows]


def open_world(url: str, documents: Mapping[str, Any]) -> World:
    """Make the tables of a set of definitions in an empty database."""
    database = Database.open(url, node=7)
    upgrade(database)
    model = COMPILER.compile(documents, 1)
    tables = Tables(model, database.dialect)
    with database.work() as work:
        make_tables(work.connection, model, tables)
        if work.connection.execute(sa.update(sys_state).values(revision=1)).rowcount == 0:
            row = {"id": 1, "revision": 1, "authz": 1, "stamp": 1, "workspace": "test"}
            work.connection.execute(sa.insert(sys_state).values(row))
    return World(database, model, tables, Reader(database, tables, Cursors(b"secret")), Writer(Tools(database, tables)))


def make_tables(connection: sa.Connection, model: Model, tables: Tables) -> None:
    """All tables first, then what points from one to another, then search."""
    for entity in model.entities.values():
        run(connection, create_steps(entity, tables))
    for entity in model.entities.values():
        run(connection, [CreateSearch(entity.table)])


def create_steps(entity: Any, tables: Tables) -> list[Any]:
    return [CreateTable(each) for each in (tables.of(entity), *tables.all_members(entity).values())]
