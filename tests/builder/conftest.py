"""The small CRM, and people who may or may not design it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from numbered import documents
from offices import Office, open_office
from werkzeug.test import TestResponse

DRAFTING = {
    "label": "Drafting",
    "abilities": ["design"],
    "grants": {
        "account": {"operations": ["read"], "scope": "all", "fields": {"*": "read", "phone": "hidden"}},
    },
}
"""May design everything and read little."""


@dataclass
class Visitor:
    """A browser of somebody who is signed in."""

    office: Office
    who: str

    def get(self, path: str, language: str = "en") -> TestResponse:
        client = self.office.app.test_client()
        client.set_cookie("sartor_session", self.office.sign_in(self.who)[0])
        client.set_cookie("language", language)
        return client.get(path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, documents() | {"role/drafting": DRAFTING}) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        yield office


@pytest.fixture
def boss(office: Office) -> Visitor:
    return Visitor(office, "boss")


@pytest.fixture
def ann(office: Office) -> Visitor:
    return Visitor(office, "ann")
