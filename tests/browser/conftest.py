"""The small CRM on a real server, and people's browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from customers import account, deal
from numbered import documents
from offices import Office, open_office
from playwright.sync_api import Browser, Page
from served import Served, served, watched

__all__ = ["account", "deal"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, documents()) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        yield office


@pytest.fixture(scope="module")
def server(office: Office) -> Iterator[Served]:
    with served(office) as running:
        yield running


@pytest.fixture
def open_browser(server: Served, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`open_browser("ann", language="zh", size="phone")` is a page of Ann's; nothing may go wrong in it."""
    contexts, troubles = [], []

    def begin(who: str | None = "ann", **more: str) -> Page:
        context = server.context(chromium, who, **more)
        contexts.append(context)
        page = context.new_page()
        troubles.append(watched(page))
        return page

    yield begin
    for context in contexts:
        context.close()
    assert [each for found in troubles for each in found] == []
