"""The designer of apps in a browser: entries and headings by mouse, keys and finger; kept by itself, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from hands import drag, kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "menus"
CRM = f"/build/{SET}/apps/crm"
LOOKS = [("en", "light", "desk"), ("zh", "dark", "phone")]
PLACE = (100, 10)
"""Where on a part a hand lets go."""


@pytest.fixture(autouse=True)
def clean(office: Any) -> Any:
    yield
    office.workspace.publisher.sets.discard(name=SET)


@pytest.fixture
def designer(server: Any, open_browser: Any) -> Page:
    page = open_browser("boss")
    server.go(page, CRM)
    page.locator("[data-ready=yes] [data-entries] [data-name]").first.wait_for()
    return page


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


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_it_is_accessible_and_fits(server, open_browser, language, theme, size):
    page = open_browser("boss", language=language, theme=theme, size=size)
    found = []
    for path in (f"/build/{SET}/apps", CRM):
        server.go(page, path)
        if path == CRM:
            page.locator("[data-ready=yes] [data-entries]").first.wait_for()
        found += [f"{path}: {each}" for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
