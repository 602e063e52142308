"""The page Check in a browser: one click mends, in the change set and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from sartor.platform.linting.rules.dead_field import DeadField
from sartor.platform.linting.rules.form_lacks_required import FormLacksRequired

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def edits(office: Any) -> Any:
    office.workspace.publisher.sets.put_all(FormLacksRequired.example, name="lint")
    yield
    office.workspace.publisher.sets.discard(name="lint")


def test_one_click_puts_the_fix_into_the_change_set(office, server, open_browser):
    page = open_browser("boss")
    server.go(page, "/build/lint/check")
    finding = page.locator("[data-finding=L103]")
    expect(finding).to_contain_text("Machine does not ask for Weight")
    finding.get_by_role("button", name="Put Weight on the form").click()
    expect(page.locator("[data-finding=L103]")).to_have_count(0)
    form = office.workspace.publisher.sets.document("form/machine.main", "lint")
    assert "weight" in form["sections"]["all"]["fields"]
    assert "form/machine.main" not in office.workspace.serving().design.documents


def test_a_key_is_enough(office, server, open_browser):
    page = open_browser("boss")
    server.go(page, "/build/lint/check")
    page.get_by_role("button", name="Put Weight on the form").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-finding=L103]")).to_have_count(0)


def test_a_finding_leads_to_its_element(office, server, open_browser):
    office.workspace.publisher.sets.put_all(DeadField.example, name="lint")
    page = open_browser("boss")
    server.go(page, "/build/lint/check")
    page.locator("[data-finding=L101]").get_by_role("link", name="Field Weight", exact=True).click()
    expect(page.locator("[data-name=weight]")).to_be_focused()
    expect(page.locator("aside.panel")).to_contain_text("Weight")


def test_by_finger_a_finding_is_mended_and_led_to_on_a_phone(office, server, open_browser):
    page = open_browser("boss", size="phone", language="zh")
    server.go(page, "/build/lint/check")
    finding = page.locator("[data-finding=L103]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for each in finding.get_by_role("button").all():
        assert each.bounding_box()["height"] >= 40
    finding.get_by_role("button").first.tap()
    expect(page.locator("[data-finding=L103]")).to_have_count(0)
    form = office.workspace.publisher.sets.document("form/machine.main", "lint")
    assert "weight" in form["sections"]["all"]["fields"]
    office.workspace.publisher.sets.put_all(DeadField.example, name="lint")
    server.go(page, "/build/lint/check")
    page.locator("[data-finding=L101] a[href*='machine']").first.tap()
    expect(page.locator("[data-name=weight]")).to_be_in_viewport()
