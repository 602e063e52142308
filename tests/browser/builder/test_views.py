"""The designer of views in a browser: columns by mouse, keys and finger, on live rows; kept by itself, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hands import finger_drag, kept, write
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("deal")]
SET = "viewing"
WHERE = f"/build/{SET}/views/deal.all"
READY = "[data-columns] [data-name]"


def names(page: Page) -> list[str]:
    return page.locator("[data-columns] > [data-name]").evaluate_all("all => all.map(each => each.dataset.name)")


def drafted(office: Any, name: str = "view/deal.all") -> dict[str, Any]:
    return office.workspace.publisher.sets.document(name, SET)


def drag(page: Page, source: Any, target: Any, aside: int = 12) -> None:
    """As a hand does it: press, move in steps, let go over the near end of the target."""
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + aside, end["y"] + 14, steps=12)
    page.mouse.move(end["x"] + aside - 4, end["y"] + 14, steps=4)
    page.mouse.up()


def test_the_canvas_shows_live_records(designer):
    expect(designer.locator(".view-table tbody tr").first).to_contain_text("Towers")
    expect(designer.locator(".view-table tfoot")).to_contain_text("¥")


def test_its_name_keeps_its_line_where_there_is_less_room(designer):
    designer.set_viewport_size({"width": 1280, "height": 720})
    head = designer.locator(".entity-head").bounding_box()
    designer.set_viewport_size({"width": 1440, "height": 900})
    assert head["height"] < 64


def test_a_field_is_dragged_in_and_shows_its_values(designer, office):
    drag(designer, designer.locator("[data-item='account.industry']"), designer.locator("[data-name=stage]"))
    expect(designer.locator("[data-name=account_industry]")).to_have_class("is-new is-chosen")
    kept(designer)
    assert names(designer).index("account_industry") + 1 == names(designer).index("stage")
    assert drafted(office)["columns"]["account_industry"]["path"] == "account.industry"


def test_a_column_is_added_and_moved_by_keys_and_undo_takes_it_back(designer, office):
    before = names(designer)
    designer.keyboard.press("/")
    designer.keyboard.type("probability")
    designer.keyboard.press("Enter")
    expect(designer.locator("[data-name=probability] button")).to_be_focused()
    designer.keyboard.press("Alt+ArrowLeft")
    expect(designer.locator("[data-says]")).to_have_text(f"Win rate is now {len(before)} of {len(before) + 1}")
    kept(designer)
    assert names(designer).index("probability") == len(before) - 1
    designer.keyboard.press("Control+z")
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-name=probability]")).to_have_count(0)
    kept(designer)
    assert names(designer) == before
    assert set(before) == set(drafted(office)["columns"])


def test_a_column_is_dragged_to_another_place_and_taken_out(designer):
    drag(designer, designer.locator("[data-name=amount] button"), designer.locator("[data-name=account]"))
    expect(designer.locator("[data-columns] > [data-name]").nth(1)).to_have_attribute("data-name", "amount")
    designer.locator("[data-name=amount] button").focus()
    designer.keyboard.press("Delete")
    kept(designer)
    assert "amount" not in names(designer)


def test_the_filter_is_a_sentence_and_its_faults_are_told(designer):
    designer.locator("[data-edit-filter]").click()
    expect(designer.locator("#p-filter")).to_be_focused()
    write(designer.locator("[data-part=filter]"), "amount >= 5000")
    expect(designer.locator("[data-filter] .chip")).to_contain_text("5,000")
    expect(designer.locator(".view-table tbody tr")).to_have_count(0)
    write(designer.locator("[data-part=filter]"), "amuont >= 5000")
    expect(designer.locator("[data-part=filter] .wrong")).to_contain_text("Did you mean “amount”?")
    expect(designer.locator(".note-warn").first).to_contain_text("Shown without the filter")


def test_the_order_is_chosen_turned_and_kept(designer, office):
    designer.locator("#p-add-term").select_option("close_on")
    designer.locator(".ordering li").nth(1).locator("button").first.click()
    kept(designer)
    assert drafted(office)["sort"] == ["-amount", "-close_on"]


def test_another_type_draws_its_own_canvas_and_brings_its_own_options(designer, office):
    designer.locator("[data-type=board]").click()
    expect(designer.locator(".view-lane").first).to_contain_text("Towers")
    expect(designer.locator("[data-part=pipeline]")).to_be_visible()
    kept(designer)
    assert drafted(office)["type"] == "board"
    designer.keyboard.press("Control+z")
    expect(designer.locator(".view-table")).to_be_visible()


def test_a_field_that_is_not_published_yet_is_dashed_and_empty(designer, office, server):
    deal = office.workspace.publisher.sets.document("entity/deal", SET)
    renewal = {"type": "date", "label": "Renewal", "order": 900}
    office.workspace.publisher.sets.put(
        "entity/deal", {**deal, "fields": {**deal["fields"], "renewal": renewal}}, name=SET
    )
    server.go(designer, WHERE)
    designer.locator("[data-item=renewal]").click()
    expect(designer.locator("[data-name=renewal] button")).to_have_attribute(
        "title", "Has no values yet: its field is not published, or not open to you."
    )
    expect(designer.locator(".view-table tbody td.is-new").first).to_have_text("")


def test_a_new_view_begins_with_the_title_and_is_not_lost_by_one_press(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/views")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Hot ones")
    page.locator("#new-entity").select_option("deal")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator("[data-columns] [data-name=name]").wait_for()
    assert page.url.endswith(f"/build/{SET}/views/deal.hot_ones")
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []
    page.locator("[data-retire]").click()
    expect(page.locator("dialog[open]")).to_contain_text("nothing brings it back")
    page.locator("dialog[open]").get_by_role("button", name="Cancel").click()
    assert "view/deal.hot_ones" in office.workspace.publisher.sets.documents(SET)


def test_by_finger_columns_are_added_and_dragged(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item=close_on]").tap()
    expect(phone.locator("[data-name=close_on] button")).to_have_attribute("aria-pressed", "true")
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item='account.industry']"), phone.locator("[data-name=name]"))
    finger_drag(phone, phone.locator("[data-name=account]"), phone.locator("[data-name=name]"), "before")
    kept(phone)
    assert names(phone).index("account") < names(phone).index("name")
    assert {"close_on", "account_industry"} <= drafted(office)["columns"].keys()


@pytest.fixture
def unwatched(server, browsers) -> Iterator[Page]:
    """What is half made is not kept yet, which the console notes as a refusal."""
    page = browsers("boss").new_page()
    server.go(page, WHERE)
    page.locator(READY).first.wait_for()
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


def entry(page: Page, part: str) -> Any:
    """A new entry of a map in the panel, open."""
    page.locator(f"[data-part={part}] > .add-entry").click()
    return page.locator(f"[data-part={part}] .entry-parts").last


def test_a_colour_by_condition_is_made_in_the_panel_and_marks_the_live_rows(unwatched, office):
    made = entry(unwatched, "colours")
    made.locator("[data-part=label] input").first.fill("Big")
    write(made.locator("[data-part=when]"), "amount >= 10")
    made.locator("[data-part=colour] .tint-red").click()
    expect(unwatched.locator(".view-table tbody tr.is-tinted").first).to_contain_text("Towers")
    kept(unwatched)
    (colour,) = drafted(office)["colours"].values()
    assert (colour["when"], colour["colour"]) == ("amount >= 10", "red")
    unwatched.locator("[data-part=colours]").get_by_role("button", name="Take Big out").click()
    expect(unwatched.locator(".view-table tbody tr.is-tinted")).to_have_count(0)
    kept(unwatched)
    assert "colours" not in drafted(office)


def test_a_row_action_is_made_in_the_panel_and_holds_together(unwatched, office):
    made = entry(unwatched, "actions")
    made.locator("[data-part=label] input").first.fill("Halve")
    offered = made.locator("[data-part=set] > select")
    offered.select_option("discount")
    assert not {"weighted", "closed_at", "lines", "lines_total"} & set(
        offered.locator("option").evaluate_all("all => all.map(each => each.value)")
    )
    made.locator("#p-actions-action-set-discount").fill("50")
    unwatched.keyboard.press("Tab")
    offered.select_option("stage")
    made.locator("#p-actions-action-set-stage").select_option(label="Won")
    offered.select_option("close_on")
    made.get_by_role("button", name="Expected close: ").click()
    made.locator("[data-part=set] .cm-content").click()
    unwatched.keyboard.press("Control+a")
    unwatched.keyboard.type("today() + 30")
    expect(made.locator("#p-actions-action-label-zh")).to_have_value("")
    kept(unwatched)
    (action,) = drafted(office)["actions"].values()
    assert action["label"] == {"en": "Halve"}
    assert action["set"] == {"discount": "50%", "stage": "'won'", "close_on": "today() + 30"}
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_what_a_card_of_a_board_shows_is_dragged_moved_by_keys_and_taken_back(open_designer, office):
    page = open_designer(f"/build/{SET}/views/deal.board")
    before = names(page)
    drag(page, page.locator("[data-item='account.industry']"), page.locator(f"[data-columns] [data-name={before[0]}]"))
    kept(page)
    assert names(page) == ["account_industry", *before]
    page.keyboard.press("Alt+ArrowRight")
    kept(page)
    assert names(page) == [before[0], "account_industry", *before[1:]]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    kept(page)
    assert names(page) == before


def test_by_finger_what_a_card_of_a_board_shows_is_chosen(open_designer, office):
    page = open_designer(f"/build/{SET}/views/deal.board", size="phone", language="zh")
    first = names(page)[0]
    page.locator("[data-add]").tap()
    finger_drag(
        page, page.locator("[data-item='account.industry']"), page.locator(f"[data-columns] [data-name={first}]")
    )
    kept(page)
    assert "account_industry" in drafted(office, "view/deal.board")["columns"]
