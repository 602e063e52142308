"""Moving a card: by mouse, by keys, and what happens when it is refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
BOARD = "/app/crm/deal/board"
PRICE = {"amount": "1200.00", "currency": "CNY"}
WORDS = {
    "en": {"moved": "{} moved to Proposal.", "up": "Picked up Keys", "over": "Over Proposal"},
    "zh": {"moved": "{} 已移到“方案报价”。", "up": "已拿起 Keys", "over": "方案报价"},
}


def lane(page, name: str):
    return page.locator(f'[data-lane="{name}"]')


def card(page, key: str):
    return page.locator(f'[data-card="{key}"]')


def drag(page, source, target) -> None:
    """As a hand does it: press, move in steps, let go."""
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 80, steps=12)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 90, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("language", WORDS)
def test_a_card_is_dragged_by_mouse_and_stays_there(language, open_browser, server, office, account):
    key = office.make("deal", {"name": "Towers", "account": account, "amount": PRICE}, by="ann")
    page = open_browser(language=language)
    server.go(page, BOARD)
    drag(page, card(page, key), lane(page, "proposal"))
    expect(page.locator("#toasts")).to_contain_text(WORDS[language]["moved"].format("Towers"))
    expect(lane(page, "proposal").locator(f'[data-card="{key}"]')).to_have_count(1)
    server.go(page, BOARD)
    expect(lane(page, "proposal").locator(f'[data-card="{key}"]')).to_have_count(1)


@pytest.mark.parametrize("language", WORDS)
def test_a_card_is_carried_by_keys_and_the_way_is_told(language, open_browser, server, office, account):
    key = office.make("deal", {"name": "Keys", "account": account, "amount": PRICE}, by="ann")
    words, page = WORDS[language], open_browser(language=language)
    server.go(page, BOARD)
    card(page, key).locator("[data-stop]").focus()
    page.keyboard.press("m")
    expect(page.locator("#board-says")).to_contain_text(words["up"])
    page.keyboard.press("ArrowRight")
    expect(page.locator("#board-says")).to_contain_text(words["over"])
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text(words["moved"].format("Keys"))
    expect(lane(page, "proposal").locator(f'[data-card="{key}"]')).to_have_count(1)


def test_escape_puts_a_card_back(open_browser, server, office, account):
    key = office.make(
        "deal", {"name": "Back", "account": account, "amount": {"amount": "7.00", "currency": "CNY"}}, by="ann"
    )
    page = open_browser()
    server.go(page, BOARD)
    card(page, key).locator("[data-stop]").focus()
    for pressed in ("m", "ArrowRight", "Escape"):
        page.keyboard.press(pressed)
    expect(lane(page, "qualify").locator(f'[data-card="{key}"]')).to_have_count(1)


def test_a_refused_card_goes_back_and_the_dialog_mends_it(open_browser, server, office, account, request):
    key = office.make("deal", {"name": "Poor", "account": account}, by="ann")
    context = server.context(request.getfixturevalue("chromium"), "ann")
    page = context.new_page()  # its refusal stands in the console, so it is not watched
    server.go(page, BOARD)
    card(page, key).locator("[data-stop]").focus()
    for pressed in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(pressed)
    dialog = page.locator("dialog#dialog")
    expect(dialog).to_contain_text("Move to Proposal")
    expect(lane(page, "qualify").locator(f'[data-card="{key}"]')).to_have_count(1)
    dialog.locator('[name="amount.amount"]').fill("42")
    dialog.get_by_role("button", name="Move to Proposal").click()
    expect(lane(page, "proposal").locator(f'[data-card="{key}"]')).to_have_count(1)
    context.close()


def test_on_a_phone_a_sheet_of_stages_moves_the_card(open_browser, server, office, account):
    values = {"name": "Thumb", "account": account, "amount": {"amount": "9.00", "currency": "CNY"}}
    key = office.make("deal", values, by="ann")
    page = open_browser(language="zh", size="phone")
    server.go(page, BOARD)
    card(page, key).locator("[data-stage-menu]").click()
    page.locator("dialog[open]").get_by_role("button", name="方案报价").click()
    expect(page.locator("#toasts")).to_contain_text("方案报价")
    server.go(page, BOARD)
    expect(lane(page, "proposal").locator(f'[data-card="{key}"]')).to_have_count(1)


@pytest.mark.parametrize("column", ["proposal", "won"])
def test_a_card_is_dropped_anywhere_in_a_column(column, open_browser, server, office, account):
    """Far below its last card; on a folded column, too."""
    key = office.make("deal", {"name": "Far", "account": account, "amount": PRICE}, by="ann")
    page = open_browser()
    server.go(page, f"{BOARD}?filter=name = 'Far'")
    box, target = card(page, key).bounding_box(), lane(page, column).bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + 360, steps=10)
    page.mouse.up()
    expect(page.locator("#toasts")).to_contain_text("Far moved to")
    expect(lane(page, column).locator(f'[data-card="{key}"]')).to_have_count(1)
