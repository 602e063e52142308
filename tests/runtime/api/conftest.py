"""One workspace for the tests of a file: the small CRM, with people of every kind in it and a record of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crm import DOCUMENTS
from offices import Office, open_office

ROLES = {
    "role/designer": {"label": "Designer", "abilities": ["design"], "grants": {}},
    "role/clerk": {"label": "Clerk", "abilities": ["administer"], "grants": {}},
}


@pytest.fixture(scope="module")
def office(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(module_database_url, folder, {**DOCUMENTS, **ROLES}) as office:
        office.hire("boss", "administrator")
        office.hire("rep", "rep")
        office.hire("other", "rep")
        office.hire("manager", "manager")
        office.hire("designer", "designer")
        office.hire("clerk", "clerk")
        office.hire("reader", "manager", read_only=True)
        office.hire("nobody")
        yield office


@pytest.fixture
def account(office: Office) -> str:
    """A customer of the rep's."""
    return office.make("account", {"name": "Acme"}, by="rep")
