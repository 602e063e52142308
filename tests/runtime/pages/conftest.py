"""The small CRM with people at their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from crm import DOCUMENTS
from customers import account, deal
from offices import Office, open_office
from visits import Visitor

__all__ = ["account", "deal"]


@pytest.fixture(scope="module")
def design() -> Mapping[str, Any]:
    """What is published. A module whose pages need another design has a fixture of this name."""
    return DOCUMENTS


@pytest.fixture(scope="module")
def people() -> Mapping[str, Sequence[str]]:
    """Who works there, with their roles; to be had in a module's own way as well."""
    return {"boss": ["administrator"], "ann": ["seller"], "max": ["manager"], "rep": ["rep"], "nobody": []}


@pytest.fixture(scope="module")
def office(
    design: Mapping[str, Any], people: Mapping[str, Sequence[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, design) as office:
        for name, roles in people.items():
            office.hire(name, *roles)
        yield office


@pytest.fixture
def visit(office: Office) -> Callable[..., Visitor]:
    """`visit("ann")` is Ann at her browser; `visit()` somebody who is not signed in."""

    def begin(who: str | None = None, language: str = "en") -> Visitor:
        return Visitor(office, who, language)

    return begin
