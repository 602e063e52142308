"""The designer of pipelines in a browser: stages, the graph of moves and the table that holds the same, conditions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hands import drag, finger_drag, kept, middle, take_up, write
from playwright.sync_api import Page, expect

from sartor.platform.definitions.documents import in_order

IN_STAGE = re.compile(r"(One record is|\d+ records are) in this stage")

pytestmark = pytest.mark.browser
SET = "piping"
WHERE = f"/build/{SET}/pipelines/deal"
READY = "[data-rows=open]"


def names(page: Page, rows: str = "open") -> list[str]:
    return page.locator(f"[data-rows={rows}] [data-name]").evaluate_all("rows => rows.map(row => row.dataset.name)")


def drafted(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("pipeline/deal", SET)


def pull(page: Page, start: str, end: str) -> None:
    """A line from a stage to another one in the graph."""
    page.locator(".graph").scroll_into_view_if_needed()
    boxes = [page.locator(f".graph [data-stage={name}] rect").bounding_box() for name in (start, end)]
    (x1, y1), (x2, y2) = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=6)
    page.mouse.up()


def switch(page: Page, start: str, end: str) -> Any:
    return page.locator(f'[data-move="{start}>{end}"]')


def test_a_stage_is_dragged_in_before_the_ends_and_kept(designer, office):
    drag(designer, designer.locator("[data-item=open]"), designer.locator("[data-rows] [data-name=proposal]"))
    expect(designer.locator("[data-rows] [data-name=stage]")).to_have_attribute("aria-selected", "true")
    kept(designer)
    shown, stages = names(designer), drafted(office)["stages"]
    assert sorted(shown) == ["proposal", "qualify", "stage"]
    assert [name for name, _stage in in_order(stages)] == [*shown, *names(designer, "ends")]
    assert names(designer, "ends") == ["won", "lost"]
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []
    assert "stage" not in office.workspace.serving().design.documents["pipeline/deal"]["stages"]


def test_keys_move_a_stage_and_undo_takes_it_back(designer):
    designer.locator("[data-rows] [data-name=proposal]").focus()
    designer.keyboard.press("Alt+ArrowUp")
    expect(designer.locator("[data-says]")).to_have_text("Proposal is now 1 of 2")
    expect(designer.locator("[data-rows] [data-name=proposal]")).to_be_focused()
    kept(designer)
    assert names(designer) == ["proposal", "qualify"]
    designer.keyboard.press("Control+z")
    assert names(designer) == ["qualify", "proposal"]
    kept(designer)


def test_a_stage_dragged_among_the_ends_ends_there(designer, office):
    drag(
        designer, designer.locator("[data-rows] [data-name=proposal]"), designer.locator("[data-rows] [data-name=lost]")
    )
    kept(designer)
    assert names(designer) == ["qualify"]
    assert "proposal" in names(designer, "ends")
    assert drafted(office)["stages"]["proposal"]["outcome"] == "lost"


def test_a_line_pulled_in_the_graph_permits_a_move(designer, office):
    expect(switch(designer, "qualify", "lost")).to_be_checked()
    expect(switch(designer, "won", "qualify")).not_to_be_checked()
    pull(designer, "won", "qualify")
    expect(switch(designer, "won", "qualify")).to_be_checked()
    expect(designer.locator("[data-rows] [data-name=won_to_qualify]")).to_have_attribute("aria-selected", "true")
    kept(designer)
    assert drafted(office)["transitions"]["won_to_qualify"]["to"] == ["qualify"]


def test_the_table_holds_the_same_for_keys(designer, office):
    switch(designer, "qualify", "proposal").focus()
    designer.keyboard.press("ArrowRight")
    expect(switch(designer, "qualify", "won")).to_be_focused()
    designer.keyboard.press("Space")
    expect(designer.locator("[data-says]")).to_have_text("No longer permitted: Qualify to Won")
    expect(designer.locator(".graph [data-from=qualify][data-to=won]")).to_have_count(0)
    expect(designer.locator(".graph [data-from=proposal][data-to=won]")).to_have_count(1)
    kept(designer)
    assert not any(
        "qualify" in each["from"] and "won" in each["to"] for each in drafted(office)["transitions"].values()
    )
    designer.keyboard.press("Control+z")
    expect(switch(designer, "qualify", "won")).to_be_checked()
    kept(designer)


def test_chance_stay_and_tone_of_a_stage(designer, office):
    designer.locator("[data-rows] [data-name=qualify]").click()
    designer.locator("#p-stages-qualify-probability").fill("12.5")
    designer.locator("#p-stages-qualify-dwell_limit").fill("14")
    designer.get_by_role("radio", name="Teal").check()
    expect(designer.locator("[data-rows] [data-name=qualify]")).to_contain_text("12.5 %")
    kept(designer)
    stage = drafted(office)["stages"]["qualify"]
    assert (stage["probability"], stage["dwell_limit"], stage["colour"]) == ("0.125", 14, "teal")


def test_what_is_needed_and_what_is_set(designer, office):
    designer.locator("[data-rows] [data-name=proposal]").click()
    needed = designer.locator("[data-part=to_enter]")
    needed.get_by_role("button", name="Needs an amount.").first.click()
    write(needed.locator("[data-part=test]"), "amont > 5")
    expect(needed.locator("[data-part=test] .wrong")).to_contain_text("amount")
    write(needed.locator("[data-part=test]"), "amount > 5")
    needed.get_by_label("Message, Chinese").fill("金额须大于五。")
    designer.get_by_label("Add: Set on leaving").select_option("closed_at")
    expect(designer.locator("[data-part=on_leave] .cm-placeholder")).to_be_visible()
    kept(designer)
    stage = drafted(office)["stages"]["proposal"]
    assert stage["to_enter"]["amount"]["test"] == "amount > 5"
    assert stage["to_enter"]["amount"]["message"]["zh"] == "金额须大于五。"
    assert stage["on_leave"] == {"closed_at": "null"}


def test_a_move_asks_for_roles_and_a_reason(designer, office):
    designer.locator("[data-rows] [data-name=forward]").focus()
    designer.keyboard.press("Enter")
    designer.get_by_label("Reason required").check()
    designer.locator("[data-part=roles]").get_by_label("Manager").check()
    expect(designer.locator("[data-rows] [data-name=forward]")).to_contain_text("reason required")
    kept(designer)
    move = drafted(office)["transitions"]["forward"]
    assert (move["note"], move["roles"]) == (True, ["manager"])


def test_taking_out_a_stage_says_what_is_in_it_and_its_moves_go_along(designer, office, deal):
    designer.locator("[data-rows] [data-name=qualify]").focus()
    designer.keyboard.press("Delete")
    expect(designer.locator("dialog[open]")).to_contain_text(IN_STAGE)
    designer.locator("dialog[open]").get_by_role("button", name="Take out").click()
    expect(designer.locator("[data-rows] [data-name=qualify]")).to_have_count(0)
    kept(designer)
    assert "qualify" not in repr(drafted(office)["transitions"])
    designer.keyboard.press("Control+z")
    kept(designer)
    assert "qualify" in drafted(office)["stages"]
    designer.locator("[data-rows] [data-name=qualify]").click()
    designer.locator("#p-key").fill("chosen")  # records know it by its old key until that is published
    designer.keyboard.press("Tab")
    expect(designer.locator("[data-rows] [data-name=chosen]")).to_be_visible()
    kept(designer)
    designer.locator("[data-rows] [data-name=chosen]").focus()
    designer.keyboard.press("Delete")
    expect(designer.locator("dialog[open]")).to_contain_text(IN_STAGE)
    designer.get_by_label("Its records come into").select_option("won")
    designer.locator("dialog[open]").get_by_role("button", name="Take out").click()
    expect(designer.locator("[data-rows] [data-name=chosen]")).to_have_count(0)
    kept(designer)
    assert drafted(office)["stages"]["won"]["takes"] == ["qualify", "chosen"]


def test_a_new_pipeline_gives_its_entity_a_field(open_browser, server, office):
    section = {"label": "Basics", "fields": {"name": {"order": 10}}}
    form = {"label": "Account", "entity": "account", "purpose": "main", "sections": {"basics": section}}
    office.workspace.publisher.sets.put("form/account.main", form, name=SET)
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/pipelines")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Onboarding")
    page.locator("#new-entity").select_option("entity/account")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.wait_for_url("**/pipelines/onboarding")
    page.locator("[data-ready=yes] [data-name=in_progress]").first.wait_for()
    documents = office.workspace.publisher.sets.documents(SET)
    assert documents["entity/account"]["fields"]["stage"]["options"] == {"pipelines": ["onboarding"]}
    assert set(documents["form/account.main"]["sections"]["basics"]["fields"]) == {"name", "stage"}
    assert office.workspace.compiler.check(documents) == []


def test_by_finger_a_stage_is_dragged_a_move_pulled_and_switched(phone, office):
    finger_drag(
        phone,
        phone.locator("[data-rows] [data-name=proposal]"),
        phone.locator("[data-rows] [data-name=qualify]"),
        "before",
    )
    kept(phone)
    assert names(phone) == ["proposal", "qualify"]
    switch(phone, "won", "lost").tap()
    expect(phone.locator("[data-rows] [data-name=won_to_lost]")).to_have_count(1)
    node = phone.locator(".graph [data-stage=won] rect")
    finger = take_up(phone, node)
    finger.move(*middle(phone.locator(".graph [data-stage=qualify] rect")))
    finger.lift()
    expect(switch(phone, "won", "qualify")).to_be_checked()
    node.tap()
    expect(phone.locator("[data-rows] [data-name=won]")).to_have_attribute("aria-selected", "true")
    kept(phone)
    assert set(drafted(office)["transitions"]["won_to_lost"]["to"]) == {"lost", "qualify"}


def test_the_first_line_pulled_names_the_only_move_and_says_so(open_designer, office):
    free = {name: each for name, each in drafted(office).items() if name != "transitions"}
    office.workspace.publisher.sets.put("pipeline/deal", free, name=SET)
    page = open_designer()
    pull(page, "qualify", "won")
    expect(page.locator(".toasts")).to_contain_text("is the only permitted move now")
    expect(page.locator("[data-rows] [data-name=qualify_to_won]")).to_have_attribute("aria-selected", "true")
    kept(page)
    assert list(drafted(office)["transitions"]) == ["qualify_to_won"]
