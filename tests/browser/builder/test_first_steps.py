"""The first steps: a newcomer's path from a new field to a rollback, with its clicks counted, and the guide itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hands import kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
GUIDES = [Path(__file__).parents[3] / "docs" / name for name in ("admin-guide.md", "admin-guide.zh.md")]


class Newcomer:
    """Somebody with a mouse who has read nothing. clicks: how often it was pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Any) -> None:
        self.clicks += 1
        what.click()

    def pick(self, what: Any, text: str) -> None:
        """Open a list and press what is wanted in it."""
        self.clicks += 2
        what.select_option(label=text)

    def follow(self, name: str, within: str = "main") -> None:
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)
        self.page.wait_for_selector("html[data-ready]", state="attached")


def test_a_newcomer_adds_a_field_with_a_rule_publishes_and_rolls_back(office, server, open_browser):
    page, before = open_browser("boss"), office.workspace.stamp().revision
    server.go(page, "/build/main/start")
    hands = Newcomer(page)
    hands.follow("Add a field")
    page.locator("[data-ready=yes] [data-rows]").wait_for()
    hands.click(page.locator("[data-item=date]"))
    expect(page.locator("#p-fields-date-label-en")).to_be_focused()
    page.keyboard.type("Renewal date")
    page.keyboard.press("Tab")
    rule = page.locator("[data-part=required_if]")
    rule.locator("[data-add-condition] option").nth(1).wait_for(state="attached")
    hands.pick(rule.locator("[data-add-condition]"), "Stage")
    hands.click(rule.get_by_role("checkbox", name="Won"))
    expect(rule.locator(".good")).to_be_visible()
    kept(page)

    hands.follow("Views", "nav")
    hands.click(page.locator("main a[href$='/views/deal.all']").first)
    page.wait_for_url("**/views/deal.all")
    page.locator("[data-ready=yes]").first.wait_for()
    hands.click(page.locator("[data-item=renewal_date]").first)
    kept(page)

    hands.click(page.locator("[data-review]"))
    hands.click(page.get_by_role("button", name=f"Publish revision {before + 1}"))
    page.wait_for_url("**/revisions/**")
    published = office.workspace.serving().design.documents
    assert "won" in published["entity/deal"]["fields"]["renewal_date"]["required_if"]
    assert "renewal_date" in published["view/deal.all"]["columns"]
    assert "renewal_date" in repr(published["form/deal.main"]["sections"])

    hands.follow("Revisions", "nav")
    hands.click(page.get_by_role("link", name=f"To revision {before}", exact=True))
    button = page.get_by_role("button", name=f"Roll back to revision {before}")
    button.wait_for()
    if page.locator("input[name=confirm]").count():
        hands.click(page.locator("input[name=confirm]"))
    hands.click(button)
    page.wait_for_url("**/revisions/**")
    assert "renewal_date" not in office.workspace.serving().design.documents["entity/deal"]["fields"]
    for guide in GUIDES:
        assert re.search(rf"\b{hands.clicks}\b", guide.read_text(encoding="utf-8")), (guide.name, hands.clicks)


def test_a_step_is_left_out_and_come_back_to(office, server, open_browser):
    page = open_browser("boss")
    server.go(page, "/build/main/start")
    step = page.locator("[data-step=language]")
    step.get_by_role("button", name="Skip").click()
    expect(step).to_have_class("step-skipped")
    server.go(page, "/build/main/start")
    step.get_by_role("button", name="Not yet").press("Enter")
    expect(step).to_have_class("step-open")
    page.get_by_role("button", name="I know my way").click()
    page.wait_for_url(re.compile("/app"))
    server.go(page, "/build/main")
    expect(page.locator("main").get_by_role("link", name="First steps")).to_have_count(0)
