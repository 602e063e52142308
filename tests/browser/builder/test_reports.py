"""The designer of reports in a browser: fields among shelves by mouse, keys and finger, on live numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hands import drag, finger_drag, kept
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("deal")]
SET = "counting"
WHERE = f"/build/{SET}/reports/by_stage"
READY = ".report-numbers"


def on(page: Page, shelf: str) -> list[str]:
    return page.locator(f"[data-where={shelf}] > [data-name]").evaluate_all("all => all.map(each => each.dataset.name)")


def drafted(office: Any, name: str = "report/by_stage") -> dict[str, Any]:
    return office.workspace.publisher.sets.document(name, SET)


def test_by_mouse_fields_are_dragged_into_shelves_and_between_them(designer, office):
    drag(
        designer, designer.locator("[data-item='account.industry']"), designer.locator("[data-where=columns]"), (40, 14)
    )
    expect(designer.locator("[data-name='dimensions/account_industry']")).to_have_class("is-new is-chosen")
    drag(designer, designer.locator("[data-item=amount]"), designer.locator("[data-where=measures]"), (4, 14))
    expect(designer.locator("[data-where=measures] > li")).to_have_count(2)
    drag(
        designer, designer.locator("[data-name='dimensions/stage']"), designer.locator("[data-where=columns]"), (4, 14)
    )
    kept(designer)
    assert (on(designer, "rows"), on(designer, "columns")) == (["dimensions/account_industry"], ["dimensions/stage"])
    document = drafted(office)
    assert document["dimensions"]["stage"]["across"] is True
    assert document["measures"]["sum_amount"] | {"label": "", "order": 0} == {
        "formula": "sum(base(amount))", "format": "money", "label": "", "order": 0,
    }  # fmt: skip


def test_by_keys_a_field_is_added_moved_to_another_shelf_taken_out_and_undone(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("expected close")
    designer.keyboard.press("Enter")
    chip = designer.locator("[data-name='dimensions/close_on'] button")
    expect(chip).to_be_focused()
    expect(chip).to_contain_text("Month")
    designer.keyboard.press("Alt+ArrowUp")
    expect(designer.locator("[data-says]")).to_have_text("Expected close is now 1 of 1 in Rows")
    designer.keyboard.press("Delete")
    expect(designer.locator("[data-name='dimensions/stage'] button")).to_be_focused()
    designer.keyboard.press("Control+z")
    expect(chip).to_be_visible()
    kept(designer)
    assert (on(designer, "rows"), on(designer, "columns")) == (["dimensions/close_on"], ["dimensions/stage"])
    assert drafted(office)["dimensions"]["close_on"]["bucket"] == "month"


def test_by_keys_measures_change_places(designer, office):
    designer.locator("[data-item=amount]").click()
    expect(designer.locator("[data-name='measures/sum_amount'] button")).to_be_focused()
    designer.keyboard.press("Alt+ArrowLeft")
    expect(designer.locator("[data-says]")).to_have_text("Sum: Amount is now 1 of 2 in Measures")
    kept(designer)
    assert drafted(office)["measures"]["sum_amount"]["order"] < drafted(office)["measures"]["deals"]["order"]


def test_picture_and_numbers_follow_and_lead_to_the_records(designer, office):
    expect(designer.locator("sartor-chart[data-drawn=yes]")).to_be_visible()
    expect(designer.locator(".report-numbers tbody a").first).to_have_attribute(
        "href", "/app/crm/deal/all?filter=stage+%3D+%27qualify%27"
    )
    designer.locator("[data-chart=table]").click()
    expect(designer.locator("sartor-chart")).to_have_count(0)
    designer.locator("[data-part=totals] input").check()
    expect(designer.locator(".report-numbers tfoot")).to_contain_text("Total")
    kept(designer)
    assert drafted(office)["options"] == {"totals": True}


def test_a_condition_is_put_together_in_words(designer, office):
    drag(designer, designer.locator("[data-item=stage]"), designer.locator("[data-where=filters]"), (40, 14))
    rows = designer.locator("sartor-panel sartor-conditions")
    rows.locator("[data-operator]").select_option("one_of")
    rows.get_by_role("checkbox", name="Won").check()
    expect(designer.locator("[data-name='filter/0']")).to_contain_text("Stage is one of Won")
    expect(designer.locator(".report-numbers")).to_contain_text("Nothing to show")
    kept(designer)
    assert drafted(office)["filter"] == "stage in ['won']"


def test_what_is_wrong_is_told_at_its_shelf(designer):
    designer.locator("[data-chart=number]").click()
    expect(designer.locator("[data-shelf-of=rows] [role=alert]")).to_have_text("Number takes 0 dimensions.")
    expect(designer.locator(".report-numbers")).to_contain_text("Qualify")
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-shelf-of=rows] [role=alert]")).to_have_count(0)


def test_a_measure_is_counted_another_way_and_its_name_follows(designer, office):
    designer.locator("[data-item=amount]").click()
    designer.locator("[data-way=avg]").click()
    expect(designer.locator("[data-name='measures/sum_amount']")).to_contain_text("Average: Amount")
    kept(designer)
    assert drafted(office)["measures"]["sum_amount"]["formula"] == "avg(base(amount))"


def test_a_new_report_shows_numbers_at_once_and_another_entity_brings_its_fields(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/reports")
    page.keyboard.press("n")
    page.locator("#new-en").fill("New customers")
    page.locator("#new-entity").select_option("account")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator("sartor-chart[data-drawn=yes]").wait_for()
    assert page.url.endswith(f"/build/{SET}/reports/new_customers")
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []
    page.locator("#p-entity").select_option("deal")
    expect(page.locator("[data-item=close_on]")).to_be_visible()


def test_by_finger_fields_are_added_and_dragged_to_shelves_and_between_them(phone, office):
    phone.locator("[data-add-to=columns]").tap()
    phone.locator("[data-item=account]").tap()
    chip = phone.locator("[data-name='dimensions/account']")
    expect(chip.locator("button")).to_have_attribute("aria-pressed", "true")
    finger_drag(phone, chip, phone.locator("[data-name='dimensions/stage']"))
    phone.locator("[data-add-to=measures]").tap()
    finger_drag(phone, phone.locator("[data-item=amount]"), phone.locator("[data-where=measures] > li").first)
    kept(phone)
    assert (on(phone, "rows"), on(phone, "columns")) == (["dimensions/account"], ["dimensions/stage"])
    assert "sum_amount" in drafted(office)["measures"]
