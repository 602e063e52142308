"""Quick search, charts, menus, theme, phone navigation."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def home(page: Page, gallery) -> Page:
    page.goto(f"{gallery[0]}/home")
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


def test_quick_search_is_worked_by_keys(home: Page):
    home.keyboard.press("Control+k")
    box = home.get_by_role("combobox", name="Search or jump")
    expect(box).to_be_focused()
    home.keyboard.type("hlhs")
    expect(home.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    home.wait_for_url("**/record")


def test_quick_search_gives_the_focus_back(home: Page):
    home.get_by_role("link", name="Dashboards").focus()
    home.keyboard.press("Control+k")
    home.keyboard.press("Escape")
    expect(home.get_by_role("link", name="Dashboards")).to_be_focused()


def test_a_chart_is_drawn_and_offers_nothing_to_the_outside(page: Page, gallery):
    page.goto(f"{gallery[0]}/dashboard")
    page.locator('sartor-chart[data-drawn="yes"]').first.wait_for()
    assert page.locator(".modebar-btn, [data-title*='hare']").count() == 0
    assert page.locator("#panel-funnel svg .funnellayer").count() == 1


def test_a_click_on_a_bar_opens_its_rows(page: Page, gallery):
    page.goto(f"{gallery[0]}/dashboard")
    page.locator('#panel-reasons sartor-chart[data-drawn="yes"]').wait_for()
    bar = page.locator("#panel-reasons .bars path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_url("**/list")


def test_a_chart_is_shown_as_a_table_on_request(page: Page, gallery):
    page.goto(f"{gallery[0]}/dashboard")
    panel = page.locator("#panel-funnel")
    panel.get_by_role("button", name="Funnel as table").click()
    expect(panel.get_by_role("table")).to_be_visible()
    expect(panel.locator("[data-plot]")).to_be_hidden()


def test_the_theme_changes_at_once(home: Page):
    home.locator("summary.me").click()
    home.get_by_role("button", name="Dark").click()
    assert home.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_one_menu_is_open_at_a_time_and_escape_closes_it(page: Page, gallery):
    page.goto(f"{gallery[0]}/list")
    page.locator("summary[data-key='V']").click()
    page.locator("summary[data-key='F']").click()
    assert page.locator("details.menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.menu[open]").count() == 0


def test_a_todo_is_ticked(home: Page):
    home.get_by_label("Mark done: New lead assigned to you").check()
    expect(home.locator(".todo.is-done")).to_have_count(1)


def test_the_phones_menu_opens_without_script(chromium, gallery):
    page = chromium.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False).new_page()
    page.goto(f"{gallery[0]}/home")
    expect(page.get_by_role("link", name="Board", exact=True)).to_be_hidden()
    page.get_by_role("link", name="More").click()
    expect(page.get_by_role("link", name="Board", exact=True)).to_be_visible()
    page.context.close()


def test_a_failed_fragment_is_said_and_the_page_stays(page: Page, gallery):
    page.goto(f"{gallery[0]}/record")
    page.route("**/feed", lambda route: route.fulfill(status=500, body="x", content_type="text/plain"))
    page.get_by_role("link", name="Older").click()
    expect(page.locator("#toasts")).to_contain_text("That did not work (500)")
    expect(page.get_by_role("link", name="Older")).to_be_visible()
