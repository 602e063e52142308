"""The designer of dashboards in a browser: live cards on a grid by mouse, keys and finger; kept, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from hands import finger_drag, kept, middle, take_up
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "boarding"
WHERE = f"/build/{SET}/dashboards/home"
READY = "[data-name=stage]"
BOARD = {
    "label": {"en": "Home", "zh": "首页"},
    "filters": ["period", "owner"],
    "cards": {
        "deals": {"target": "report/deals", "x": 0, "y": 0, "width": 3, "height": 2},
        "won": {"target": "metric/won_amount", "x": 3, "y": 0, "width": 3, "height": 2},
        "stage": {"target": "report/by_stage", "x": 0, "y": 2, "width": 6, "height": 5},
        "list": {"target": "view/deal.all", "x": 6, "y": 2, "width": 6, "height": 5},
    },
}


@pytest.fixture(autouse=True)
def board(office: Any, deal: str) -> Any:
    office.workspace.publisher.sets.put("dashboard/home", BOARD, name=SET)
    yield
    office.workspace.publisher.sets.discard(name=SET)


def cards(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("dashboard/home", SET)["cards"]


def place(office: Any, name: str) -> tuple[int, ...]:
    card = cards(office)[name]
    return card["x"], card["y"], card["width"], card["height"]


def carry(page: Page, start: Any, dx: int, dy: int, at: tuple[int, int] = (30, 30)) -> None:
    """Press, move in steps, let go."""
    box = start.bounding_box()
    x, y = box["x"] + at[0], box["y"] + at[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2, steps=6)
    page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()


def card(page: Page, name: str) -> Any:
    return page.locator(".board-card", has=page.locator(f"[data-name={name}]"))


def test_a_report_is_dragged_in_and_shows_its_numbers(designer, office):
    item = designer.locator("[data-item='report/win_rate']")
    start, end = item.bounding_box(), designer.locator("[data-card=list]").bounding_box()
    carry(designer, item, end["x"] + 20 - start["x"], end["y"] + end["height"] + 20 - start["y"], (10, 10))
    expect(designer.locator("[data-card=win_rate] .kpi")).to_contain_text("Win rate")
    expect(designer.locator("[data-name=win_rate]")).to_have_attribute("aria-pressed", "true")
    kept(designer)
    assert place(office, "win_rate")[2:] == (3, 2)
    assert place(office, "win_rate")[1] >= 5


def test_what_is_carried_out_of_the_palette_belongs_to_the_page(designer):
    box = designer.locator("[data-item='report/win_rate']").bounding_box()
    designer.mouse.move(box["x"] + 10, box["y"] + 10)
    designer.mouse.down()
    designer.mouse.move(box["x"] + 200, box["y"] + 100, steps=6)
    expect(designer.locator(".board-ghost")).to_have_count(1)
    assert violations(designer) == []
    designer.mouse.up()


def test_a_card_is_dragged_past_another_and_undo_takes_it_back(designer, office):
    width = designer.locator(".grid-stack").bounding_box()["width"] / 12
    carry(designer, designer.locator("[data-name=deals]"), 3 * width, 0)
    kept(designer)
    assert place(office, "deals")[:2] == (3, 0)
    designer.keyboard.press("Control+z")
    kept(designer)
    assert place(office, "deals") == (0, 0, 3, 2)
    expect(designer.locator("[data-card=deals]")).to_have_attribute("gs-w", "3")


def test_a_card_is_sized_at_its_edge(designer, office):
    width = designer.locator(".grid-stack").bounding_box()["width"] / 12
    designer.locator("[data-name=stage]").hover()
    handle = designer.locator("[data-card=stage] > .ui-resizable-se")
    carry(designer, handle, 2 * width, 60, (14, 14))
    kept(designer)
    assert place(office, "stage")[2:] == (8, 6)
    assert place(office, "list")[1] >= 2


def test_keys_move_size_open_and_take_out_a_card(designer, office):
    designer.locator("[data-name=deals]").focus()
    designer.keyboard.press("ArrowRight")
    designer.keyboard.press("Shift+ArrowDown")
    expect(designer.locator(".sr[data-says]")).to_have_text("Deals: column 2, row 1, 3 wide, 3 high")
    expect(designer.locator("[data-name=deals]")).to_be_focused()
    kept(designer)
    assert place(office, "deals") == (1, 0, 3, 3)
    designer.keyboard.press("Enter")
    expect(designer.locator("#p-cards-deals-target")).to_be_focused()
    designer.keyboard.press("Escape")
    designer.keyboard.press("Delete")
    kept(designer)
    assert "deals" not in cards(office)


def test_a_text_is_added_by_keys_and_written_in_the_panel(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("text")
    designer.keyboard.press("Enter")
    expect(designer.locator("[data-name=text]")).to_be_focused()
    designer.keyboard.press("Enter")
    designer.locator("#p-cards-text-text-en").fill("Mondays: <b>look</b>\nhere first")
    expect(designer.locator("[data-card=text] .said")).to_have_text("Mondays: <b>look</b>\nhere first")
    kept(designer)
    assert cards(office)["text"]["text"]["en"].startswith("Mondays")


def test_filters_can_be_tried_and_a_card_can_lead_elsewhere(designer, office):
    designer.locator("[data-try=period]").select_option("last_year")
    expect(designer.locator("[data-card=stage]")).to_contain_text("Not filtered by period")
    designer.locator("[data-name=deals]").click()
    designer.locator("#p-cards-deals-opens").select_option("view/deal.board")
    kept(designer)
    assert cards(office)["deals"]["opens"] == "view/deal.board"


def test_what_is_wrong_stands_on_its_card(designer):
    designer.locator("[data-name=list]").click()
    designer.locator("#p-cards-list-width").fill("9")
    expect(designer.locator("[data-card=list] .board-wrong")).to_contain_text("beyond the 12 columns")
    expect(designer.locator("[data-part=width] .wrong")).to_be_visible()


def test_a_new_dashboard_takes_two_clicks(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/dashboards")
    page.locator("[data-make=dashboard]").click()
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator(".board-sheet .slot").wait_for()
    assert page.url.endswith(f"/build/{SET}/dashboards/new_dashboard")
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_by_finger_cards_are_added_dragged_and_sized(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item='report/costs']").tap()
    expect(phone.locator("[data-name=costs]")).to_have_attribute("aria-pressed", "true")
    phone.locator("[data-place=wider]").tap()
    phone.locator("[data-place=right]").tap()
    kept(phone)
    assert place(office, "costs") == (7, 5, 4, 2)
    finger_drag(phone, card(phone, "won"), card(phone, "deals"), "before")
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item='view/deal.board']"), card(phone, "stage"))
    kept(phone)
    assert place(office, "won")[:2] == (0, 0)
    assert "deal_board" in cards(office)


def test_by_finger_on_a_tablet_cards_are_dragged_and_sized_on_the_grid(open_designer, office):
    tablet = open_designer(size="tablet")
    step = tablet.locator(".grid-stack").bounding_box()["width"] / 12
    finger = take_up(tablet, tablet.locator("[data-name=deals]"))
    finger.move(finger.x + 3 * step, finger.y)
    finger.lift()
    expect(tablet.locator("[data-card=deals]")).to_have_attribute("gs-x", "3")
    tablet.locator("[data-name=deals]").tap()
    finger = take_up(tablet, tablet.locator("[data-item='report/costs']"))
    finger.move(*middle(tablet.locator("[data-name=list]")))
    finger.lift()
    expect(tablet.locator("[data-name=costs]")).to_have_attribute("aria-pressed", "true")
    kept(tablet)
    assert place(office, "deals")[:2] == (3, 0)


def test_a_dashboard_that_no_app_leads_to_is_put_into_a_menu_as_one_step(open_designer, office):
    sets = office.workspace.publisher.sets
    sets.put("dashboard/lone", BOARD, name=SET)
    page = open_designer(f"/build/{SET}/dashboards/lone")
    said = page.locator("[data-menus]")
    expect(said).to_contain_text("No app leads to this dashboard yet")
    said.get_by_role("button", name="Put it into the menu of").click()
    expect(said).to_have_count(0)
    kept(page)
    targets = [each["target"] for each in sets.document("app/crm", SET)["items"].values()]
    assert targets.count("dashboard/lone") == 1
    page.keyboard.press("Control+z")
    expect(said).to_be_visible()
    kept(page)
    assert "dashboard/lone" not in str(sets.document("app/crm", SET))
