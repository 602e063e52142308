"""A workspace that can be published to: documents, a publisher, and records written under the current model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from worlds import COMPILER

from sartor.platform.access.context import Context, system_context
from sartor.platform.model import Model
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import Publication, Publisher
from sartor.platform.publishing.store import DocumentStore
from sartor.platform.publishing.values.background import BackgroundSteps
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade


def environment(model: Model) -> Any:
    return system_context(model, "test", zone="Asia/Shanghai").env()


@dataclass
class Workshop:
    """What a test of publishing needs."""

    database: Database
    models: ModelCache
    publisher: Publisher

    @property
    def design(self) -> Design:
        return self.models.current()

    @property
    def background(self) -> BackgroundSteps:
        return BackgroundSteps(self.models, environment)

    @property
    def system(self) -> Context:
        return system_context(self.design.model, "test", zone="Asia/Shanghai")

    def edit(self, changes: Mapping[str, Any], name: str = "main") -> Plan:
        """Put (or, with None, delete) documents, and plan."""
        self.publisher.sets.put_all(changes, name=name)
        return self.publisher.plan(name)

    def publish(self, changes: Mapping[str, Any], name: str = "main") -> int:
        """Put documents and publish them, whatever the plan says will be lost."""
        plan = self.edit(changes, name)
        return self.publisher.publish(Publication("test", confirm=plan.fingerprint), name)

    def rollback(self, number: int) -> int:
        plan = self.publisher.plan_rollback(number)
        return self.publisher.rollback(number, Publication(confirm=plan.fingerprint))

    def document(self, key: str) -> dict[str, Any]:
        """A copy of a published document, for editing."""
        return deepcopy(dict(self.design.documents[key]))

    @property
    def writer(self) -> Writer:
        return Writer(Tools(self.database, self.design.tables))

    def make(self, entity: str, **values: Any) -> int:
        return int(self.writer.create(self.system, entity, values).id)

    def rows(self, sql: str, **given: Any) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(sa.text(sql), given)]

    def value(self, sql: str, **given: Any) -> Any:
        return self.rows(sql, **given)[0][0]


@contextmanager
def open_workshop(url: str, documents: Mapping[str, Any]) -> Iterator[Workshop]:
    """Migrate an empty database and publish documents as its first revision."""
    database = Database.open(url, node=7)
    upgrade(database)
    workshop = connect(database)
    plan = workshop.publisher.plan_documents(documents)
    workshop.publisher.apply(plan, Publication("first"))
    yield workshop
    database.close()


def connect(database: Database) -> Workshop:
    """What another process on the same database would have."""
    models = ModelCache(database, COMPILER, DocumentStore())
    return Workshop(database, models, Publisher(models, environment))


def with_field(workshop: Workshop, name: str, part: dict[str, Any], entity: str = "account") -> dict[str, Any]:
    """An entity with one more (or another) field."""
    document = workshop.document(f"entity/{entity}")
    return {f"entity/{entity}": {**document, "fields": {**document["fields"], name: part}}}


def without_field(workshop: Workshop, name: str, entity: str = "account") -> dict[str, Any]:
    """An entity without one of its fields."""
    document = workshop.document(f"entity/{entity}")
    fields = {key: part for key, part in document["fields"].items() if key != name}
    return {f"entity/{entity}": {**document, "fields": fields}}


def text(label: str = "New", **more: Any) -> dict[str, Any]:
    """The document of a text field."""
    return {"type": "text", "label": label, "order": 999, **more}
