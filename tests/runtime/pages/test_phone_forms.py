"""A form for phones: what a record's page, its form and its buttons follow there, and nowhere else."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office

AGENT = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
VISITING: dict[str, Any] = {
    "label": "Deal", "entity": "deal", "purpose": "phone",
    "head": {"close_on": {"order": 1}},
    "sections": {
        "visit": {"label": "On the way", "columns": 1, "fields": {"amount": {"order": 1}, "name": {"order": 2}}}
    },
    "buttons": {"today": {"label": "Close today", "set": {"close_on": "today()"}, "order": 1}},
}  # fmt: skip


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    return deepcopy(DOCUMENTS) | {"form/deal.phone": deepcopy(VISITING)}


@pytest.fixture
def url(office: Office) -> str:
    account = office.make("account", {"name": "Acme", "phone": "010 8888 8888"}, by="boss")
    money = {"amount": "1000", "currency": "CNY"}
    return "/app/crm/deal/r/" + office.make("deal", {"name": "Small", "account": account, "amount": money}, by="boss")


def widths(browser: Any, width: str) -> None:
    browser.client.set_cookie("sartor_width", width)


def test_a_phone_gets_its_own_form(visit, url):
    browser = visit("boss")
    at_a_desk = browser.get(url)
    assert "Close today" not in at_a_desk.text
    assert 'data-shown-for="desk"' in at_a_desk.markup
    widths(browser, "phone")
    on_a_phone = browser.get(url)
    assert "Close today" in on_a_phone.text
    assert "On the way" in on_a_phone.text
    assert 'data-shown-for="phone"' in on_a_phone.markup


def test_the_first_page_goes_by_what_the_browser_says(visit, url):
    assert "Close today" in visit("boss").get(url, **{"User-Agent": AGENT}).text
    assert "Close today" in visit("boss").get(url, **{"Sec-CH-UA-Mobile": "?1"}).text
    browser = visit("boss")
    widths(browser, "desk")
    assert "Close today" not in browser.get(url, **{"User-Agent": AGENT}).text


def test_what_is_typed_on_a_phone_is_sent_as_that_form(office, visit, url):
    browser = visit("boss")
    widths(browser, "phone")
    page = browser.get(f"{url}/edit")
    assert "loss_reason" not in page.markup
    widths(browser, "desk")  # the window is wider in the meantime
    refused = browser.send(page.form("/edit"), name="")
    assert "On the way" in refused.text
    assert "data-shown-for" not in refused.markup
    browser.send(refused.form("/edit"), name="Smaller")
    made = office.get("boss", f"/records/deal/{url.rpartition('/')[2]}").json
    assert made["name"] == "Smaller"
    assert made["account"]


def test_a_new_record_is_made_on_a_phone(visit, url):
    browser = visit("boss")
    widths(browser, "phone")
    assert "On the way" in browser.get("/app/crm/deal/r/new").text
    widths(browser, "desk")
    assert "On the way" not in browser.get("/app/crm/deal/r/new").text


def test_its_buttons_are_pressed_there(office, visit, url):
    browser = visit("boss")
    widths(browser, "phone")
    done = browser.send(browser.get(url).form("/press/today"))
    assert "Done: Close today" in browser.get(done.location).text


def test_others_pages_ask_for_nothing_again(visit, office):
    account = office.make("account", {"name": "Acme", "phone": "010 8888 8888"}, by="boss")
    assert "data-shown-for" not in visit("boss").get(f"/app/crm/account/r/{account}").markup


def test_each_form_is_tried_whatever_the_width(visit, url):
    browser = visit("boss")
    phone = browser.get(browser.get("/app/-/form/deal.phone").location)
    assert "On the way" in phone.text
    assert "data-shown-for" not in phone.markup
    widths(browser, "phone")
    assert "On the way" not in browser.get(browser.get("/app/-/form/deal.main").location).text


@pytest.mark.parametrize("width", ["phone", '"><script>'])
def test_it_opens_no_record_that_is_closed(visit, url, width):
    browser = visit("rep")
    widths(browser, width)
    assert browser.get(url).status == 404
    assert browser.get(f"{url}/edit?_form=phone").status == 404
    assert browser.post(f"{url}/press/today", {"_version": "1"}).status == 404
