"""The board by keys, by mouse, and what happens when a move is refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def board(page: Page, gallery) -> Page:
    page.goto(f"{gallery[0]}/board")
    page.locator("html[data-ready]").wait_for(state="attached")
    gallery[1].requests.clear()
    gallery[1].refuse = False
    return page


def lane_of(page: Page, card: str) -> str:
    return page.locator(f'[data-card="{card}"]').evaluate("card => card.closest('[data-lane]').dataset.lane")


def pick_up(page: Page, card: str) -> None:
    page.locator(f'[data-card="{card}"] [data-stop]').focus()
    page.keyboard.press("m")


def test_arrows_walk_within_and_across_lanes(board: Page):
    board.locator("[data-stop]").first.focus()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowRight")
    assert board.evaluate("document.activeElement.closest('[data-lane]').dataset.lane") == "s2"
    assert board.locator('[data-stop][tabindex="0"]').count() == 1


def test_a_card_is_carried_by_keys_and_the_move_is_sent(board: Page, gallery):
    pick_up(board, "d7")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    board.wait_for_timeout(300)
    assert lane_of(board, "d7") == "s2"
    assert ("POST", "/move/d7", "to=s2&after=&before=d3") in gallery[1].requests
    expect(board.locator('[data-lane="s2"] [data-lane-count]')).to_have_text("99")
    assert board.evaluate("document.activeElement.closest('[data-card]').dataset.card") == "d7"


def test_what_the_next_stage_needs_is_said_before_dropping(board: Page):
    pick_up(board, "d0")
    board.keyboard.press("ArrowRight")
    expect(board.locator(".slot")).to_contain_text("Needs: quote approved")
    expect(board.locator("#board-says")).to_contain_text("Over Negotiation")


def test_escape_puts_the_card_back(board: Page, gallery):
    pick_up(board, "d7")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Escape")
    assert lane_of(board, "d7") == "s1"
    assert gallery[1].requests == []


def test_a_refused_move_puts_the_card_back_and_says_why(board: Page, gallery):
    gallery[1].refuse = True
    pick_up(board, "d7")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    expect(board.locator("#toasts")).to_contain_text("The quote is not approved yet.")
    assert lane_of(board, "d7") == "s1"


def test_a_lane_that_refuses_cards_is_passed_over(board: Page):
    pick_up(board, "d1")
    for _step in range(4):
        board.keyboard.press("ArrowRight")
    expect(board.locator("#board-says")).to_contain_text("Over Won this quarter")


def test_a_card_is_dragged_by_mouse(board: Page, gallery):
    board.locator('[data-card="d7"]').drag_to(board.locator('[data-card="d3"]'), target_position={"x": 40, "y": 8})
    board.wait_for_timeout(300)
    assert lane_of(board, "d7") == "s2"
    assert any(path == "/move/d7" and body.startswith("to=s2") for _method, path, body in gallery[1].requests)


def test_a_lane_fetches_its_own_next_page(board: Page, gallery):
    board.locator('[data-lane="s1"]').get_by_role("link", name="+6 more").click()
    board.wait_for_timeout(300)
    assert ("GET", "/cards/s1", "") in gallery[1].requests


def test_on_a_phone_a_menu_of_stages_moves_the_card(chromium, gallery):
    page = chromium.new_context(viewport={"width": 375, "height": 812}, has_touch=True).new_page()
    gallery[1].refuse = False
    page.goto(f"{gallery[0]}/board?lang=en")
    page.locator('[data-card="d7"] [data-stage-menu]').click()
    page.get_by_role("button", name="Proposal").click()
    page.wait_for_timeout(300)
    assert lane_of(page, "d7") == "s3"
    page.context.close()
