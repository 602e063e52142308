"""What is not saved: each tab keeps its own, and nobody sees or saves another person's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hands import kept
from offices import Office
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Served

pytestmark = pytest.mark.browser
SET = "keeping"
PAGE = f"/build/{SET}/entities/deal#/fields"
HELD = "() => Object.keys(localStorage).filter((name) => name.startsWith('sartor unsaved')).length"


@pytest.fixture
def context(server: Served, chromium: Browser) -> Iterator[BrowserContext]:
    """The boss's browser. Refusals stand in its console, so its pages are not watched."""
    made = server.context(chromium, "boss")
    yield made
    made.close()


@pytest.fixture
def opened(context: BrowserContext, server: Served) -> Callable[[str], Page]:
    """The properties of a field in a tab of its own."""

    def begin(field: str) -> Page:
        page = context.new_page()
        server.go(page, f"{PAGE}/{field}")
        page.locator("[data-ready=yes] [data-rows]").wait_for()
        return page

    return begin


def halve(page: Page, field: str) -> None:
    """Take away both labels, which is refused."""
    for language in ("en", "zh"):
        page.locator(f"#p-fields-{field}-label-{language}").fill("")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "refused")


def label(page: Page, field: str) -> str:
    page.locator(f"[data-name={field}]").first.click()
    return page.locator(f"#p-fields-{field}-label-en").input_value()


def test_two_tabs_keep_what_is_half_made_in_each(opened):
    one = opened("name")
    halve(one, "name")
    two = opened("amount")
    assert label(two, "name") != ""
    two.locator("[data-name=amount]").first.click()
    halve(two, "amount")
    one.reload()
    one.locator("[data-ready=yes] [data-rows]").wait_for()
    assert (label(one, "name"), label(one, "amount") != "") == ("", True)
    assert one.evaluate(HELD) == 2
    two.close()
    three = opened("amount")
    assert (label(three, "amount"), label(three, "name") != "") == ("", True)


def test_another_person_in_the_same_browser_sees_and_saves_nothing_of_it(office: Office, server, context, opened):
    office.hire("eve", "administrator")
    mine = opened("name")
    mine.locator("#p-fields-name-label-en").fill("Opportunity")
    mine.keyboard.press("Tab")
    kept(mine)
    halve(mine, "name")
    context.add_cookies([{"name": "sartor_session", "value": office.sign_in("eve")[0], "url": server.url}])
    theirs = opened("name")
    assert label(theirs, "name") == "Opportunity"
    expect(theirs.locator("[data-undo]")).to_be_disabled()
    assert theirs.evaluate(HELD) == 1
    mine.locator("#p-fields-name-label-en").fill("Never hers")
    mine.keyboard.press("Tab")
    expect(mine.locator("[data-saved]")).to_have_attribute("data-state", "signed_out")
    context.add_cookies([{"name": "sartor_session", "value": office.sign_in("boss")[0], "url": server.url}])
    assert label(opened("name"), "name") == "Opportunity"
    kept(mine)
