"""A workspace with people in it, served in this process: what tests of the API walk into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from sartor.platform.access.assign import Assignment
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.founding import found_workspace
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.publishing.publisher import Publication
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace
from sartor.runtime.app import create_app

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """status, headers, and the body as bytes and as JSON."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.data)

    @property
    def is_json(self) -> bool:
        return self.headers.get("Content-Type", "").startswith(("application/json", "application/problem+json"))

    @property
    def problems(self) -> dict[str, str]:
        """Field -> code of each problem."""
        return {each["field"]: each["code"] for each in self.json.get("errors", [])}


@dataclass
class Office:
    """Everything that a test of the API needs. people: by name; keys: their tokens."""

    workspace: Workspace
    app: Flask
    people: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    # ---- people

    def hire(
        self, name: str, *roles: str, department: str | None = None, manager: str | None = None, read_only: bool = False
    ) -> str:
        """A person with roles and a token; the id as it stands in JSON."""
        here, serving = self.workspace, self.workspace.serving()
        context = here.system("test")
        boss = encode_id(self.people[manager]) if manager else None
        values = {
            "name": name,
            "email": f"{name.replace(' ', '_')}@example.com",
            "department": department,
            "manager": boss,
        }

        def job(work: Any) -> tuple[int, str]:
            made = serving.writer.create(context, "user", {k: v for k, v in values.items() if v}, work=work).id
            for role in roles:
                Assignment(here.database, serving.tables).assign(work, context, made, role)
            return made, here.tokens.create(work, made, "test", read_only=read_only)[1]

        self.people[name], self.keys[name] = here.database.run(job)
        return encode_id(self.people[name])

    def sign_in(self, name: str) -> tuple[str, str]:
        """A session of a person: key of the cookie and token against forgery."""
        here = self.workspace
        key = here.database.run(lambda work: here.sessions.start(work, self.people[name]))
        found = here.sessions.find(key).session
        assert found is not None
        return key, found.csrf

    # ---- records

    def make(self, entity: str, values: Mapping[str, Any], by: str | None = None) -> str:
        """A record, made by the system or by a person past the API; its id."""
        here = self.workspace
        context = here.person(here.stamp(), self.people[by]) if by else here.system("test")
        return encode_id(here.serving().writer.create(context, entity, values).id)

    def publish(self, documents: Mapping[str, Any]) -> int:
        """Publish documents on top of what is there; None takes one away."""
        here = self.workspace
        merged = {**here.serving().design.documents, **documents}
        plan = here.publisher.plan_documents({key: each for key, each in merged.items() if each is not None})
        return here.publisher.apply(plan, Publication("test", confirm=plan.fingerprint))

    # ---- requests

    def ask(self, who: str | None, method: str, path: str, json: Any = None, **more: Any) -> Answer:
        """One request with a person's token; None asks as nobody. more: `data` as bytes, `headers`, `query`, `base` for
        what is no part of the API."""
        sent = dict(more.get("headers") or {})
        if who is not None:
            sent.setdefault("Authorization", f"Bearer {self.keys[who]}")
        body = more.get("data", None if json is None else orjson.dumps(json))
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        client = self.app.test_client(use_cookies=False)
        query = more.get("query")
        found: TestResponse = client.open(
            more.get("base", API) + path, method=method, data=body, headers=sent, query_string=query
        )
        return Answer(found.status_code, dict(found.headers), found.get_data())

    def get(self, who: str | None, path: str, **query: Any) -> Answer:
        return self.ask(who, "GET", path, query=query)

    def post(self, who: str | None, path: str, json: Any, **more: Any) -> Answer:
        return self.ask(who, "POST", path, json, **more)

    # ---- what is there

    def checksum(self) -> dict[str, int]:
        """Something that changes with any value of any table, by table; last uses of sessions and tokens apart."""
        return {name: hash(rows) for name, rows in self.rows().items()}

    def rows(self) -> dict[str, tuple[Any, ...]]:
        with self.workspace.database.read() as connection:
            names = sa.inspect(connection).get_table_names()
            return {name: _rows(connection, name) for name in sorted(names) if not _apart(name)}


def _apart(name: str) -> bool:
    """The inner tables of the search index hold nothing of their own; limits on guessing count requests."""
    return name.startswith(("sqlite_", "sys_search_")) and "_" in name[11:] or name in ("sys_attempt", "sys_node")


def _rows(connection: sa.Connection, name: str) -> tuple[Any, ...]:
    found = connection.execute(sa.text(f'SELECT * FROM "{name}"')).mappings()
    left_out = {"last_used_at", "seen_at"}
    return tuple(sorted(repr({key: value for key, value in row.items() if key not in left_out}) for row in found))


@contextmanager
def open_office(
    url: str, folder: Path, documents: Mapping[str, Any] | None = None, extensions: Extensions | None = None
) -> Iterator[Office]:
    """Found a workspace in an empty database, with documents as its second revision. extensions: with types besides
    those that ship."""
    settings = Settings.from_environment(
        {
            "SARTOR_DATA": str(folder),
            "SARTOR_DATABASE_URL": url,
            "SARTOR_SECRET_KEY": "0123456789abcdef" * 4,
            "SARTOR_TIMEZONE": "Asia/Shanghai",
        }
    )
    workspace = Workspace.open(settings, extensions)
    found_workspace(workspace)
    office = Office(workspace, create_app(workspace))
    if documents:
        office.publish(documents)
    yield office
    workspace.close()


__all__ = ["API", "Answer", "Office", "decode_id", "encode_id", "open_office"]
