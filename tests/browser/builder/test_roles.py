"""The designer of roles in a browser: the matrix by mouse and keys, fields, abilities, and what changes for whom."""

from __future__ import annotations

from typing import Any

import pytest
from hands import kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "rights"
WHERE = f"/build/{SET}/roles/seller"
READY = ".role-matrix"


def granted(office: Any, entity: str = "deal") -> dict[str, Any] | None:
    return office.workspace.publisher.sets.document("role/seller", SET)["grants"].get(entity)


def cell(page: Page, entity: str, operation: str) -> Any:
    return page.locator(f"tr[data-name={entity}] [data-op={operation}]")


def test_a_scope_is_chosen_and_the_page_says_for_whom_it_changes(designer, office):
    cell(designer, "deal", "delete").select_option("own")
    kept(designer)
    assert granted(office)["operations"] == ["create", "read", "update", "delete"]
    assert granted(office)["scopes"] == {"delete": "own"}
    expect(designer.locator("[data-holders]")).to_contain_text("One person has this role")
    expect(designer.locator(".role-effects li")).to_contain_text("delete")


def test_the_matrix_is_walked_by_keys_and_undo_takes_it_back(designer, office):
    cell(designer, "deal", "create").focus()
    designer.keyboard.press("Space")
    expect(designer.locator("[data-says]")).to_have_text("Deals: create closed")
    kept(designer)
    assert "create" not in granted(office)["operations"]
    designer.keyboard.press("Alt+ArrowRight")
    expect(cell(designer, "deal", "read")).to_be_focused()
    designer.keyboard.press("Control+z")
    expect(cell(designer, "deal", "create")).to_be_checked()
    kept(designer)
    assert "create" in granted(office)["operations"]


def test_a_field_gets_its_own_level(designer, office):
    designer.locator("tr[data-name=deal] th button").click()
    designer.locator("#level-amount").select_option("read")
    kept(designer)
    assert granted(office)["fields"] == {"*": "write", "amount": "read"}
    expect(designer.locator(".role-effects li")).to_contain_text("Amount")


def test_abilities_are_ticked(designer, office):
    designer.locator("[data-ability=share]").check()
    kept(designer)
    assert office.workspace.publisher.sets.document("role/seller", SET)["abilities"] == ["share"]


def test_a_new_role_opens_its_first_entity(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/roles")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Auditor")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    cell(page, "account", "read").select_option("all")
    kept(page)
    found = office.workspace.publisher.sets.document("role/auditor", SET)
    assert found["grants"] == {"account": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}


def test_by_finger_scopes_levels_and_abilities_are_chosen(phone, office):
    cell(phone, "deal", "create").tap()
    cell(phone, "deal", "delete").select_option("own")
    phone.locator("tr[data-name=deal] th button").tap()
    phone.locator("#level-amount").select_option("read")
    phone.locator("[data-ability=share]").tap()
    kept(phone)
    assert granted(office)["operations"] == ["read", "update", "delete"]
    assert granted(office)["fields"] == {"*": "write", "amount": "read"}
