"""The designer of apps in a browser: entries and headings by mouse, keys and finger; kept by itself, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hands import drag, finger_drag, kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "menus"
WHERE = f"/build/{SET}/apps/crm"
READY = "[data-entries] [data-name]"
PLACE = (100, 10)
"""Where on a part a hand lets go."""


def names(page: Page) -> list[str]:
    return page.locator("[data-entries] > [data-name]").evaluate_all("all => all.map(each => each.dataset.name)")


def drafted(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("app/crm", SET)


def test_a_view_is_dragged_into_the_menu_and_kept_where_it_fell(designer, office):
    drag(designer, designer.locator("[data-item='view/deal.all']"), designer.locator("[data-name=board]"), PLACE)
    expect(designer.locator("[data-name=deal_all]")).to_have_class("is-new is-chosen ")
    kept(designer)
    assert names(designer) == ["deals", "deal_all", "board", "numbers"]
    assert drafted(office)["items"]["deal_all"]["target"] == "view/deal.all"


def test_keys_move_an_entry_and_undo_takes_it_back(designer, office):
    designer.locator("[data-name=deals] button").focus()
    designer.keyboard.press("Alt+ArrowDown")
    expect(designer.locator("[data-says]")).to_have_text("All deals is now 2 of 3")
    expect(designer.locator("[data-name=deals] button")).to_be_focused()
    kept(designer)
    assert names(designer) == ["board", "deals", "numbers"]
    designer.keyboard.press("Control+z")
    kept(designer)
    assert names(designer) == ["deals", "board", "numbers"]
    assert drafted(office)["items"]["deals"]["order"] == 1


def test_a_heading_is_put_over_entries_and_moved_with_them(designer, office):
    designer.locator("[data-name=board] button").click()
    designer.locator("[data-add-group]").click()
    designer.locator("#p-group_-1-en").fill("Pictures")
    expect(designer.locator(".menu-head")).to_contain_text("Pictures")
    designer.locator(".menu-head button").focus()
    designer.keyboard.press("Alt+ArrowUp")
    kept(designer)
    assert names(designer) == ["board", "numbers", "deals"]
    items = drafted(office)["items"]
    assert [items[name].get("group", {}).get("en") for name in names(designer)] == ["Pictures", "Pictures", None]


def test_home_icon_and_colour_are_properties(designer, office):
    designer.locator("#p-home").select_option("dashboard/all")
    designer.locator("[data-part=colour] .tint-teal").click()
    expect(designer.locator("[data-name=numbers]")).to_contain_text("home")
    kept(designer)
    assert (drafted(office)["home"], drafted(office)["colour"]) == ("dashboard/all", "teal")


def test_an_entry_is_taken_out_by_its_key(designer, office):
    designer.locator("[data-name=board] button").focus()
    designer.keyboard.press("Delete")
    kept(designer)
    assert names(designer) == ["deals", "numbers"]


def test_by_finger_a_view_is_dragged_into_the_menu_and_an_entry_past_another(phone, office):
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item='view/deal.all']"), phone.locator("[data-name=board]"))
    finger_drag(phone, phone.locator("[data-name=numbers]"), phone.locator("[data-name=deals]"), "before")
    kept(phone)
    assert names(phone)[0] == "numbers"
    assert drafted(office)["items"]["deal_all"]["target"] == "view/deal.all"
