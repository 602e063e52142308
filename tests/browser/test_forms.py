"""A form with rules and lines, worked by a person, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WORDS = {
    "en": {"customer": "Huawei"},
    "zh": {"customer": "华为"},
}


@pytest.fixture
def product(office) -> str:
    price = {"amount": "250.00", "currency": "CNY"}
    return office.make("product", {"name": "GTX Pro", "list_price": price}, by="ann")


def choose(page, field: str, typed: str, shown: str) -> None:
    """Look for a record in a picker and take it."""
    box = page.locator(f'[data-field="{field}"] .ts-control input')
    box.click()
    box.fill(typed)
    page.locator(f'[data-field="{field}"] .ts-dropdown .option', has_text=shown).first.click()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_are_priced_while_they_are_typed(language, open_browser, server, account, product):
    page = open_browser(language=language)
    server.go(page, "/app/crm/deal/r/new")
    page.locator("#f-name").fill("Fifty towers")
    choose(page, "account", WORDS[language]["customer"], "Huawei")
    page.locator("sartor-lines [data-add]").click()
    choose(page, "lines[0].product", "GTX", "GTX Pro")
    expect(page.locator('[name="lines[0].unit_price.amount"]')).to_have_value("250")
    page.locator('[name="lines[0].quantity"]').fill("4")
    expect(page.locator('[data-field="lines[0].amount"] [data-output]')).to_have_text("1,000.00")
    expect(page.locator('sartor-lines [data-foot="amount"]')).to_have_text("1,000.00")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/deal/r/0*")
    expect(page.locator("h1.title")).to_have_text("Fifty towers")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_field_appears_when_a_rule_asks_for_it(language, open_browser, server, deal):
    page = open_browser(language=language)
    server.go(page, f"/app/crm/deal/r/{deal}/edit")
    reason = page.locator('[data-field="loss_reason"]')
    expect(reason).to_be_hidden()
    page.locator("#f-stage").select_option("lost")
    expect(reason).to_be_visible()
    expect(reason.locator("[data-must]")).to_be_visible()
    page.locator("#f-loss_reason, #f-loss-reason").fill("Price")
    page.keyboard.press("Control+s")
    page.wait_for_url(f"**/deal/r/{deal}")
    expect(page.locator('[aria-current="step"]')).to_contain_text("Lost" if language == "en" else "输单")


def test_an_amount_shows_its_thousands_at_rest_and_is_sent_as_it_is(open_browser, server, office, deal):
    page = open_browser()
    server.go(page, f"/app/crm/deal/r/{deal}/edit")
    amount = page.locator("[name='amount.amount']")
    expect(amount).to_have_value("1,200")
    amount.focus()
    expect(amount).to_have_value("1200")
    amount.fill("12,345,678.5")
    page.keyboard.press("Tab")
    expect(amount).to_have_value("12,345,678.50")
    with page.expect_request("**/edit") as sent:
        page.keyboard.press("Control+s")
    assert "amount.amount=12345678.5&" in f"{sent.value.post_data}&"
    page.wait_for_url(lambda url: "/edit" not in url)
    assert office.ask("ann", "GET", f"/records/deal/{deal}").json["amount"]["amount"] == "12345678.50"


def test_the_price_follows_the_product_until_somebody_types_one(open_browser, server, office, product):
    office.make("product", {"name": "GTX Basic", "list_price": {"amount": "90.00", "currency": "CNY"}}, by="ann")
    page = open_browser()
    server.go(page, "/app/crm/deal/r/new")
    page.locator("sartor-lines [data-add]").click()
    price = page.locator('[name="lines[0].unit_price.amount"]')
    total = page.locator('[data-field="lines[0].amount"] [data-output]')
    choose(page, "lines[0].product", "GTX Pro", "GTX Pro")
    expect(price).to_have_value("250")
    choose(page, "lines[0].product", "GTX Basic", "GTX Basic")
    expect(price).to_have_value("90")
    price.fill("80")
    page.locator('[name="lines[0].quantity"]').fill("2")
    expect(total).to_have_text("160.00")
    choose(page, "lines[0].product", "GTX Pro", "GTX Pro")
    page.locator('[name="lines[0].quantity"]').fill("3")
    expect(total).to_have_text("240.00")
    expect(price).to_have_value("80")
