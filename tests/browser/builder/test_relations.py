"""The diagram of relations in a browser: lookups pulled by mouse, made by keys and finger, edited and retired."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from hands import kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "relating"
WHERE = f"/build/{SET}/relations"
LOOKS = [("en", "light", "desk"), ("zh", "dark", "phone")]


@pytest.fixture(autouse=True)
def clean(office: Any) -> Any:
    yield
    office.workspace.publisher.sets.discard(name=SET)


@pytest.fixture
def diagram(server: Any, open_browser: Any) -> Page:
    page = open_browser("boss")
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-card=deal]").wait_for()
    return page


def fields(office: Any, entity: str) -> dict[str, Any]:
    return office.workspace.publisher.sets.document(f"entity/{entity}", SET)["fields"]


def middle(page: Page, name: str) -> tuple[float, float]:
    box = page.locator(f"[data-card={name}] rect").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_lookup_is_pulled_from_card_to_card_and_undo_takes_it_back(diagram, office):
    diagram.mouse.move(*middle(diagram, "account"))
    diagram.mouse.down()
    diagram.mouse.move(*middle(diagram, "product"), steps=8)
    diagram.mouse.up()
    expect(diagram.locator("[data-line='account#product#product']")).to_have_class("relation is-on is-new")
    kept(diagram)
    assert fields(office, "account")["product"]["options"] == {"entity": "product"}
    diagram.keyboard.press("Control+z")
    expect(diagram.locator("[data-line='account#product#product']")).to_have_count(0)
    assert "product" not in fields(office, "account")


def test_keys_walk_make_a_lookup_and_open_an_entity(diagram, office):
    diagram.locator("[data-card=deal]").focus()
    diagram.keyboard.press("l")
    expect(diagram.locator(".relations-asks")).to_contain_text("What does Deal point to?")
    diagram.locator("[data-card=product]").focus()
    diagram.keyboard.press("Enter")
    expect(diagram.locator("[data-line='deal#product#product']")).to_have_count(1)
    kept(diagram)
    diagram.locator("[data-card=deal]").focus()
    diagram.keyboard.press("ArrowUp")
    expect(diagram.locator("[data-card=deal]")).not_to_be_focused()
    diagram.keyboard.press("Enter")
    diagram.wait_for_url("**/entities/*")


def test_a_relation_is_edited_and_retired_in_its_panel(diagram, office):
    diagram.locator("[data-card=deal]").focus()
    diagram.locator(".panel [data-relation='deal#account#account']").click()
    diagram.locator("#p-fields-account-label-en").fill("Customer")
    kept(diagram)
    assert fields(office, "deal")["account"]["label"]["en"] == "Customer"
    diagram.locator("[data-retire]").click()
    diagram.locator("dialog[open]").get_by_role("button", name="Retire").click()
    expect(diagram.locator("[data-line='deal#account#account']")).to_have_count(0)
    assert "account" not in fields(office, "deal")


def test_the_ground_is_dragged_the_wheel_zooms_and_a_search_leaves_fewer(diagram):
    seen = diagram.locator(".diagram").get_attribute("viewBox")
    diagram.mouse.move(*middle(diagram, "deal"))
    diagram.mouse.wheel(0, -200)
    expect(diagram.locator(".diagram")).not_to_have_attribute("viewBox", seen)
    diagram.locator("[data-find]").fill("account")
    expect(diagram.locator("[data-card]")).to_have_count(1)
    diagram.locator("[data-as=table]").click()
    expect(diagram.locator(".relations-table")).to_be_visible()


def test_by_finger_a_lookup_is_made_from_the_panel(open_browser, server, office):
    page = open_browser("boss", language="zh", size="phone")
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-card=account]").tap()
    page.locator("#p-lookup").select_option("deal")
    expect(page.locator("[data-line='account#deal#deal']")).to_have_count(1)
    kept(page)
    assert fields(office, "account")["deal"]["type"] == "lookup"


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_it_is_accessible_and_fits(server, open_browser, language, theme, size):
    page = open_browser("boss", language=language, theme=theme, size=size)
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-card=deal]").focus()
    found = violations(page)
    page.locator("[data-as=table]").click()
    found += violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found == []
