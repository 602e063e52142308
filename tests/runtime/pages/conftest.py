"""The small CRM with people at their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crm import DOCUMENTS
from customers import account, deal
from offices import Office, open_office
from visits import Visitor

__all__ = ["account", "deal"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, DOCUMENTS) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        office.hire("max", "manager")
        office.hire("rep", "rep")
        office.hire("nobody")
        yield office


@pytest.fixture
def visit(office: Office) -> Callable[..., Visitor]:
    """`visit("ann")` is Ann at her browser; `visit()` somebody who is not signed in."""

    def begin(who: str | None = None, language: str = "en") -> Visitor:
        return Visitor(office, who, language)

    return begin
