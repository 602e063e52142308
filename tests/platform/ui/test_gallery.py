"""Every page in two of the ways people look at it (language, theme, width): axe finds nothing, nothing is too wide,
nothing breaks the security policy. `SARTOR_GALLERY_SHOTS=folder` looks in all ways and keeps a picture of each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe import violations
from gallery.server import PAGES
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WAYS = [("en", "light", 1440), ("zh", "dark", 1440), ("en", "dark", 375), ("zh", "light", 375)]
DRAWN_LATER = {"dashboard", "home"}
SHOTS = os.environ.get("SARTOR_GALLERY_SHOTS")


@pytest.fixture(scope="module")
def pages(chromium: Browser):
    """One page for each way of looking, and what its console said."""
    made = {}
    for way in WAYS:
        page = chromium.new_context(viewport={"width": way[2], "height": 900}).new_page()
        said: list[str] = []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        made[way] = (page, said)
    yield made
    for page, _said in made.values():
        page.context.close()


def keep_picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=page.viewport_size["width"] < 500)


def looks() -> list[tuple[str, tuple[str, str, int]]]:
    """Page after page the pair of ways changes, so that each part of a page meets every way somewhere."""
    pairs = [WAYS[::3], WAYS[1:3]]
    return [(name, way) for at, name in enumerate(PAGES) for way in (WAYS if SHOTS else pairs[at % 2])]


@pytest.mark.parametrize(
    ("name", "way"), looks(), ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value))
)
def test_a_page_can_be_used_by_everyone(name, way, pages, gallery):
    language, theme, width = way
    page, said = pages[way]
    said.clear()
    page.goto(f"{gallery[0]}/{name}?lang={language}&theme={theme}")
    page.locator("html[data-ready]").wait_for(state="attached")
    if name in DRAWN_LATER:
        page.wait_for_load_state("networkidle")
    keep_picture(page, f"{name}.{language}.{theme}.{width}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
