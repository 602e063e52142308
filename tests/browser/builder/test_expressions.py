"""Expressions in a browser: conditions as rows, texts with completion, faults, a result on a chosen record."""

from __future__ import annotations

from typing import Any

import pytest
from hands import complete, kept, write
from playwright.sync_api import Page, expect

from sartor.platform.model.ids import encode_id

pytestmark = pytest.mark.browser
SET = "wording"
DEALS = f"/build/{SET}/views/deal.all"


@pytest.fixture(autouse=True)
def clean(office: Any, deal: str) -> Any:
    yield
    office.workspace.publisher.sets.discard(name=SET)


@pytest.fixture
def page(server: Any, open_browser: Any) -> Page:
    page = open_browser("boss")
    server.go(page, DEALS)
    page.locator("[data-part=filter] [data-add-condition] option").nth(1).wait_for(state="attached")
    return page


def written(office: Any) -> str | None:
    return office.workspace.publisher.sets.document("view/deal.all", SET).get("filter")


def test_conditions_are_clicked_together_and_written_as_text(page, office):
    filter = page.locator("[data-part=filter]")
    filter.locator("[data-add-condition]").select_option("amount")
    expect(filter.locator("[data-operator]")).to_be_focused()
    filter.locator("[data-operator]").select_option("at_least")
    expect(filter.locator(".condition")).to_contain_text("a value is missing")
    filter.locator("[data-value]").fill("1000")
    expect(page.locator("[data-filter] .chip")).to_contain_text("1,000")
    filter.locator("[data-add-group]").click()
    inner = filter.locator(".is-inner .condition")
    inner.locator("[data-step]").first.select_option("account")
    inner.locator("[data-step]").nth(1).select_option("account.industry")
    inner.get_by_role("checkbox", name="IT").check()
    kept(page)
    assert written(office) == "amount >= 1000 and account.industry in ['it']"
    page.keyboard.press("Control+z")
    expect(page.locator("[data-filter]")).not_to_contain_text("Industry")
    kept(page)


def test_an_expression_is_typed_with_completion_and_undone_word_by_word(page, office):
    filter = page.locator("[data-part=filter]")
    write(filter, "")
    page.keyboard.type("expected")
    complete(filter, "Expected close")
    page.keyboard.type(" in this_month() and stage = '")
    complete(filter, "Qualify")
    expect(filter.locator(".said-so")).to_have_text("Expected close is in this month and Stage is Qualify")
    kept(page)
    assert written(office) == "close_on in this_month() and stage = 'qualify'"
    page.keyboard.press("Control+z")
    expect(filter.locator(".cm-content")).not_to_contain_text("qualify")
    expect(filter.locator(".cm-content")).to_be_focused()
    kept(page)


def test_what_an_input_method_composes_is_judged_once_it_is_text(page, office):
    filter = page.locator("[data-part=filter]")
    write(filter, "")
    method = page.context.new_cdp_session(page)
    for place, letters in enumerate(("j", "je"), start=1):
        method.send("Input.imeSetComposition", {"text": letters, "selectionStart": place, "selectionEnd": place})
        page.wait_for_timeout(400)
    expect(filter.locator(".cm-content")).to_have_text("je")
    expect(filter.locator(".wrong")).to_have_count(0)
    method.send("Input.insertText", {"text": "金额 > 5"})
    expect(filter.locator(".wrong")).to_contain_text("Deal has no field “金额”.")
    kept(page)
    assert written(office) == "金额 > 5"


def test_the_list_of_offers_moves_with_what_is_typed(page):
    filter = page.locator("[data-part=filter]")
    write(filter, "stage = ")
    page.keyboard.type("'")
    offers = filter.locator(".cm-tooltip-autocomplete")
    expect(offers).to_be_visible()
    filter.evaluate("each => { each.prepend(document.createElement('p')); each.firstChild.style.height = '90px'; }")
    line = filter.locator(".cm-line")
    beside = "([line, list]) => list.top > line.bottom - 6 || list.bottom < line.top + 6"
    page.wait_for_function(
        f"each => ({beside})(each.map((one) => one.getBoundingClientRect()))",
        arg=[line.element_handle(), offers.element_handle()],
    )


def test_a_fault_is_underlined_help_is_read_and_escape_leaves(page):
    filter = page.locator("[data-part=filter]")
    write(filter, "round(amuont, 2) > 5")
    expect(filter.locator(".cm-lintRange-error")).to_have_text("amuont")
    page.keyboard.press("Home")
    page.keyboard.press("F1")
    expect(filter.locator(".function-help")).to_contain_text("halves away from zero")
    page.keyboard.press("Escape")
    expect(filter.locator(".cm-content")).not_to_be_focused()
    kept(page)


def test_the_result_is_that_of_the_record_that_was_chosen(page, office, account):
    office.make("deal", {"name": "Small", "account": account, "amount": {"amount": "5", "currency": "CNY"}}, by="boss")
    filter = page.locator("[data-part=filter]")
    write(filter, "amount > 100")
    expect(filter.locator(".result")).to_contain_text("Small no")
    filter.get_by_role("button", name="Try it on another record").click()
    filter.get_by_role("combobox", name="Try it on another record").fill("tow")
    filter.get_by_role("option", name="Towers").first.click()
    expect(filter.locator(".result")).to_contain_text("Towers yes")
    kept(page)


def test_by_finger_a_condition_about_a_person_is_made(open_browser, server, office):
    page = open_browser("boss", language="zh", size="phone")
    server.go(page, DEALS)
    filter = page.locator("[data-part=filter]")
    filter.locator("[data-add-condition] option").nth(1).wait_for(state="attached")
    filter.locator("[data-add-condition]").select_option("owner")
    filter.locator("[data-operator]").select_option("is_me_or_reports")
    expect(page.locator("[data-filter] .chip")).to_contain_text("下属")
    kept(page)
    assert written(office) == "owner = me() or owner in reports()"
    rows, text = filter.locator(".way button").all()
    text.tap()
    expect(filter.locator(".cm-content")).to_have_text("owner = me() or owner in reports()")
    expect(filter.locator(".cm-content")).to_have_css("font-size", "16px")
    write(filter, "stage = ")
    expect(filter.locator(".cm-tooltip-autocomplete")).to_contain_text("'won'")
    expect(rows).to_be_disabled()
    filter.locator(".cm-tooltip-autocomplete li", has_text="'won'").tap()
    expect(filter.locator(".cm-content")).to_have_text("stage = 'won'")
    expect(rows).to_be_enabled()
    kept(page)


def test_a_person_is_found_by_name_and_chosen_by_finger_and_by_keys(open_browser, server, office):
    page = open_browser("boss", size="phone")
    server.go(page, DEALS)
    filter = page.locator("[data-part=filter]")
    filter.locator("[data-add-condition] option").nth(1).wait_for(state="attached")
    filter.locator("[data-add-condition]").select_option("owner")
    filter.locator("[data-operator]").select_option("one_of")
    for name, choose in (("ann", lambda option: option.tap()), ("boss", lambda _option: page.keyboard.press("Enter"))):
        filter.locator("sartor-records input").fill(name)
        option = filter.get_by_role("option", name=name)
        expect(option).to_be_visible()
        choose(option)
    expect(filter).to_contain_text("Boss", ignore_case=True)
    kept(page)
    ids = [encode_id(office.people[each]) for each in ("ann", "boss")]
    assert written(office) == f"owner in ['{ids[0]}', '{ids[1]}']"
