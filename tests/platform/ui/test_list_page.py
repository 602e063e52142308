"""The list by keys, by checkbox, by its filter bar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def deals(page: Page, gallery) -> Page:
    page.goto(f"{gallery[0]}/list")
    page.locator("html[data-ready]").wait_for(state="attached")
    gallery[1].requests.clear()
    return page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.row ?? ''")


def test_arrows_and_letters_move_through_the_rows(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("ArrowDown")
    deals.keyboard.press("j")
    assert focused(deals) == "d2"
    deals.keyboard.press("k")
    assert focused(deals) == "d1"
    assert deals.locator('[data-row][tabindex="0"]').count() == 1


def test_enter_opens_the_record(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("Enter")
    deals.wait_for_url("**/record")


def test_x_chooses_and_escape_clears(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("x")
    deals.keyboard.press("ArrowDown")
    deals.keyboard.press("x")
    expect(deals.locator("sartor-bulk")).to_be_visible()
    expect(deals.locator("[data-count]")).to_have_text("2 chosen")
    deals.keyboard.press("Escape")
    expect(deals.locator("sartor-bulk")).to_be_hidden()


def test_the_head_chooses_all_loaded_rows(deals: Page):
    deals.get_by_label("Choose all that are loaded").check()
    loaded = deals.locator("[data-row]").count()
    expect(deals.locator("[data-count]")).to_have_text(f"{loaded} chosen")


def test_a_bulk_action_sends_the_chosen_ids(deals: Page, gallery):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("x")
    deals.keyboard.press("t")
    expect(deals.get_by_role("dialog").get_by_role("heading", name="Change stage")).to_be_visible()
    assert ("POST", "/dialog", "ids%5B%5D=d0") in gallery[1].requests


def test_a_loss_is_asked_for_before_it_happens(deals: Page, gallery):
    deals.locator(".c-check input").nth(1).check()
    deals.get_by_role("button", name="Delete").click()
    expect(deals.get_by_text("go to the recycle bin for 30 days")).to_be_visible()
    deals.get_by_role("button", name="Cancel").click()
    assert not any(path == "/delete" for _method, path, _body in gallery[1].requests)


def test_space_peeks_and_the_arrows_go_on_peeking(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("Space")
    expect(deals.locator("#peek")).to_be_visible()
    expect(deals.locator("#peek [data-peek-place]")).to_contain_text("1 /")
    deals.keyboard.press("ArrowDown")
    expect(deals.locator("#peek [data-peek-place]")).to_contain_text("2 /")
    deals.keyboard.press("Escape")
    expect(deals.locator("#peek")).to_be_hidden()
    assert focused(deals) == "d1"


def test_more_rows_are_fetched_and_counted(deals: Page):
    deals.locator("sartor-list").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    expect(deals.locator("[data-loaded-text]")).to_have_text("28 of 42 loaded, more as you scroll")


def test_a_chip_opens_its_editor_and_a_change_asks_the_server(deals: Page, gallery):
    deals.get_by_role("button", name="amount is at least").click()
    editor = deals.get_by_role("dialog", name="Edit condition: Amount")
    expect(editor).to_be_visible()
    editor.get_by_label("Value, ¥").fill("5")
    deals.wait_for_timeout(500)
    assert editor.get_by_label("Value, ¥").input_value() == "5"
    assert sum(path == "/editor" for _method, path, _body in gallery[1].requests) == 2
    deals.keyboard.press("Escape")
    expect(editor).to_be_hidden()


def test_f_searches_the_fields_of_a_new_condition(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("f")
    expect(deals.get_by_label("Find a field")).to_be_focused()
    deals.keyboard.type("sta")
    expect(deals.locator(".field-list a:visible")).to_have_text(["Stage"])


def test_the_filter_as_text_is_a_plain_form(deals: Page):
    deals.locator("summary[aria-label='Edit as text']").click()
    deals.get_by_label("The whole filter as text").last.fill("amount > 5")
    deals.locator(".editor").get_by_role("button", name="Apply").click()
    deals.wait_for_url("**/list?sort=-amount&filter=amount+%3E+5")


def test_density_changes_at_once_and_is_kept(deals: Page, gallery):
    deals.get_by_role("button", name="Compact").click()
    assert deals.evaluate("document.documentElement.dataset.density") == "compact"
    deals.wait_for_timeout(200)
    assert ("POST", "/preferences", "density=compact") in gallery[1].requests


def test_the_list_works_without_script(chromium, gallery):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{gallery[0]}/list")
    page.get_by_role("link", name="Load more").click()
    assert page.url.endswith("/rows")
    page.context.close()


def test_a_question_mark_lists_all_keys(deals: Page):
    deals.locator("[data-row]").first.focus()
    deals.keyboard.press("?")
    keys = deals.get_by_role("dialog", name="All keys")
    expect(keys).to_contain_text("New deal")
    expect(keys).to_contain_text("peek")
