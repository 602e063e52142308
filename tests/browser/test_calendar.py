"""A calendar: a record goes to another day by mouse and by keys, and comes back by a press; axe finds nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from axe import violations
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WHERE = "/app/crm/deal/calendar?day=2026-05-01"
VIEW = {"label": {"en": "Calendar", "zh": "日历"}, "entity": "deal", "type": "calendar", "order": 90,
        "columns": {"name": {"order": 1}}, "options": {"start": "close_on", "colour": "stage"}}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def calendar(office):
    office.publish({"view/deal.calendar": VIEW})


def day(page, iso: str):
    return page.locator(f'[data-day="{iso}"]')


def drag(page, source, target) -> None:
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 70, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + 40, end["y"] + 12, steps=12)
    page.mouse.up()


def stored(office, key: str) -> str:
    return office.get("boss", f"/records/deal/{key}").json["close_on"]


def test_a_record_is_moved_and_comes_back(open_browser, server, office, account):
    key = office.make("deal", {"name": "Towers", "account": account, "close_on": "2026-05-13"}, by="ann")
    page = open_browser()
    server.go(page, WHERE)
    assert violations(page) == []
    entry = page.locator("[data-stop]", has_text="Towers")
    drag(page, entry, day(page, "2026-05-15").locator("[data-entries]"))
    expect(page.locator("#toasts")).to_contain_text("Towers moved to Friday, 15 May")
    assert stored(office, key) == "2026-05-15"
    page.get_by_role("button", name="Undo").click()
    expect(day(page, "2026-05-13")).to_contain_text("Towers")
    assert stored(office, key) == "2026-05-13"
    expect(entry).to_be_focused()
    for press in ("m", "ArrowDown", "ArrowRight"):
        page.keyboard.press(press)
    expect(page.locator("[data-says]")).to_have_text("Over Thursday, 21 May")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Towers moved to Thursday, 21 May")
    assert stored(office, key) == "2026-05-21"


def test_what_somebody_else_changed_meanwhile_goes_back(server, chromium, office, account):
    key = office.make("deal", {"name": "Bridge", "account": account, "close_on": "2026-05-06"}, by="ann")
    context = server.context(chromium, "ann", language="zh")  # the browser notes the refusal as an error
    page = context.new_page()
    server.go(page, WHERE)
    read = office.get("boss", f"/records/deal/{key}")
    tag = {"If-Match": read.headers["ETag"]}
    assert office.ask("boss", "PATCH", f"/records/deal/{key}", {"close_on": "2026-05-29"}, headers=tag).status == 200
    page.locator("[data-stop]", has_text="Bridge").focus()
    for press in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(press)
    expect(page.locator("#toasts .note-bad")).to_have_count(1)
    expect(day(page, "2026-05-06")).to_contain_text("Bridge")
    context.close()


def test_its_designer_shows_the_month_and_each_part_leads_to_what_the_panel_says(open_browser, server, office, account):
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date().replace(day=15)  # of this month, and of no week of the next
    office.make("deal", {"name": "Lighthouse", "account": account, "close_on": f"{day}"}, by="boss")
    page = open_browser("boss")
    server.go(page, "/build/main/views/deal.calendar")
    canvas, panel = page.locator("[data-drawn]"), page.locator(".panel h2")
    expect(canvas).to_contain_text("Lighthouse")
    assert violations(page) == []
    canvas.get_by_role("button", name="Lighthouse").click()
    expect(panel).to_contain_text("Field of the card")
    canvas.get_by_role("button", name="Colour").first.focus()
    page.keyboard.press("ArrowRight")
    expect(canvas.get_by_role("button", name="Lighthouse")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#p-options-colour")).to_be_focused()
    canvas.get_by_role("button", name="Later").click()
    expect(canvas).not_to_contain_text("Lighthouse")
    expect(canvas.get_by_role("button", name="Later")).to_be_focused()
