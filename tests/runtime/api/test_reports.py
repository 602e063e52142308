"""Reports by REST: exact numbers, their words, and the address of the records behind each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from crm import DOCUMENTS
from numbers_of_crm import DOCUMENTS as NUMBERS
from offices import API, Office, open_office


@pytest.fixture(scope="module")
def office(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The small CRM with its reports; a representative has two deals, another one has none."""
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(module_database_url, folder, {**DOCUMENTS, **NUMBERS}) as office:
        for name, role in (("rep", "rep"), ("other", "rep"), ("manager", "manager")):
            office.hire(name, role)
        account = office.make("account", {"name": "华为"}, by="rep")
        for amount in ("100", "0.05"):
            office.make("deal", {"name": "Deal", "account": account, "amount": amount}, by="rep")
        yield office


def test_a_report_has_exact_numbers_and_words(office: Office) -> None:
    found = office.get("rep", "/reports/by_account").json
    assert [each["text"] for each in found["rows"][0]] == ["华为", "¥100.05", "2"]
    assert found["rows"][0][1]["value"] == "100.05"
    assert [each["label"] for each in found["headings"]] == ["Account", "Expected", "Deals"]
    assert found["definitions"][0] == {"label": "Expected", "text": "Expected, counted."}
    assert found["as_of"].endswith("Z")


def test_a_number_leads_to_its_records(office: Office) -> None:
    cell = office.get("rep", "/reports/by_account").json["rows"][0][2]
    path, _mark, query = cell["records"].removeprefix(API).partition("?")
    found = office.get("rep", path, **dict(parse_qsl(query)))
    assert len(found.json["data"]) == int(cell["value"])


def test_each_reader_has_other_numbers(office: Office) -> None:
    counts = [office.get(who, "/metrics/deals").json["rows"][0][0]["value"] for who in ("rep", "other", "manager")]
    assert counts == ["2", "0", "2"]


def test_an_aggregate_of_several_currencies_is_null_and_says_so(office: Office) -> None:
    for code in ("USD", "CNY"):
        office.make("product", {"name": code, "cost": {"amount": "10", "currency": code}})
    asked = {"measure": "sum(cost),count()", "filter": "name in ['USD', 'CNY']"}
    (whole,) = office.get("manager", "/records/product/aggregate", **asked).json["data"]
    assert whole == {"group": {}, "measures": {"sum(cost)": None, "count()": 2}, "currencies": {"sum(cost)": "XXX"}}
    _yuan, dollars = office.get("manager", "/records/product/aggregate", group="name", **asked).json["data"]
    assert (dollars["measures"]["sum(cost)"], dollars["currencies"]) == ("10.000", {"sum(cost)": "USD"})
    (cell,) = office.get("manager", "/metrics/costs").json["rows"][0]
    assert cell == {"value": None, "text": "several currencies", "currency": "XXX"} | {"records": cell["records"]}


def test_a_metric_is_grouped(office: Office) -> None:
    found = office.get("manager", "/metrics/deals", group="stage").json
    assert [[each["value"] for each in row] for row in found["rows"]] == [["qualify", "2"]]


def test_a_dashboard_has_its_cards(office: Office) -> None:
    found = office.get("rep", "/dashboards/home", owner="me").json
    assert [each["name"] for each in found["cards"]] == ["deals", "again", "stage", "costs", "list"]
    assert found["cards"][0]["report"]["rows"][0][0]["value"] == "2"
    assert found["cards"][3]["report"]["closed"][0]["label"] == "Costs"
    assert found["cards"][4]["view"] == "deal.all"


@pytest.mark.parametrize("path", ["/reports/by_acount", "/metrics/deal", "/dashboards/hme"])
def test_an_unknown_name_is_answered_with_the_near_one(office: Office, path: str) -> None:
    found = office.get("rep", path)
    assert found.status == 404
    assert "Did you mean" in found.json["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"period": "this_mnth"}, "period"), ({"compare": "x"}, "compare"), ({"owner": ","}, "owner"), ({"x": "x"}, "x")],
)
def test_a_filter_that_cannot_be_is_refused(office: Office, query: dict[str, str], field: str) -> None:
    found = office.get("rep", "/reports/won", **query)
    assert found.status == 422
    assert field in found.problems


@pytest.mark.parametrize(
    "group",
    ["owner:month", "stage:mont", "nothing", "amount.x", "contacts", "lines", "account.nothing", "x" * 300, "."],
)
def test_a_group_that_cannot_be_is_refused(office: Office, group: str) -> None:
    found = office.get("manager", "/metrics/deals", group=group)
    assert found.status == 422
    assert "group" in found.problems


def test_a_hidden_field_is_as_unknown_as_none(office: Office) -> None:
    hidden, none = (office.get("rep", "/metrics/costs", group=name) for name in ("cost", "cast"))
    assert hidden.status == none.status == 422
    assert hidden.json["detail"].replace("cost", "cast") == none.json["detail"]


def test_nobody_sees_no_number(office: Office) -> None:
    assert office.get(None, "/reports/by_account").status == 401
