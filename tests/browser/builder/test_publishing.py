"""From an edit to a revision and back: what was changed is read, one change is discarded, the rest is published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from axe import violations
from hands import kept
from offices import Office
from playwright.sync_api import Browser, Page, expect
from served import Served

pytestmark = pytest.mark.browser
SET = "/change-sets/main"


@pytest.fixture(autouse=True)
def clean(office: Office) -> Iterator[None]:
    yield
    for name in ("main", "other", "spring_clean_up"):
        office.ask("boss", "DELETE", f"/change-sets/{name}")


def edit(office: Office, key: str, change: Callable[[Any], object], name: str = "main") -> None:
    """What a designer does, by the API."""
    address = f"/change-sets/{name}/documents/{key}"
    document = deepcopy(office.get("boss", address).json)
    change(document)
    assert office.ask("boss", "PUT", address, document).status == 200


def label(text: str) -> Callable[[Any], object]:
    return lambda document: document["fields"]["close_on"].update(label=text)


def published(office: Office) -> int:
    return int(office.get("boss", "/revisions").json["data"][0]["number"])


def line(page: Page, sentence: str) -> Any:
    return page.locator(".told > li", has_text=sentence)


def test_an_edit_is_read_discarded_published_and_rolled_back(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    before = published(office)
    edit(office, "entity/deal", label("Closing day"))
    edit(office, "entity/deal", lambda document: document["fields"]["discount"].update(required=True))
    page = open_browser("boss")
    server.go(page, "/build/main/changes")
    expect(line(page, "Field Closing day of Deal: label “Closing day”, was “Expected close”")).to_be_visible()
    line(page, "Field Discount of Deal: required, was optional").get_by_role("button", name="Discard").click()
    expect(page.locator(".told > li")).to_have_count(1)

    page.get_by_role("link", name="Review and publish").click()
    expect(page.get_by_role("heading", name=f"Publish revision {before + 1}")).to_be_visible()
    page.get_by_label("What changed, for your colleagues").fill("A better word")
    page.get_by_role("button", name=f"Publish revision {before + 1}").click()
    expect(page.get_by_text("Everybody works with it from now on.")).to_be_visible()
    expect(page.get_by_text("A better word")).to_be_visible()
    assert published(office) == before + 1

    page.get_by_role("link", name="Revisions").first.click()
    page.get_by_role("link", name=f"To revision {before}", exact=True).click()
    expect(line(page, "Field Expected close of Deal: label “Expected close”, was “Closing day”")).to_be_visible()
    page.get_by_role("button", name=f"Roll back to revision {before}").click()
    expect(page.get_by_text("Everybody works with it from now on.")).to_be_visible()
    fields = office.get("boss", f"{SET}/documents/entity/deal").json["fields"]
    assert fields["close_on"]["label"] == "Expected close"


def test_what_is_lost_is_seen_before_it_is_published(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    account = office.make("account", {"name": "A"}, by="boss")
    office.make("deal", {"name": "D", "account": account, "loss_reason": "保密"}, by="boss")
    part = {"type": "integer", "label": "Loss reason", "order": 90}
    edit(office, "entity/deal", lambda document: document["fields"].update(loss_reason=part))
    page = open_browser("boss")
    server.go(page, "/build/main/plan")
    lossy = page.locator("details[open]", has_text="Lossy")
    expect(lossy.get_by_text("保密", exact=True)).to_be_visible()
    expect(lossy.get_by_role("link", name="Form Deal")).to_be_visible()
    with page.expect_download() as download:
        lossy.get_by_role("link", name="All of them as a file").click()
    assert "保密" in download.value.path().read_text("utf-8")

    lines = page.locator(".plan-step")
    lines.first.focus()
    page.keyboard.press("ArrowDown")
    expect(lines.nth(1)).to_be_focused()
    before = published(office)
    page.keyboard.press("Control+Enter")
    assert page.get_by_role("checkbox").evaluate("box => box.validity.valueMissing")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Everybody works with it from now on.")).to_be_visible()
    assert published(office) == before + 1


def test_two_admins_decide_what_stays(office: Office, server: Served, chromium: Browser) -> None:
    edit(office, "entity/deal", label("Mine"))
    edit(office, "entity/deal", label("Theirs"), "other")
    page = server.context(chromium, "boss").new_page()  # a refusal is noted in the console, so nobody watches that
    server.go(page, "/build/main/plan")
    assert office.post("boss", "/change-sets/other/publish", {}).status == 200
    page.get_by_role("button", name="Publish revision").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was published.")
    page.get_by_role("link", name="Decide").click()
    expect(page.get_by_text("It was “Expected close”").first).to_be_visible()
    page.get_by_label("Another value", exact=True).last.fill("Both")
    page.get_by_role("button", name="Decide").click()
    expect(line(page, "label “Both”, was “Theirs”")).to_be_visible()
    page.context.close()


def test_a_design_that_does_not_hold_together_says_where(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    edit(office, "view/deal.all", lambda document: document["columns"].update(nothing={"order": 99}))
    page = open_browser("boss")
    server.go(page, "/build/main/plan")
    expect(page.get_by_role("alert")).to_contain_text("has no field nothing")
    expect(page.get_by_role("link", name="List All deals")).to_be_visible()
    expect(page.get_by_role("button", name="Publish revision")).to_have_count(0)


def test_a_change_set_is_begun_named_and_discarded(server: Served, open_browser: Callable[..., Page]) -> None:
    page = open_browser("boss")
    server.go(page, "/build/main/sets")
    page.get_by_label("New change set").last.fill("Spring clean-up")
    page.keyboard.press("Enter")
    page.wait_for_url("**/build/spring_clean_up")
    server.go(page, "/build/main/sets")
    row = page.locator(".set-row", has_text="Spring clean-up")
    row.get_by_label("Another title for Spring clean-up").click()
    row.get_by_label("Title", exact=True).fill("Summer")
    row.get_by_role("button", name="Save").click()
    row = page.locator(".set-row", has_text="Summer")
    row.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Go ahead").click()
    expect(page.locator(".set-row", has_text="Summer")).to_have_count(0)


def test_two_people_talk_approve_and_publish_later(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    if "second" not in office.people:
        office.hire("second", "administrator")
    edit(office, "entity/deal", label("Closing day"))
    author, other = open_browser("boss"), open_browser("second")
    server.go(author, "/build/main/changes")
    author.get_by_text("Ask for approval").first.click()
    author.get_by_label("Of whom").select_option(label="second")
    author.get_by_role("button", name="Ask for approval").click()
    expect(author.get_by_text("second was asked to approve it and has not done so yet.")).to_be_visible()

    server.go(other, "/build/main/changes")
    line(other, "Closing day").get_by_label("Comment on").click()
    other.keyboard.type("Fine with me")
    other.keyboard.press("Control+Enter")
    expect(line(other, "Closing day").get_by_text("Fine with me")).to_be_visible()
    other.get_by_text("Approve or refuse").click()
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_text("You have approved it, exactly as it is now.")).to_be_visible()

    server.go(author, "/build/main/plan")
    author.get_by_text("Publish later").click()
    author.get_by_role("button", name="Publish at this time").click()
    expect(author.get_by_text("Set by boss.")).to_be_visible()
    author.get_by_role("button", name="Take the time back").click()
    expect(author.get_by_text("took the time of publication back")).to_be_visible()


def test_a_retired_field_is_brought_back_where_it_was_retired(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    account = deepcopy(dict(office.workspace.serving().design.documents["entity/account"]))
    field = {"type": "text", "label": {"en": "Renewal", "zh": "续约"}, "order": 999}
    office.publish({"entity/account": {**account, "fields": {**account["fields"], "renewal": field}}})
    office.make("account", {"name": "Renewed", "renewal": "in spring"})
    office.publish({"entity/account": account})
    page = open_browser("boss", language="zh", theme="dark", size="phone")
    server.go(page, "/build/main/entities/account")
    page.get_by_text("已停用的字段（1）").click()
    gone = page.locator("[data-gone]")
    expect(gone).to_contain_text("续约")
    expect(gone).to_contain_text("1 个值")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="恢复续约").tap()
    expect(page.locator("[data-rows] [data-name=renewal]")).to_have_attribute("aria-selected", "true")
    expect(gone).to_have_count(0)
    kept(page)
    server.go(page, "/build/main/changes")
    expect(page.locator(".told > li")).to_contain_text("连同原值恢复到")


def test_a_retired_entity_is_brought_back_from_the_list_of_entities(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    name = {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 1}
    visit = {"label": {"en": "Visit", "zh": "拜访"}, "title": "name", "fields": {"name": name}}
    office.publish({"entity/visit": visit})
    office.make("visit", {"name": "V"})
    office.publish({"entity/visit": None})
    page = open_browser("boss", size="phone")
    server.go(page, "/build/main/entities")
    page.get_by_text("Retired entities").click()
    expect(page.locator("[data-gone] li").first).to_contain_text("1 record")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Bring back Visit").first.tap()
    expect(page).to_have_url(re.compile(r"/entities/visit\w*$"))
    server.go(page, "/build/main/changes")
    expect(page.locator(".told > li")).to_contain_text("Entity Visit brought back with its records")
    office.workspace.publisher.sets.discard()


def test_where_a_field_is_used_it_is_retired_in_one_of_three_ways_or_not_at_all(
    open_browser: Callable[..., Page], server: Served, office: Office
) -> None:
    page = open_browser("boss")

    def fields(name: str) -> Any:
        return office.workspace.publisher.sets.document("entity/deal", name)["fields"]

    dialog = page.locator("dialog[open]")
    for name, way in (("main", "instead"), ("other", "mend")):
        server.go(page, f"/build/{name}/definitions/entity/deal?field=amount")
        page.locator("[data-retire-key]").click()
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_have_count(0)
        assert "amount" in fields(name)
        page.locator("[data-retire-key]").click()
        expect(dialog).to_contain_text("Form Deal")
        expect(dialog.locator(".note-warn")).to_contain_text("will not hold")
        dialog.locator(f"[name=way][value={way}]").check()
        expect(dialog.locator(f"[data-means={way}] li").first).to_be_visible()
        if way == "instead":
            dialog.locator("select").select_option("discount")
        else:
            expect(dialog.locator(".note-warn")).to_have_count(0)
        dialog.get_by_role("button", name="Retire").click()
        page.wait_for_url(f"**/build/{name}/definitions/entity/deal")
        assert "amount" not in fields(name)
    assert fields("main")["weighted"]["formula"] == "round(discount * probability, 2)"
    assert "weighted" not in fields("other")


def test_by_finger_a_plan_is_opened_and_published_on_a_phone(
    office: Office, server: Served, open_browser: Callable[..., Page]
) -> None:
    before = published(office)
    edit(office, "entity/deal", label("Closing day"))
    page = open_browser("boss", size="phone", language="zh")
    server.go(page, "/build/main/changes")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.locator("[data-review]").tap()
    page.locator("summary.plan-step").first.tap()
    expect(page.locator(".plan-steps details").first).to_have_attribute("open", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    button = page.get_by_role("button", name=f"发布版本 {before + 1}")
    assert button.bounding_box()["height"] >= 40
    button.tap()
    page.wait_for_url("**/revisions/**")
    expect(page.get_by_text("从现在起所有人都使用它。")).to_be_visible()
    assert published(office) == before + 1


def suits(server: Served, chromium: Browser, path: str, act: Callable[[Page], Any] | None = None) -> None:
    """A page that refuses something, in both languages and widths. What the browser says of the status is no fault."""
    for language, size in (("en", "desk"), ("zh", "phone")):
        context = server.context(chromium, "boss", language=language, size=size)
        page = context.new_page()
        server.go(page, path)
        if act:
            act(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()


def test_the_page_of_names_that_are_taken_suits_everybody(server: Served, chromium: Browser) -> None:
    suits(server, chromium, "/build/main/blueprints/base/install")


def test_what_a_change_is_needed_for_is_told_to_everybody(office: Office, server: Served, chromium: Browser) -> None:
    edit(office, "entity/deal", lambda document: document["fields"].update(nick={"type": "text", "label": "Nick"}))
    edit(office, "view/deal.all", lambda document: document["columns"].update(nick={"order": 99}))

    def take_out(page: Page) -> None:
        page.locator(".told form:has([name=change]) button").first.click()
        page.locator("[role=alert] [name^=also]").first.wait_for(state="attached")

    suits(server, chromium, "/build/main/changes", take_out)
