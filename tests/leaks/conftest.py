"""A workspace in which much is hidden, and a reader in it whose roles a test chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from browsing import SHOWN
from concealed import DOCUMENTS, MADE, NUMBERS, OPEN
from offices import Answer, Office, decode_id, open_office
from questions import Asked
from twins import DEPARTMENTS, PEOPLE, Data, Filler

from sartor.platform.access.stamp import raise_authz
from sartor.platform.storage.system.identity import sys_user_role
from sartor.runtime.handlers import jobs_of

PARENTS = {"north": "hq", "south": "hq", "cellar": "north"}
MANAGERS = {"reader": "head", "helper": "reader"}
REQUESTS = 100_000
"""Places of requests come after those of data."""


@dataclass
class Bureau:
    """What the tests of leaks need: fill, ask everything, compare."""

    office: Office
    filler: Filler

    def give(self, roles: tuple[str, ...]) -> Any:
        """Make these the reader's only roles; the reader's access."""
        reader = self.office.people["reader"]

        def job(work: Any) -> None:
            work.connection.execute(sa.delete(sys_user_role).where(sys_user_role.c.user_id == reader))
            work.connection.execute(sa.insert(sys_user_role), [{"user_id": reader, "role": role} for role in roles])
            raise_authz(work)

        here = self.office.workspace
        here.database.run(job)
        return here.person(here.stamp(), reader).access

    def answers(self, data: Data, questions: list[Asked]) -> list[tuple[Asked, Answer]]:
        """What the reader is told of a data set, every page of every list."""
        self.filler.empty()
        self.filler.fill(data)
        found = []
        for number, asked in enumerate(questions):
            self.filler.at(REQUESTS + number)
            found += self._asked(asked)
        return found

    def _asked(self, asked: Asked) -> list[tuple[Asked, Answer]]:
        """Every page, then whatever follows; a job is done before it is asked about."""
        found = []
        query = dict(asked.query)
        for _page in range(3):
            told = self._sent(asked, query)
            found.append((asked, told))
            cursor = told.json.get("next") if told.status == 200 and told.is_json else None
            if not cursor:
                break
            query["cursor"] = cursor
        if told.status == 202 and asked.does:
            jobs_of(self.office.workspace).run(decode_id(told.json["job"]), "test")
        return found + [each for then in asked.then if (more := then(told)) for each in self._asked(more)]

    def _sent(self, asked: Asked, query: dict[str, Any]) -> Answer:
        if asked.path.startswith("/app"):
            data = {name: each.decode() for name, each in asked.form.items()} or None
            sort = {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
            return self.office.ask("reader", asked.method, asked.path, query=query, data=data, headers=sort, base="")
        if not asked.form:
            return self.office.ask("reader", asked.method, asked.path, asked.body, query=query)
        parts = {
            name: (BytesIO(data), "file.csv") if name == "file" else data.decode() for name, data in asked.form.items()
        }
        headers = {"Content-Type": "multipart/form-data"}
        return self.office.ask("reader", asked.method, asked.path, query=query, data=parts, headers=headers)


@pytest.fixture(scope="module")
def bureau(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    roles = {f"role/{name}": role.document for name, role in MADE.items()}
    documents = {**DOCUMENTS, **NUMBERS, **SHOWN, **roles, "role/open": OPEN}
    with open_office(module_database_url, tmp_path_factory.mktemp("bureau"), documents) as office:
        homes: dict[str, str] = {}
        for name in DEPARTMENTS:
            above = {"parent": homes[PARENTS[name]]} if name in PARENTS else {}
            homes[name] = office.make("department", {"name": name, **above})
        for name in ("head", "reader", "helper", "peer", "stranger"):
            home = PEOPLE[name]
            office.hire(name, department=homes[home] if home else None, manager=MANAGERS.get(name))
        filler = Filler(office, homes)
        yield Bureau(office, filler)
