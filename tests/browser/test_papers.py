"""Stock papers as Chromium prints them: they fit a page and a phone; many lines go on with heads and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from offices import Office
from playwright.sync_api import Page
from printed import Pdf
from shops import open_shop

pytestmark = pytest.mark.browser
PRICE = {"amount": "8900.00", "currency": "CNY"}
MANY = 60


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_shop(tmp_path_factory.mktemp("shop"), samples=False) as office:
        yield office


@pytest.fixture(scope="module")
def addresses(office: Office) -> dict[str, str]:
    """Papers with three lines each, and a quotation with many."""
    made = {"account": office.make("account", {"name": "灏原冷链集团有限公司"}, by="ada")}
    goods = {"name": "智能货架网关", "code": "G-1", "list_price": PRICE}
    category = office.make("product_category", {"name": "网关"}, by="ada")
    product = office.make("product", {**goods, "category": category}, by="ada")
    lines = [{"product": product, "quantity": "1"}]
    deal = {"name": "Gateways", "amount": PRICE, **made}
    few = office.make("deal", {**deal, "lines": lines * 3}, by="ada")
    many = office.make("deal", {**deal, "lines": lines * MANY}, by="ada")
    contract = office.make("contract", {"name": "Gateways", "amount": PRICE, **made, "lines": lines * 3}, by="ada")
    return {
        "quote": f"/app/sales/deal/r/{few}/print/quote_print",
        "contract": f"/app/sales/contract/r/{contract}/print/contract_print",
        "many": f"/app/sales/deal/r/{many}/print/quote_print",
    }


def printed(page: Page) -> Pdf:
    return Pdf(page.pdf(prefer_css_page_size=True, tagged=False))


def test_a_stock_paper_is_one_page_of_a4(open_browser, server, addresses):
    page: Any = open_browser("ada", language="zh")
    for name in ("quote", "contract"):
        server.go(page, addresses[name])
        paper = printed(page)
        assert paper.sizes() == [(210, 297)], name
        assert "第1页，共1页" in paper.texts()[0]


def test_a_stock_paper_fits_a_phone(open_browser, server, addresses):
    page: Any = open_browser("ada", size="phone")
    for name in ("quote", "contract"):
        server.go(page, addresses[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], name


def test_pages_are_numbered_and_heads_of_tables_repeated(open_browser, server, addresses):
    page: Any = open_browser("ada")
    server.go(page, addresses["many"])
    texts = printed(page).texts()
    assert len(texts) > 1
    numbers = [re.search(r"Page\d+of\d+", text)[0] for text in texts]
    assert numbers == [f"Page{number}of{len(texts)}" for number in range(1, len(texts) + 1)]
    assert [text.count("UnitQuantity") for text in texts[:2]] == [1, 1]
    assert "".join(texts).count("Total¥") == 1


def test_neither_a_sum_nor_signatures_stand_alone_on_a_page(open_browser, server, addresses):
    page: Any = open_browser("ada")
    server.go(page, addresses["many"])
    for lines in range(24, 7, -1):
        page.evaluate(
            "n => [...document.querySelectorAll('.paper-table tbody tr')].slice(n).forEach(e => e.remove())", lines
        )
        texts = printed(page).texts()
        (signed,) = (text for text in texts if "Forthesupplier" in text)
        assert "Deliveryandpayment" in signed, lines
        (summed,) = (text for text in texts if "Total¥" in text)
        assert "智能货架网关" in summed, lines
