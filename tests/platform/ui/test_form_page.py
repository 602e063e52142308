"""Forms in the browser: live rules, lines, pickers, unsaved changes, dialogs."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def form(page: Page, gallery) -> Page:
    page.goto(f"{gallery[0]}/form")
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


def field(page: Page, name: str):
    return page.locator(f'[data-field="{name}"]')


def test_rules_of_the_server_show_fields_and_compute_values(form: Page):
    expect(field(form, "gone")).to_be_visible()
    form.get_by_label("Yes or no").uncheck()
    expect(field(form, "gone")).to_be_hidden()
    form.get_by_label("Text *", exact=True).fill("abc")
    expect(field(form, "number").locator("output")).to_have_text("ABC")


def test_an_untouched_field_is_not_scolded(form: Page):
    expect(field(form, "note").locator("[data-must]")).to_be_visible()
    expect(field(form, "note").locator("[data-error]")).to_be_hidden()
    field(form, "note").locator("textarea").fill("x")
    expect(field(form, "note").locator("[data-error]")).to_be_visible()


def test_unsaved_values_are_counted_and_guarded(form: Page):
    form.get_by_label("Text *", exact=True).fill("abc")
    expect(form.locator("[data-unsaved]")).to_have_text("1 not saved yet")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.get_by_role("link", name="Home").click()
    form.wait_for_url("**/home")
    assert asked == ["beforeunload"]


def test_saving_is_not_guarded(form: Page, gallery):
    form.get_by_label("Text *", exact=True).fill("abc")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    gallery[1].requests.clear()
    with form.expect_navigation():
        form.keyboard.press("Control+s")
    sent = next(parse_qs(body) for method, path, body in gallery[1].requests if (method, path) == ("POST", "/form"))
    assert asked == []
    assert sent["title"] == ["abc"]
    assert sent["_csrf"] == ["token"]
    assert sent["place.city"] == ["青岛"]
    assert sent["items[0].id"] == ["1"]


def test_lines_are_added_by_enter_and_removed(form: Page):
    lines = form.locator("sartor-lines")
    lines.locator('[name="items[1].count"]').focus()
    form.keyboard.press("Enter")
    expect(lines.locator("[data-line]")).to_have_count(3)
    assert lines.locator('[name="items[2].count"]').input_value() == "1"
    lines.get_by_role("button", name="Remove this line").nth(1).click()
    expect(lines.locator("[data-line]")).to_have_count(2)


def test_lines_are_moved_by_keys(form: Page):
    form.locator('[name="items[1].count"]').focus()
    form.keyboard.press("Alt+ArrowUp")
    order = form.locator("sartor-lines [data-line]").evaluate_all("rows => rows.map(row => row.dataset.line)")
    assert order == ["1", "0"]


def test_a_picker_searches_the_server_and_shows_no_markup(form: Page, gallery):
    box = form.get_by_role("combobox", name="Customer")
    box.click()
    box.press_sequentially("hai")
    form.get_by_role("option", name="Hailan <b>").click()
    assert form.locator('select[name="account"]').evaluate("select => select.value") == "o1"
    assert any(path == "/options" for _method, path, _body in gallery[1].requests)


def test_tags_can_be_new(form: Page):
    box = form.get_by_role("combobox", name="Tags")
    box.click()
    box.press_sequentially("fresh")
    form.keyboard.press("Enter")
    chosen = form.locator('select[name="tags[]"]').evaluate("s => [...s.selectedOptions].map(o => o.value)")
    assert chosen == ["VIP", "pumps", "fresh"]


def test_cities_follow_the_province(form: Page):
    form.get_by_label("Address: Province").select_option("江苏")
    expect(form.get_by_label("Address: City").locator("option")).to_have_text(["City", "青岛", "济南"])
    assert form.get_by_label("Address: City").input_value() == ""


def test_a_fix_is_taken_in_one_click(page: Page, gallery):
    page.goto(f"{gallery[0]}/record-form")
    page.get_by_role("button", name="Use it").click()
    assert page.get_by_label("Expected close *", exact=True).input_value() == "2026-09-26"


def test_the_summary_leads_to_the_field(page: Page, gallery):
    page.goto(f"{gallery[0]}/record-form")
    page.get_by_role("link", name="The discount is above 5 % and needs a reason.").click()
    assert page.evaluate("document.activeElement.name") == "reason"


def test_a_dialog_is_opened_by_its_key_and_closed_by_escape(page: Page, gallery):
    page.goto(f"{gallery[0]}/record?lang=en")
    page.locator("html[data-ready]").wait_for(state="attached")
    page.keyboard.press("l")
    expect(page.get_by_role("dialog").get_by_label("Why *", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_every_kind_can_be_reached_by_tab_and_named(form: Page):
    nameless = form.evaluate(
        """() => [...document.querySelectorAll('sartor-form input, sartor-form select, sartor-form textarea')]
        .filter(e => e.type !== 'hidden' && e.checkVisibility() && !e.labels?.length && !e.ariaLabel
                     && !e.getAttribute('aria-labelledby') && !e.classList.contains('ts-hidden-accessible'))
        .map(e => e.name)"""
    )
    assert nameless == []
