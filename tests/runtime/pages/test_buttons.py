"""Buttons in the head of a record: offered where they hold, done by the rules of a save, back on the record."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office

BUTTONS: dict[str, Any] = {
    "double": {
        "label": {"en": "Double it", "zh": "加倍"}, "when": "amount < 5000", "order": 1,
        "set": {"amount": "amount * 2"},
    },
    "mark": {"label": "Mark", "set": {"name": "name & '!'"}, "confirm": "Sure?", "order": 2},
    "today": {"label": "Close today", "set": {"close_on": "today()"}, "order": 3},
}  # fmt: skip


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    made = deepcopy(DOCUMENTS)
    made["form/deal.main"]["buttons"] = deepcopy(BUTTONS)
    made["role/reader"] = {
        "label": "Reader",
        "grants": {
            name: {"operations": ["read"], "scope": "all", "fields": {"*": "read"}} for name in ("account", "deal")
        },
    }
    return made


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    return {"boss": ["administrator"], "reader": ["reader"]}


@pytest.fixture
def url(office: Office) -> str:
    account = office.make("account", {"name": "Acme", "phone": "010 8888 8888"}, by="boss")
    money = {"amount": "1000", "currency": "CNY"}
    return "/app/crm/deal/r/" + office.make("deal", {"name": "Small", "account": account, "amount": money}, by="boss")


def test_a_button_sets_what_it_says_and_leads_back(office, visit, url):
    browser = visit("boss")
    page = browser.get(f"{url}?view=all")
    assert "Double it" in page.text
    done = browser.send(page.form("/press/double"))
    assert done.location == f"{url}?view=all"
    key = url.rpartition("/")[2]
    assert office.get("boss", f"/records/deal/{key}").json["amount"]["amount"] == "2000.00"
    assert "Done: Double it" in browser.get(done.location).text


def test_it_is_offered_only_where_its_condition_holds(office, visit, url):
    browser = visit("boss")
    key = url.rpartition("/")[2]
    office.ask("boss", "PATCH", f"/records/deal/{key}", {"amount": {"amount": "9000", "currency": "CNY"}})
    assert "press/double" not in browser.get(url).markup
    assert "press/mark" in browser.get(url).markup
    assert browser.post(f"{url}/press/double", {"_version": "2"}).status == 409
    assert browser.post(f"{url}/press/nothing", {"_version": "2"}).status == 404


def test_an_old_version_is_refused(visit, url):
    browser = visit("boss")
    assert browser.post(f"{url}/press/mark", {"_version": "1"}).status == 303
    assert browser.post(f"{url}/press/mark", {"_version": "1"}).status == 409


def test_it_asks_first_and_the_third_stands_in_the_menu(visit, url):
    markup = visit("boss").get(url).markup
    assert 'data-confirm="Sure?"' in markup
    menu = markup[markup.index('class="pop"', markup.index("More actions")) :]
    assert "press/today" in menu
    assert markup.count("press/double") == 2, "in the head, and in the menu of a phone"


def test_who_may_not_change_the_record_is_offered_none(visit, url):
    reader = visit("reader")
    assert "/press/" not in reader.get(url).markup
    assert reader.post(f"{url}/press/mark", {"_version": "1"}).status == 404


def test_faults_are_told_at_their_places(office, design):
    made = deepcopy(design)
    made["form/deal.main"]["buttons"]["double"]["when"] = "amuont > 1"
    made["form/deal.main"]["buttons"]["mark"]["set"] = {"nothing": "1"}
    made["form/deal.quick"] = {**made["form/deal.main"], "purpose": "quick", "buttons": {"today": BUTTONS["today"]}}
    told = {(each.file, each.field): each.message for each in office.workspace.compiler.check(made)}
    assert "amount" in told["form/deal.main", "/buttons/double/when"]
    assert told["form/deal.quick", "/buttons"] == "A quick form shows no buttons."
    assert any(place == "/buttons/mark/set/nothing" for _file, place in told)
