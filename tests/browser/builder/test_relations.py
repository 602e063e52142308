"""The diagram of relations in a browser: lookups pulled by mouse, made by keys and finger, edited and retired."""

from __future__ import annotations

from typing import Any

import pytest
from hands import Finger, kept, middle
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "relating"
WHERE = f"/build/{SET}/relations"
READY = "[data-card=deal]"


def fields(office: Any, entity: str) -> dict[str, Any]:
    return office.workspace.publisher.sets.document(f"entity/{entity}", SET)["fields"]


def card(page: Page, name: str) -> Any:
    return page.locator(f"[data-card={name}] rect").first


def test_a_lookup_is_pulled_from_card_to_card_and_undo_takes_it_back(designer, office):
    designer.mouse.move(*middle(card(designer, "account")))
    designer.mouse.down()
    designer.mouse.move(*middle(card(designer, "product")), steps=8)
    designer.mouse.up()
    expect(designer.locator("[data-line='account#product#product']")).to_have_class("relation is-on is-new")
    kept(designer)
    assert fields(office, "account")["product"]["options"] == {"entity": "product"}
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-line='account#product#product']")).to_have_count(0)
    assert "product" not in fields(office, "account")


def test_a_line_becomes_what_was_chosen_a_link_or_line_items(designer, office):
    designer.locator("[data-kind]").select_option("link")
    designer.locator("[data-card=account]").focus()
    designer.locator("#p-lookup").select_option("product")
    expect(designer.locator("[data-line='account#product#product']")).to_have_count(1)
    designer.locator("[data-kind]").select_option("children")
    designer.locator("[data-card=product]").focus()
    designer.locator("#p-lookup").select_option("contact")
    expect(designer.locator("[data-line='product#contact#contact']")).to_have_count(1)
    kept(designer)
    assert fields(office, "account")["product"]["type"] == "link"
    assert fields(office, "product")["contact"]["options"] == {"entity": "contact", "lookup": "product"}
    assert fields(office, "contact")["product"]["options"] == {"entity": "product"}


def test_keys_walk_make_a_lookup_and_open_an_entity(designer, office):
    designer.locator("[data-card=deal]").focus()
    designer.keyboard.press("l")
    expect(designer.locator(".relations-asks")).to_contain_text("What does Deal point to?")
    designer.locator("[data-card=product]").focus()
    designer.keyboard.press("Enter")
    expect(designer.locator("[data-line='deal#product#product']")).to_have_count(1)
    kept(designer)
    designer.locator("[data-card=deal]").focus()
    designer.keyboard.press("ArrowUp")
    expect(designer.locator("[data-card=deal]")).not_to_be_focused()
    designer.keyboard.press("Enter")
    designer.wait_for_url("**/entities/*")


def test_a_relation_is_edited_and_retired_in_its_panel(designer, office):
    designer.locator("[data-card=deal]").focus()
    designer.locator(".panel [data-relation='deal#account#account']").click()
    designer.locator("#p-fields-account-label-en").fill("Customer")
    kept(designer)
    assert fields(office, "deal")["account"]["label"]["en"] == "Customer"
    designer.locator("[data-retire]").click()
    designer.locator("dialog[open]").get_by_role("button", name="Retire").click()
    expect(designer.locator("[data-line='deal#account#account']")).to_have_count(0)
    assert "account" not in fields(office, "deal")


def test_the_ground_is_dragged_the_wheel_zooms_and_a_search_leaves_fewer(designer):
    seen = designer.locator(".diagram").get_attribute("viewBox")
    designer.mouse.move(*middle(card(designer, "deal")))
    designer.mouse.wheel(0, -200)
    expect(designer.locator(".diagram")).not_to_have_attribute("viewBox", seen)
    designer.locator("[data-find]").fill("account")
    expect(designer.locator("[data-card]")).to_have_count(1)
    designer.locator("[data-as=table]").click()
    expect(designer.locator(".relations-table")).to_be_visible()


def test_by_finger_a_lookup_is_pulled_the_ground_moved_and_a_target_chosen(phone, office):
    finger = Finger(phone)
    finger.put(card(phone, "account"))
    finger.move(*middle(card(phone, "product")))
    finger.lift()
    expect(phone.locator("[data-line='account#product#product']")).to_have_count(1)
    phone.locator("[data-card=account]").tap()
    phone.locator("#p-lookup").select_option("deal")
    expect(phone.locator("[data-line='account#deal#deal']")).to_have_count(1)
    kept(phone)
    assert fields(office, "account")["deal"]["type"] == "lookup"
