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
    form = office.workspace.publisher.sets.document("form/deal.main", SET)
    assert "product" in form["sections"]["lines"]["fields"]
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


def label_of(office: Any, entity: str) -> str:
    return office.workspace.publisher.sets.document(f"entity/{entity}", SET)["label"]["en"]


def found(page: Page, english: str) -> None:
    """Answers what a new entity is called."""
    dialog = page.locator("dialog[open]")
    dialog.locator("#new-en").fill(english)
    dialog.locator("[data-make-it]").click()


def test_an_entity_is_made_on_the_ground_linked_renamed_retired_and_all_taken_back(designer, office):
    designer.locator(".diagram").dblclick(position={"x": 8, "y": 8})
    found(designer, "Warehouse")
    expect(designer.locator("[data-card=warehouse]")).to_be_focused()
    kept(designer)
    assert office.workspace.publisher.sets.document("form/warehouse.main", SET)["entity"] == "warehouse"
    designer.locator("#p-label-en").fill("Depot")
    designer.locator("#p-lookup").select_option("account")
    expect(designer.locator("[data-line='warehouse#account#account']")).to_have_count(1)
    designer.locator("[data-card=warehouse]").focus()
    designer.locator("#p-name").fill("depot")
    designer.locator("#p-name").press("Tab")
    expect(designer.locator("[data-line='depot#account#account']")).to_have_count(1)
    kept(designer)
    assert label_of(office, "depot") == "Depot"
    designer.locator("[data-card=depot]").press("Delete")
    designer.locator("dialog[open]").get_by_role("button", name="Retire").click()
    expect(designer.locator("[data-card=depot]")).to_have_count(0)
    for _step in range(5):
        designer.keyboard.press("Control+z")
    kept(designer)
    assert not office.workspace.publisher.sets.get(SET).edits


def test_keys_make_name_and_retire_an_entity_and_walk_to_its_fields(designer, office):
    designer.keyboard.press("n")
    found(designer, "Depot")
    expect(designer.locator("[data-card=depot]")).to_be_focused()
    designer.keyboard.press("F2")
    expect(designer.locator("#p-label-en")).to_be_focused()
    designer.keyboard.press("Escape")
    expect(designer.locator("[data-card=depot]")).to_be_focused()
    designer.locator("[data-card=deal]").focus()
    designer.locator(".panel [data-relation='deal#account#account']").press("Delete")
    designer.locator("dialog[open]").get_by_role("button", name="Retire").click()
    expect(designer.locator("[data-line='deal#account#account']")).to_have_count(0)
    designer.locator("[data-card=depot]").focus()
    designer.locator(".card-fields summary").click()
    designer.locator(".card-fields a").click()
    designer.wait_for_url("**/entities/depot#/fields/name")


def test_a_lookup_points_elsewhere_is_renamed_and_says_what_happens_on_deletion(designer, office):
    designer.locator("[data-card=deal]").focus()
    designer.locator(".panel [data-relation='deal#account#account']").click()
    designer.locator("[data-part=entity] select").select_option("contact")
    expect(designer.locator("[data-line='deal#account#contact']")).to_have_class("relation is-on")
    designer.locator("[data-part=on_delete] select").select_option("refuse")
    designer.locator("[data-part=required] input").check()
    designer.locator("#p-name").fill("person")
    designer.locator("#p-name").press("Tab")
    expect(designer.locator("[data-line='deal#person#contact']")).to_have_class("relation is-on")
    kept(designer)
    person = fields(office, "deal")["person"]
    assert (person["required"], person["options"]) == (True, {"entity": "contact", "on_delete": "refuse"})


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


def test_by_finger_an_entity_is_made_by_tapping_twice_named_and_retired(phone, office):
    box = phone.locator(".diagram").bounding_box()
    for _tap in range(2):
        phone.touchscreen.tap(box["x"] + 6, box["y"] + 6)
    found(phone, "Depot")
    phone.locator("#p-label-zh").fill("仓库")
    kept(phone)
    phone.locator(".panel [data-retire]").tap()
    phone.locator("dialog[open] button[value=yes]").tap()
    expect(phone.locator("[data-card=depot]")).to_have_count(0)
    kept(phone)
    assert "entity/depot" not in office.workspace.publisher.sets.documents(SET)
