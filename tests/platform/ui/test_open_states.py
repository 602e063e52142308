"""What opens over a page is as accessible as the page: axe looks at each, by turns at the desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import violations
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def chip(page: Page) -> None:
    page.locator("a[data-editor]").first.click()
    page.locator("[data-editor-form]").wait_for()


def peek(page: Page) -> None:
    page.locator("[data-row]").nth(1).focus()
    page.keyboard.press("Space")
    page.locator("#peek:not([hidden])").wait_for()


def chosen(page: Page) -> None:
    page.locator("[data-row]").nth(1).focus()
    page.keyboard.press("x")


def jump(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.locator("[role=option]:visible").first.wait_for()


def nothing_found(page: Page) -> None:
    page.locator("#jump").evaluate("veil => veil.dataset.searchUrl = '/no-hits'")
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()


def picker(page: Page) -> None:
    page.get_by_role("combobox", name="Customer").click()
    page.locator("[role=option]:visible").first.wait_for()


STATES: dict[str, tuple[str, Callable[[Page], object]]] = {
    "the list of keys": ("list", lambda page: page.keyboard.press("?")),
    "the editor of a condition": ("list", chip),
    "the menu of fields": ("list", lambda page: page.locator("summary[data-key='F']").click()),
    "the menu of views": ("list", lambda page: page.locator("summary[data-key='V']").click()),
    "a peek": ("list", peek),
    "chosen rows": ("list", chosen),
    "quick search": ("home", jump),
    "quick search without a hit": ("home", nothing_found),
    "a dialog": ("record", lambda page: page.locator("[data-key='L']").first.click()),
    "a picker": ("form", picker),
    "the question before a loss": ("list", lambda page: (chosen(page), page.get_by_label("Delete").click())),
}


@pytest.mark.parametrize(("state", "width"), [(state, (1440, 375)[at % 2]) for at, state in enumerate(STATES)])
def test_what_opens_can_be_used_by_everyone(state, width, chromium: Browser, gallery):
    name, act = STATES[state]
    page = chromium.new_context(viewport={"width": width, "height": 812}).new_page()
    page.goto(f"{gallery[0]}/{name}")
    page.locator("html[data-ready]").wait_for(state="attached")
    act(page)
    page.wait_for_timeout(200)
    # The list of a picker hides what is below it from axe, which then takes that for too small.
    assert violations(page, ".ts-wrapper.focus" if state == "a picker" else "html") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
