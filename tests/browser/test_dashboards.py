"""Dashboards at work: the designer's own grid, cards that come one by one, and one that does not come."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ALL = "/app/crm/-/dashboard/all"
HOME = "/build/looking/dashboards/home"


MEASURED = """(cards) => {
    const grid = cards[0].parentElement.getBoundingClientRect();
    const column = (grid.width + 12) / 12;
    return Object.fromEntries(cards.map((card) => {
        const box = card.getBoundingClientRect();
        const across = [(box.left - grid.left) / column, (box.width + 12) / column];
        const down = [(box.top - grid.top) / 64, (box.height + 12) / 64];
        return [card.id.replace("card-", ""), [...across, ...down].map((each) => Math.round(each * 100) / 100)];
    }));
}"""
"""Where cards stand at work, measured in columns and rows."""
DESIGNED = """(cards) => Object.fromEntries(cards.map((card) => [card.dataset.card,
    [["gs-x", 0], ["gs-w", 1], ["gs-y", 0], ["gs-h", 1]]
        .map(([name, fallback]) => Number(card.getAttribute(name) ?? fallback))]))"""


def test_people_see_the_grid_of_the_designer(server: Any, open_browser: Any, deal: str) -> None:
    page = open_browser("boss")
    server.go(page, "/app/crm/-/dashboard/home")
    page.locator(".board-place").first.wait_for()
    at_work = page.locator(".board-place").evaluate_all(MEASURED)
    server.go(page, HOME)
    expect(page.locator(".grid-stack-item[gs-w]")).to_have_count(len(at_work))
    assert page.locator(".grid-stack-item").evaluate_all(DESIGNED) == at_work


def test_a_card_that_does_not_come_says_so_and_comes_when_asked_again(server: Any, chromium: Any, deal: str) -> None:
    context = server.context(chromium, "boss")
    page = context.new_page()
    page.route("**/card/deals", lambda route: route.fulfill(status=503, content_type="text/plain", body="busy"))
    server.go(page, ALL)
    card = page.locator("#card-deals")
    expect(card.get_by_role("alert")).to_have_text("This card could not be fetched.")
    expect(page.locator("#card-won .value")).not_to_have_class("bone")
    page.unroute("**/card/deals")
    card.get_by_role("button", name="Try again").click()
    expect(card.locator("a.kpi")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("language", "theme", "size"), [("en", "light", "desk"), ("zh", "dark", "phone")])
def test_cards_that_came_are_accessible_and_fit(
    server: Any, open_browser: Any, deal: str, language: str, theme: str, size: str
) -> None:
    page = open_browser("boss", language=language, theme=theme, size=size)
    server.go(page, f"{ALL}?whole=1")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.locator("#card-by_account details > summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
