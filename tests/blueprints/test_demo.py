"""The stock workspace as it is first seen: with the samples, every card of the dashboards has something to show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from offices import Office
from shops import open_shop
from visits import Visitor
from worlds import NOON

BLANK = ("nothing to count yet", "Nothing in this period", "Nothing to show", "Not open to you")
SEEN = [
    ("zhou.yining", "sales_home"),
    ("lu.wanqing", "sales_home"),
    ("lu.wanqing", "sales_team"),
    ("lu.wanqing", "forecast"),
    ("shen.zhiyuan", "sales_team"),
    ("shen.zhiyuan", "forecast"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_shop(tmp_path_factory.mktemp("shop"), now=NOON) as office:
        yield office


@pytest.mark.parametrize(("who", "dashboard"), SEEN)
def test_no_card_of_a_dashboard_is_blank(shop: Office, who: str, dashboard: str) -> None:
    page = Visitor(shop, who).get(f"/app/sales/-/dashboard/{dashboard}?whole=1")
    assert page.status == 200
    assert [said for said in BLANK if said in page.text] == []


def test_the_funnel_ends_with_what_was_won(shop: Office) -> None:
    page = Visitor(shop, "lu.wanqing").get("/app/sales/-/dashboard/sales_home?whole=1")
    table = page.markup.partition('id="panel-funnel"')[2].partition("</section>")[0]
    assert [stage in table for stage in ("Qualify", "Needs analysis", "Proposal", "Won")] == [True] * 4


@pytest.mark.parametrize("who", ["zhou.yining", "lu.wanqing", "shen.zhiyuan"])
def test_everyone_is_measured_by_the_target_of_those_whose_contracts_they_see(shop: Office, who: str) -> None:
    """A seller by their own, the head of a department by the department's, the director by the company's."""
    list_ = Visitor(shop, who).get("/app/sales/sales_target/all").text
    own = {"zhou.yining": "周以宁 合同", "lu.wanqing": "华东 合同", "shen.zhiyuan": "公司 合同"}[who]
    assert own in list_
    card = Visitor(shop, who).get("/app/sales/-/dashboard/sales_home?whole=1").text.partition("Target attainment")[2]
    assert 1 < float(card.partition("%")[0].split()[-1]) < 200
