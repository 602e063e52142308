"""The designer of forms in a browser: fields, sections, tabs and related lists, by mouse, keys and finger."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from axe import violations
from hands import drag, finger_drag, kept, write
from playwright.sync_api import Page, expect
from served import Served

pytestmark = pytest.mark.browser
SET = "shaping"
WHERE = f"/build/{SET}/forms/deal.main"
READY = "[data-fields]"
PLACE = (62, 22)
"""Where on a part a hand lets go."""


def fields(page: Page) -> list[str]:
    found = page.locator("[data-sections] [data-field]").evaluate_all("all => all.map(each => each.dataset.field)")
    return [place.replace("sections/", "").replace("fields/", "") for place in found]


def drafted(office: Any, key: str = "form/deal.main") -> dict[str, Any]:
    return office.workspace.publisher.sets.document(key, SET)


def new_form(page: Page, server: Served, offer: str) -> Page:
    """The designer of a form that was made by the dialog of the list."""
    server.go(page, f"/build/{SET}/forms")
    page.keyboard.press("n")
    page.locator("#new-form").select_option(label=offer)
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator("[data-ready=yes] [data-fields]").first.wait_for()
    return page


def test_a_field_is_dragged_onto_the_form(designer, office):
    drag(
        designer,
        designer.locator("[data-item='field:discount']"),
        designer.locator("[data-field$='fields/account']"),
        PLACE,
    )
    kept(designer)
    assert "discount" in drafted(office)["sections"]["basics"]["fields"]
    expect(designer.locator("[data-item='field:discount']")).to_have_count(0)
    expect(designer.locator("[data-stop$='/discount']")).to_have_attribute("aria-pressed", "true")


def test_a_field_is_dragged_to_another_section(designer, office):
    drag(
        designer, designer.locator("[data-field$='/close_on']"), designer.locator("[data-field$='fields/lines']"), PLACE
    )
    kept(designer)
    form = drafted(office)
    assert "close_on" in form["sections"]["lines"]["fields"]
    assert "close_on" not in form["sections"]["basics"]["fields"]


def test_keys_add_move_widen_and_take_off(designer, office):
    designer.locator("[data-stop$='fields/account']").focus()
    designer.keyboard.press("Enter")
    designer.keyboard.press("Escape")
    designer.keyboard.press("/")
    designer.keyboard.type("discount")
    designer.keyboard.press("Enter")
    assert fields(designer)[:3] == ["basics/name", "basics/account", "basics/discount"]
    designer.locator("[data-stop$='/discount']").focus()
    designer.keyboard.press("Alt+ArrowUp")
    expect(designer.locator("[data-stop$='/discount']")).to_be_focused()
    assert fields(designer)[:3] == ["basics/name", "basics/discount", "basics/account"]
    designer.keyboard.press("Alt+Equal")
    expect(designer.locator("[data-says]")).to_have_text("Discount is 8 of 12 wide")
    kept(designer)
    assert drafted(office)["sections"]["basics"]["fields"]["discount"]["width"] == 8
    designer.keyboard.press("Delete")
    assert "basics/discount" not in fields(designer)
    for _time in range(4):
        designer.keyboard.press("Control+z")
    kept(designer)
    assert "discount" not in repr(drafted(office)["sections"])


def test_a_button_is_added_set_up_and_moved_by_keys_and_mouse(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("button")
    designer.keyboard.press("Enter")
    chosen = designer.locator("[data-stop='buttons/button']")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    designer.locator("[data-part=label] input").first.fill("Close today")
    write(designer.locator("[data-part=when]"), "close_on is blank")
    kept(designer)
    (button,) = drafted(office)["buttons"].values()
    assert button["label"]["en"] == "Close today"
    assert button["set"] == {"close_on": "today()"}
    assert button["when"] == "close_on is blank"
    designer.locator("[data-item='layout:button']").click()
    expect(designer.locator("[data-buttons] [data-button]")).to_have_count(2)
    designer.locator("[data-stop='buttons/button_2']").focus()
    designer.keyboard.press("Alt+ArrowUp")
    expect(designer.locator("[data-buttons] [data-button]").first).to_have_attribute("data-button", "button_2")
    drag(designer, designer.locator("[data-button=button]"), designer.locator("[data-button=button_2]"), (4, 8))
    expect(designer.locator("[data-buttons] [data-button]").first).to_have_attribute("data-button", "button")
    assert violations(designer) == []
    designer.locator("[data-stop='buttons/button_2']").focus()
    designer.keyboard.press("Delete")
    kept(designer)
    assert list(drafted(office)["buttons"]) == ["button"]
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_a_new_field_is_made_and_placed_in_one_step(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("rating")
    designer.keyboard.press("Enter")
    kept(designer)
    assert drafted(office, "entity/deal")["fields"]["rating"]["type"] == "rating"
    assert "rating" in repr(drafted(office)["sections"])
    designer.locator("[data-undo]").click()
    kept(designer)
    assert "rating" not in repr([drafted(office), drafted(office, "entity/deal")["fields"]])


def test_another_name_for_the_form_is_taken_back_on_its_new_page(designer, office):
    designer.locator("#p-name").fill("deal.wide")
    designer.locator("#p-name").press("Tab")
    designer.wait_for_url("**/forms/deal.wide")
    designer.locator("[data-ready=yes] [data-fields]").first.wait_for()
    designer.keyboard.press("Control+z")
    designer.wait_for_url("**/forms/deal.main")
    assert "sections" in drafted(office)


def test_a_rule_belongs_to_the_field_and_is_checked_where_it_is_typed(designer, office):
    designer.locator("[data-stop$='/close_on']").click()
    write(designer.locator("[data-part=required_if]"), "amont > 3")
    expect(designer.locator("[data-part=required_if] .wrong")).to_contain_text("Did you mean “amount”?")
    designer.locator("[data-part=required_if] .cm-content").fill("amount > 3")
    expect(designer.locator("[data-part=required_if] .good")).to_be_visible()
    kept(designer)
    assert drafted(office, "entity/deal")["fields"]["close_on"]["required_if"] == "amount > 3"


def test_sections_tabs_and_related_lists_are_added(designer, office):
    designer.locator("[data-add-section]").click()
    designer.locator("[data-part=label] input").first.fill("Money matters")
    expect(designer.get_by_role("button", name="Money matters")).to_be_visible()
    designer.locator("[data-item^='related:']").first.click()
    kept(designer)
    expect(designer.locator(".ghost-list")).to_contain_text("whose Deal points here")
    expect(designer.locator(".ghost-list .pill").first).to_have_text("Product name")
    form = drafted(office)
    assert form["sections"]["section"]["label"]["en"] == "Money matters"
    assert form["tabs"]["deal_line"]["lookup"] == "deal"
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_it_is_looked_at_in_the_other_language_and_on_a_phone(designer):
    expect(designer.locator("[data-stop='sections/basics']")).to_contain_text("Basics")
    designer.locator("[data-tongue=zh]").click()
    expect(designer.locator("[data-stop='sections/basics']")).to_contain_text("基本信息")
    designer.locator("[data-size=phone]").click()
    assert designer.locator(".sheet").bounding_box()["width"] <= 375


def test_by_finger_fields_are_added_dragged_in_and_to_another_place(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item='field:discount']").tap()
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item^='field:']").first, phone.locator("[data-field$='fields/account']"))
    finger_drag(
        phone,
        phone.locator("[data-field$='basics/fields/name']"),
        phone.locator("[data-field$='fields/account']"),
        "after",
    )
    kept(phone)
    assert fields(phone).index("basics/account") < fields(phone).index("basics/name")
    assert "discount" in repr(drafted(office)["sections"])


def test_it_is_tried_at_work_before_it_is_published(designer):
    designer.locator("[data-item='field:weighted']").click()
    expect(designer.locator("[data-stop$='/weighted']")).to_be_visible()
    designer.keyboard.press("/")
    designer.keyboard.type("rating")
    designer.keyboard.press("Enter")
    designer.locator("[data-tongue=zh]").click()
    designer.locator("[data-size=phone]").click()
    designer.locator("[data-try-how]").click()
    expect(designer.locator("dialog[open] #try-record")).to_be_visible()
    designer.keyboard.press("Escape")
    expect(designer.locator("dialog[open]")).to_have_count(0)
    expect(designer.locator("[data-try-how]")).to_be_focused()
    with designer.expect_popup() as opened:
        designer.locator("[data-try]").click()
    trial = opened.value
    expect(trial.locator("[data-field=rating]")).to_contain_text("评分")
    expect(trial.locator("[data-field=name] input")).to_be_editable()
    expect(trial.locator(".ahead")).to_be_visible()
    trial.locator("[data-field=amount] input").first.fill("1000")
    trial.keyboard.press("Tab")
    expect(trial.locator("[data-field=weighted]")).to_contain_text("¥200")
    assert trial.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(trial) == []


def test_a_form_is_made_for_an_entity_that_has_none(open_browser, server, office):
    page = new_form(open_browser("boss"), server, "Contact: quick form, for new records in a dialog")
    assert page.url.endswith("/forms/contact.quick")
    assert drafted(office, "form/contact.quick")["purpose"] == "quick"


def test_phones_get_a_form_of_their_own(open_browser, server, office):
    page = new_form(open_browser("boss"), server, "Deal: phone form, in place of the main form on phones")
    assert fields(page)[:2] == ["basics/name", "basics/account"]
    assert page.locator(".sheet").bounding_box()["width"] <= 375
    page.locator("[data-stop$='fields/account']").focus()
    page.keyboard.press("Delete")
    kept(page)
    assert "account" not in drafted(office, "form/deal.phone")["sections"]["basics"]["fields"]
    assert "account" in drafted(office)["sections"]["basics"]["fields"]
    with page.expect_popup() as opened:
        page.locator("[data-try]").click()
    expect(opened.value.locator("[data-field=name] input")).to_be_editable()
    expect(opened.value.locator("[data-field=account]")).to_have_count(0)


def test_a_record_follows_the_form_for_the_width_of_its_window(open_browser, server, office):
    form = deepcopy(office.workspace.publisher.sets.document("form/deal.main", SET))
    del form["sections"]["basics"]["fields"]["close_on"]
    office.workspace.publisher.sets.put("form/deal.phone", form | {"purpose": "phone"}, name=SET)
    page = open_browser("boss", size="phone")
    server.go(page, f"/preview/{SET}/-/en/app/-/form/deal.main")
    expect(page.locator("[data-field=close_on]")).to_have_count(1)
    record = page.url.partition("?")[0]
    server.go(page, record.removeprefix(server.url))
    expect(page.locator("[data-field=name] input")).to_be_editable()
    expect(page.locator("[data-field=close_on]")).to_have_count(0)
    page.set_viewport_size({"width": 1440, "height": 900})
    server.go(page, record.removeprefix(server.url))
    expect(page.locator("[data-field=close_on]")).to_have_count(1)


def test_a_field_becomes_a_key_fact_and_stays_on_the_form(designer, office):
    designer.locator("[data-stop$='/close_on']").click()
    designer.locator("[data-fact]").click()
    expect(designer.locator("[data-field='head/close_on']")).to_be_visible()
    designer.locator("[data-stop='head/close_on']").focus()
    designer.keyboard.press("Alt+ArrowLeft")
    kept(designer)
    form = drafted(office)
    assert "close_on" in form["head"]
    assert "close_on" in form["sections"]["basics"]["fields"]
    designer.keyboard.press("Delete")
    kept(designer)
    assert "close_on" not in drafted(office)["head"]


def test_an_address_leads_to_a_place_on_the_form(open_browser, server):
    page = open_browser("boss")
    server.go(page, f"{WHERE}#/sections/basics/fields/amount")
    expect(page.locator("[data-stop='sections/basics/fields/amount']")).to_have_attribute("aria-pressed", "true")


def test_by_finger_a_button_is_added_called_something_and_dragged_past_another(phone, office):
    for name in ("button", "button_2"):
        phone.locator("[data-add]").tap()
        phone.locator("[data-item='layout:button']").tap()
        expect(phone.locator(f"[data-stop='buttons/{name}']")).to_have_attribute("aria-pressed", "true")
    phone.locator("[data-part=label] input").first.fill("今日关闭")
    finger_drag(phone, phone.locator("[data-button=button]"), phone.locator("[data-button=button_2]"), "after")
    expect(phone.locator("[data-buttons] [data-button]").first).to_have_attribute("data-button", "button_2")
    kept(phone)
    buttons = drafted(office)["buttons"]
    assert sorted(buttons, key=lambda name: buttons[name]["order"]) == ["button_2", "button"]
    assert buttons["button_2"]["label"]["zh"] == "今日关闭"
