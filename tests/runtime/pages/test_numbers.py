"""Home and dashboards: every link leads somewhere, and every number to exactly the records that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from numbered import documents
from offices import Office, open_office
from visits import Visitor

COUNT = re.compile(r'<a href="(/app/crm/[^"]+filter=[^"]+)"[^>]*>\s*([\d,]+)\s*</a>')


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("numbers")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, documents()) as office:
        office.hire("ann", "seller")
        office.hire("boss", "administrator")
        for n in range(7):
            account = office.make("account", {"name": f"Company {n % 3}"}, by="ann")
            amount = {"amount": f"{n + 1}000.00", "currency": "CNY"}
            deal = {"name": f"Deal {n}", "account": account, "amount": amount, "close_on": "2026-05-01"}
            office.make("deal", deal | ({"stage": "proposal"} if n > 4 else {}), by="ann")
        yield office


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("who", ["ann", "boss"])
def test_every_link_of_home_leads_somewhere(office, who, language):
    browser = Visitor(office, who, language)
    home = browser.get("/app")
    assert home.status == 200
    links = {each for each in home.links() if each.startswith("/app")}
    assert len(links) > 4
    assert {each: browser.get(each).status for each in links} == dict.fromkeys(links, 200)


def test_home_shows_the_numbers_of_the_first_dashboard(office):
    home = Visitor(office, "ann").get("/app")
    assert re.search(r'class="kpi"[^>]*><span class="muted t-12">Deals</span><span class="value">7<', home.markup)


@pytest.mark.parametrize("who", ["ann", "boss"])
def test_each_number_of_a_dashboard_opens_a_list_of_that_many_records(office, who):
    browser = Visitor(office, who)
    page = browser.get("/app/crm/-/dashboard/all?whole=1")
    found = {(unescape(url), int(number.replace(",", ""))) for url, number in COUNT.findall(page.markup)}
    assert len(found) > 3
    for url, number in found:
        shown = browser.get(url)
        assert shown.status == 200, url
        assert shown.markup.count('<tr role="row" data-row=') == number, url


def test_the_number_in_the_strip_opens_all_that_it_counts(office):
    browser = Visitor(office, "ann")
    page = browser.get("/app/crm/-/dashboard/all?whole=1")
    url = re.search(r'class="kpi" href="([^"]+)"><span class="muted t-12">Deals<', page.markup)[1]
    assert browser.get(unescape(url)).markup.count("data-row=") == 7
