"""Rows of a list: a colour by condition, and actions done from the row."""

from __future__ import annotations

from copy import deepcopy

import pytest
from crm import DOCUMENTS
from offices import Office

LIST = "/app/crm/deal/all"
MARKS = {
    "colours": {
        "huge": {"label": "Huge", "when": "amount >= 5000", "colour": "red", "order": 2},
        "ours": {"label": "Ours", "when": "owner = me() and amount >= 9000", "colour": "green", "order": 1},
        "secret": {"label": "Secret", "when": "account.phone is not blank", "colour": "blue", "order": 3},
    },
    "actions": {
        "double": {
            "label": {"en": "Double it", "zh": "加倍"},
            "when": "amount < 5000",
            "set": {"amount": "amount * 2", "loss_reason": "'was ' & text(amount)"},
            "order": 1,
        },
        "rename": {"label": "Mark", "set": {"name": "name & '!'"}, "confirm": "Sure?", "order": 2},
    },
}


@pytest.fixture(scope="module")
def design() -> dict:
    made = deepcopy(DOCUMENTS)
    made["view/deal.all"] |= deepcopy(MARKS)
    made["view/deal.board"]["colours"] = deepcopy(MARKS["colours"])
    return made


@pytest.fixture(scope="module", autouse=True)
def deals(office: Office) -> dict[str, str]:
    account = office.make("account", {"name": "Acme", "phone": "010 8888 8888"}, by="boss")
    made = {}
    for name, amount in (("Small", "1000"), ("Big", "5000"), ("Huge", "9000")):
        money = {"amount": amount, "currency": "CNY"}
        made[name] = office.make("deal", {"name": name, "account": account, "amount": money}, by="boss")
    return made


def row(markup: str, key: str) -> str:
    start = markup.index(f'data-row="{key}"')
    return markup[markup.rindex("<tr", 0, start) : markup.index("</tr>", start)]


def test_the_first_colour_that_holds_marks_the_row_and_is_read_out(visit, deals):
    page = visit("boss").get(LIST)
    assert "tint-green" in row(page.markup, deals["Huge"])
    assert "tint-red" in row(page.markup, deals["Big"])
    assert '<span class="sr">Huge: </span>' in row(page.markup, deals["Big"])
    assert "tint-blue" in row(page.markup, deals["Small"])


def test_an_action_is_offered_where_its_condition_holds(visit, deals):
    page = visit("boss").get(LIST)
    assert "act/double" in row(page.markup, deals["Small"])
    assert "act/double" not in row(page.markup, deals["Big"])


def test_an_action_sets_what_it_says_by_the_rules_of_a_save(visit, office, deals):
    url = f"/app/crm/deal/r/{deals['Small']}/act/double?view=all"
    done = visit("boss").post(url, {"_version": "1"})
    assert done.status == 303
    record = office.get("boss", f"/records/deal/{deals['Small']}").json
    assert record["amount"]["amount"] == "2000.00"
    assert record["loss_reason"] == "was 1000"
    assert visit("boss").post(url, {"_version": "1"}).status == 409


def test_an_action_that_does_not_fit_any_more_is_refused(visit, deals):
    refused = visit("boss").post(f"/app/crm/deal/r/{deals['Big']}/act/double?view=all", {"_version": "1"})
    assert refused.status == 409
    assert visit("boss").post(f"/app/crm/deal/r/{deals['Big']}/act/nothing", {"_version": "1"}).status == 404


def test_it_asks_first_where_the_design_says_so(visit, deals):
    assert 'data-confirm="Sure?"' in row(visit("boss").get(LIST).markup, deals["Big"])


def test_a_colour_by_what_is_closed_to_the_reader_marks_nothing(visit, office):
    account = office.make("account", {"name": "Own"}, by="rep")
    office.ask("boss", "PATCH", f"/records/account/{account}", {"phone": "010 8888 8888"})
    key = office.make("deal", {"name": "Own", "account": account}, by="rep")
    assert "tint-" not in row(visit("rep").get(LIST).markup, key).split(">")[0]


def test_cards_of_a_board_have_the_colour_and_say_it(visit):
    assert 'class="ticket-card is-tinted tint-red"' in visit("boss").get("/app/crm/deal/board").markup


def test_faults_are_told_at_their_places(office, design):
    made = deepcopy(design)
    made["view/deal.all"]["colours"]["huge"]["when"] = "amuont > 1"
    made["view/deal.all"]["actions"]["double"]["set"] = {"weighted": "1", "closed_at": "now()", "lines": "null"}
    made["view/deal.board"]["actions"] = deepcopy(MARKS["actions"])
    found = {each.field: each.code for each in office.workspace.compiler.check(made)}
    assert found["/colours/huge/when"] == "expression"
    assert found["/actions/double/set/weighted"] == "computed"
    assert found["/actions/double/set/closed_at"] == "read_only"
    assert found["/actions/double/set/lines"] == "lines"
    assert found["/actions"] == "unused"
