"""Lines as a form shows them: the columns that it chose, in its order, with its totals; closed where nobody types."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office
from visits import Visitor

from sartor.platform.errors import Invalid

TABLE = {
    "columns": {
        "quantity": {"order": 2, "total": "avg", "label": "Pieces"},
        "product": {"order": 1},
        "amount": {"order": 3, "total": "max"},
    },
    "sort": ["-quantity"],
}
NEW = "/app/crm/deal/r/new"


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(dict(DOCUMENTS))
    found["form/deal.main"]["sections"]["lines"]["fields"]["lines"] |= deepcopy(TABLE)
    found["entity/deal"]["fields"]["lines"]["visible_if"] = "amount is blank or amount < 5000"
    columns = {
        "name": {"order": 1},
        "close_on": {"order": 2, "total": "max"},
        "lines_total": {"order": 3, "total": "sum"},
    }
    found["form/account.main"] = {
        "label": "Account",
        "entity": "account",
        "sections": {"all": {"label": "All", "fields": {"name": {}}}},
        "tabs": {
            "deals": {"label": "Deals", "kind": "related", "entity": "deal", "lookup": "account", "columns": columns}
        },
    }
    every = {"operations": ["create", "read", "update"], "scope": "all", "fields": {"*": "write"}}
    grants = {name: every for name in ("account", "contact", "product", "deal")}
    found["role/clerk"] = {
        "label": "Clerk",
        "grants": {**grants, "deal": {**every, "fields": {"*": "write", "lines": "read"}}},
    }
    return found


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    return {"boss": ["administrator"], "clerk": ["clerk"]}


@pytest.fixture(scope="module")
def deal(office: Office) -> str:
    account = office.make("account", {"name": "Acme"}, by="boss")
    products = [office.make("product", {"name": name, "list_price": "100"}, by="boss") for name in ("One", "Two")]
    lines = [{"product": each, "quantity": count} for each, count in zip(products, ("1", "4"), strict=True)]
    return office.make("deal", {"name": "Lines", "account": account, "lines": lines}, by="boss")


def test_the_form_shows_what_it_chose(visit, deal):
    page = visit("boss").get(f"/app/crm/deal/r/{deal}/edit")
    form = page.form("/edit")
    assert [value for name, value in form.fields if name.endswith("].quantity")] == ["4", "1"]
    assert "Pieces" in page.text
    assert "unit_price" not in page.markup
    assert 'data-foot="quantity">Ø 2.5' in page.markup


def test_the_page_shows_the_same(visit, deal):
    page = visit("boss").get(f"/app/crm/deal/r/{deal}/tab/lines")
    assert page.text.index("Two") < page.text.index("One")
    assert "Pieces" in page.text
    assert "Most 400.00" in page.text


def test_a_related_list_has_the_totals_of_its_columns(office, visit, deal):
    account = office.get("boss", f"/records/deal/{deal}").json["account"]["id"]
    office.make("deal", {"name": "Other", "account": account, "close_on": "2027-05-01"}, by="boss")
    page = visit("boss").get(f"/app/crm/account/r/{account}/tab/deals")
    assert "Sum 500" in page.text
    assert "Most 1 May 2027" in page.text


def test_totals_and_whether_it_is_shown_follow_what_is_typed(visit, deal):
    browser = visit("boss")
    form = browser.get(f"/app/crm/deal/r/{deal}/edit").form("/edit")
    sent = form.filled(amount__amount="9000", more={"lines[0].quantity": "9"})
    told = json.loads(browser.post(f"/app/crm/deal/r/{deal}/preview", sent).markup)
    assert told["lines"]["lines"]["foot"] == {"quantity": "Ø 5.00", "amount": "Most 900.00"}
    assert told["fields"]["lines"] == {"visible": False}


def test_who_may_only_read_lines_is_offered_no_change_and_saves_the_rest(office, deal):
    browser = Visitor(office, "clerk")
    page = browser.get(f"/app/crm/deal/r/{deal}/edit")
    assert "Two" in page.text
    assert "data-off" not in page.markup.partition("<template data-blank")[0]
    assert browser.send(page.form("/edit"), name="Still saved").status == 303


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("columns", {"deal": {}}),
        ("columns", {"product_name": {"total": "sum"}}),
        ("columns", {"maker": {"path": "product.name"}}),
        ("sort", ["product.name"]),
    ],
)
def test_what_a_line_cannot_show_is_told_at_its_place(office, pointer, value):
    form = deepcopy(DOCUMENTS["form/deal.main"])
    form["sections"]["lines"]["fields"]["lines"][pointer] = value
    with pytest.raises(Invalid) as refused:
        office.publish({"form/deal.main": form})
    (problem,) = refused.value.problems
    assert problem.field.startswith(f"/sections/lines/fields/lines/{pointer}/")


@pytest.mark.parametrize(("name", "value"), [("required", True), ("unique", True), ("default", "1"), ("copy", "name")])
def test_what_means_nothing_for_lines_is_refused_with_its_reason(office, name, value):
    entity = deepcopy(DOCUMENTS["entity/deal"])
    entity["fields"]["lines"][name] = value
    with pytest.raises(Invalid) as refused:
        office.publish({"entity/deal": entity})
    assert f"/fields/lines/{name}" in {each.field for each in refused.value.problems}
    assert "ines" in refused.value.problems[0].message
