"""Forms of the stock blueprints at work, whose rules close fields that effects fill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from offices import Office
from playwright.sync_api import expect
from shops import open_shop

pytestmark = pytest.mark.browser
PRICE = {"amount": "8900.00", "currency": "CNY"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_shop(tmp_path_factory.mktemp("shop"), samples=False) as office:
        yield office


@pytest.fixture(scope="module")
def deal(office: Office) -> str:
    account = office.make("account", {"name": "灏原冷链集团有限公司"}, by="ada")
    category = office.make("product_category", {"name": "网关"}, by="ada")
    goods = {"name": "智能货架网关", "code": "G-1", "list_price": PRICE, "category": category}
    lines = [{"product": office.make("product", goods, by="ada"), "quantity": "1"}]
    return office.make("deal", {"name": "Gateways", "amount": PRICE, "account": account, "lines": lines}, by="ada")


def test_the_lines_of_a_deal_are_changed_whose_amount_follows_them(open_browser, server, deal):
    page = open_browser("ada")
    server.go(page, f"/app/sales/deal/r/{deal}/edit")
    amount = page.locator('[name="amount.amount"]')
    expect(amount).to_have_attribute("readonly", "")
    for quantity, shown in (("3", "26,700"), ("4", "35,600")):
        page.locator('[name="lines[0].quantity"]').fill(quantity)
        expect(amount).to_have_value(shown)
    page.keyboard.press("Control+s")
    page.wait_for_url(f"**/deal/r/{deal}")
    expect(page.locator("main")).to_contain_text("¥35,600")
