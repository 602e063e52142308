"""How a test of a designer begins and ends.

A module says what it opens: `SET` the change set, `WHERE` the page, `READY` what is there when it can be used. Browsers
are kept for the whole module, so that scripts and styles are fetched once; each test has pages of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from offices import Office
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Served, watched

Opener = Callable[..., Page]
FORGET = "() => localStorage.clear()"
UNDER_WAY = "[data-saved]:is([data-state=waiting], [data-state=keeping])"
"""An edit that is being kept: it would outlive the page, and come after what the test discards."""


@pytest.fixture(scope="module")
def browsers(server: Served, chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Somebody's browser, the same one whenever it is asked for in one look."""
    kept: dict[tuple[object, ...], BrowserContext] = {}

    def of(who: str | None, **look: str) -> BrowserContext:
        key = (who, *sorted(look.items()))
        if key not in kept:
            kept[key] = server.context(chromium, who, **look)
        return kept[key]

    yield of
    for context in kept.values():
        context.close()


@pytest.fixture
def open_browser(browsers: Callable[..., BrowserContext]) -> Iterator[Opener]:
    """As elsewhere: a page of somebody's, in which nothing may go wrong; what it keeps is forgotten afterwards."""
    opened: list[tuple[Page, list[str]]] = []

    def begin(who: str | None = "ann", **look: str) -> Page:
        page = browsers(who, **look).new_page()
        opened.append((page, watched(page)))
        return page

    yield begin
    for page, _troubles in opened:
        if page.url.startswith("http"):
            expect(page.locator(UNDER_WAY)).to_have_count(0)
            page.evaluate(FORGET)
        page.close()
    assert [each for _page, troubles in opened for each in troubles] == []


@pytest.fixture(autouse=True)
def _discarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """No edit outlives its test."""
    yield
    name = getattr(request.module, "SET", None)
    if name:
        office: Office = request.getfixturevalue("office")
        office.workspace.publisher.sets.discard(name=name)


@pytest.fixture
def open_designer(request: pytest.FixtureRequest, server: Served, open_browser: Opener) -> Opener:
    """`open_designer(size="phone", language="zh")` is the module's page, ready to be used."""

    def begin(path: str = request.module.WHERE, **look: str) -> Page:
        page = open_browser("boss", **look)
        server.go(page, path)
        page.locator(f"[data-ready=yes] {request.module.READY}").first.wait_for()
        return page

    return begin


@pytest.fixture
def designer(open_designer: Opener) -> Page:
    """On a desk, in English, in the light."""
    return open_designer()


@pytest.fixture
def phone(open_designer: Opener) -> Page:
    """In a hand, in Chinese."""
    return open_designer(size="phone", language="zh")
