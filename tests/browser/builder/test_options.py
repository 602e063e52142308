"""The designer of option sets in a browser: choices by mouse, keys and finger; kept by itself, taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hands import drag, finger_drag, kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "choosing"
WHERE = f"/build/{SET}/options/industry"
READY = "[data-rows=choices]"


def names(page: Page) -> list[str]:
    return page.locator("[data-rows=choices] [data-name]").evaluate_all("rows => rows.map(row => row.dataset.name)")


def drafted(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("options/industry", SET)


def test_a_coloured_choice_is_dragged_in_and_kept_where_it_fell(designer, office):
    drag(designer, designer.locator("[data-item=red]"), designer.locator("[data-name=retail]"))
    expect(designer.locator("[data-name=choice]")).to_have_attribute("aria-selected", "true")
    kept(designer)
    assert names(designer) == ["it", "choice", "retail"]
    assert drafted(office)["choices"]["choice"]["colour"] == "red"
    assert "choice" not in office.workspace.serving().design.documents["options/industry"]["choices"]


def test_a_choice_is_added_by_keys_and_its_key_follows_its_label(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("teal")
    designer.keyboard.press("Enter")
    expect(designer.locator("#p-choices-choice-label-en")).to_be_focused()
    designer.keyboard.press("Control+a")
    designer.keyboard.type("Health care")
    designer.keyboard.press("Tab")
    expect(designer.locator("[data-name=health_care]")).to_contain_text("Health care")
    expect(designer.locator("#p-key")).to_be_editable()
    kept(designer)
    assert drafted(office)["choices"]["health_care"]["colour"] == "teal"


def test_keys_move_a_choice_and_undo_takes_it_back(designer):
    designer.locator("[data-name=retail]").focus()
    designer.keyboard.press("Alt+ArrowUp")
    expect(designer.locator("[data-says]")).to_have_text("Retail is now 1 of 2")
    expect(designer.locator("[data-name=retail]")).to_be_focused()
    kept(designer)
    assert names(designer) == ["retail", "it"]
    designer.keyboard.press("Control+z")
    assert names(designer) == ["it", "retail"]
    designer.keyboard.press("Control+Shift+z")
    assert names(designer) == ["retail", "it"]
    kept(designer)


def test_a_colour_is_a_swatch_that_keys_choose(designer, office):
    designer.locator("[data-name=it]").click()
    designer.get_by_role("radio", name="None").focus()
    designer.keyboard.press("ArrowRight")
    expect(designer.get_by_role("radio", name="Grey")).to_be_checked()
    designer.get_by_role("radio", name="Purple").check()
    expect(designer.locator("[data-name=it] .tint-purple")).to_be_visible()
    kept(designer)
    assert drafted(office)["choices"]["it"]["colour"] == "purple"


def test_a_published_choice_gets_another_key_and_has_it_back(designer, office):
    designer.locator("[data-name=retail]").click()
    designer.locator("#p-key").fill("shops")
    designer.locator("#p-key").press("Tab")
    expect(designer.locator("[data-name=shops]")).to_be_visible()
    kept(designer)
    assert drafted(office)["choices"]["shops"]["formerly"] == ["retail"]
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-name=retail]")).to_be_visible()
    kept(designer)
    assert "retail" in drafted(office)["choices"]


def test_a_published_choice_leaves_its_records_to_another_or_stays_with_them(designer, office):
    office.make("account", {"name": "Heir", "industry": "retail"})
    designer.locator("[data-name=retail]").focus()
    designer.keyboard.press("Delete")
    asked = designer.locator("dialog[open]")
    expect(asked).to_contain_text(re.compile(r"(One record has|\d+ records have) it"))
    expect(asked.locator("select")).to_have_value("=retire")
    asked.get_by_role("button", name="Take out").click()
    expect(designer.locator("[data-name=retail]")).to_contain_text("retired")
    kept(designer)
    assert drafted(office)["choices"]["retail"]["retired"] is True
    designer.locator("[data-name=retail]").click()
    designer.locator(".panel").get_by_role("button", name="Take out").click()
    asked.get_by_label("Its records get").select_option("it")
    asked.get_by_role("button", name="Take out").click()
    expect(designer.locator("[data-name=retail]")).to_have_count(0)
    kept(designer)
    assert drafted(office)["choices"]["it"]["takes"] == ["retail"]
    designer.keyboard.press("Control+z")
    designer.locator("[data-name=retail]").click()
    designer.get_by_role("button", name="Offer it again").click()
    kept(designer)
    assert "retired" not in drafted(office)["choices"]["retail"]


def test_what_uses_the_set_is_told_and_its_new_name_written_there(designer, office):
    expect(designer.locator(".panel [data-uses]")).to_contain_text("Industry")
    designer.locator("#p-name").fill("branch")
    designer.locator("#p-name").press("Tab")
    designer.wait_for_url("**/options/branch")
    entity = office.workspace.publisher.sets.document("entity/account", SET)
    assert entity["fields"]["industry"]["options"] == {"set": "branch"}
    expect(designer.locator(READY)).to_be_visible()
    designer.keyboard.press("Control+z")
    designer.wait_for_url("**/options/industry")
    entity = office.workspace.publisher.sets.document("entity/account", SET)
    assert entity["fields"]["industry"]["options"] == {"set": "industry"}


def test_a_table_of_words_leads_to_choices(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("word")
    designer.keyboard.press("Enter")
    designer.locator(".word-table [name=word]").fill("software")
    designer.locator(".word-table [name=word]").press("Enter")
    designer.get_by_label("“software” leads to").select_option("retail")
    kept(designer)
    assert drafted(office)["maps"] == {"words": {"software": "retail"}}


def test_by_finger_choices_are_added_and_dragged(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item=green]").tap()
    expect(phone.locator("[data-name=choice]")).to_have_attribute("aria-selected", "true")
    finger_drag(phone, phone.locator("[data-name=retail]"), phone.locator("[data-name=it]"), "before")
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item=red]"), phone.locator("[data-name=retail]"))
    kept(phone)
    assert [name for name in names(phone) if "choice" not in name] == ["retail", "it"]
    assert {each.get("colour") for each in drafted(office)["choices"].values()} >= {"green", "red"}


def test_a_new_set_is_made_from_the_list(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}")
    page.get_by_role("main").get_by_role("link", name="Options").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Tyre size")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.wait_for_url("**/options/tyre_size")
    documents = office.workspace.publisher.sets.documents(SET)
    assert office.workspace.compiler.check(documents) == []
