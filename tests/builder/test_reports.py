"""The designer of reports on the server: which pages there are, what the palette offers, and the live numbers."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

LIVE = "/build/tallying/-/live-report/fresh"
COUNT = {"formula": "count()", "label": "Records", "order": 1}
REPORT = {
    "label": "By stage",
    "entity": "deal",
    "chart": "bar",
    "dimensions": {"stage": {"order": 1}},
    "measures": {"count": COUNT},
}


@pytest.fixture(scope="module", autouse=True)
def deals(office) -> None:
    account = office.make("account", {"name": "Contoso"})
    for name, amount in (("Small", "10"), ("Large", "2000")):
        money = {"amount": amount, "currency": "CNY"}
        office.make("deal", {"name": name, "account": account, "amount": money}, by=None)


@pytest.fixture
def look(office) -> Any:
    def ask(report: Any, who: str = "boss") -> Any:
        session, csrf = office.sign_in(who)
        client = office.app.test_client()
        client.set_cookie("sartor_session", session)
        sent = {"data": report, "content_type": "application/json"} if isinstance(report, bytes) else {"json": report}
        return client.post(LIVE, headers={"X-CSRF-Token": csrf}, **sent)

    return ask


def items(boss: Any, entity: str = "deal") -> dict[str, Any]:
    shelves = boss.get(f"/build/main/-/report-fields?entity={entity}").json
    return {item["key"]: item for shelf in shelves for item in shelf["items"]}


def cells(page: str) -> list[str]:
    """The texts of a table, cell by cell."""
    found: list[str] = []

    class Reading(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag in ("td", "th"):
                found.append("")

        def handle_data(self, data: str) -> None:
            if found:
                found[-1] += data.strip()

    Reading().feed(page)
    return found


def test_the_list_groups_reports_by_entity_and_links_their_designers(boss):
    page = boss.get("/build/main/reports").text
    assert 'href="/build/main/entities/deal"' in page
    assert 'href="/build/main/reports/by_stage"' in page
    assert "Metrics alone" in page


def test_the_palette_offers_each_field_for_what_its_type_allows(boss):
    found = items(boss)
    assert [each["formula"] for each in found["amount"]["measures"]][:2] == ["sum(base(amount))", "avg(base(amount))"]
    assert found["amount"]["measures"][0]["format"] == "money"
    assert found["close_on"]["dated"]
    assert found["probability"]["bands"] == ["0.25", "0.5", "0.75"]
    assert [each["way"] for each in found["stage"]["measures"]] == ["count", "distinct"]
    assert found["account.industry"]["groups"]
    assert "lines" not in found


def test_metrics_of_the_entity_come_before_those_of_others(boss):
    shelves = {shelf["title"]: [each["key"] for each in shelf["items"]] for shelf in
               boss.get("/build/main/-/report-fields?entity=deal").json}  # fmt: skip
    assert "metric:win_rate" in shelves["Metrics"]
    assert "metric:costs" in shelves["Metrics of others"]


def test_the_live_report_has_a_picture_and_its_numbers_that_lead_to_records(look):
    found = look(REPORT).json
    assert found["figure"]["data"][0]["type"] == "bar"
    assert cells(found["numbers"])[-2:] == ["Qualify", "2"]
    assert 'href="/app/crm/deal/all?filter=stage+%3D+%27qualify%27"' in found["numbers"]
    assert found["notes"] == []


def test_a_dimension_side_by_side_makes_columns(look):
    across = {"stage": {"order": 1, "across": True}, "name": {"order": 2}}
    found = look({**REPORT, "chart": "table", "dimensions": across, "options": {"totals": True}}).json
    assert cells(found["numbers"]) == [
        "Name",
        "Qualify",
        "Total",
        "Large",
        "1",
        "1",
        "Small",
        "1",
        "1",
        "Total",
        "2",
        "2",
    ]


def test_a_single_number_is_drawn_as_one(look):
    found = look({**REPORT, "chart": "number", "dimensions": {}}).json
    assert found["figure"] is None
    assert "2</span>" in found["numbers"]


def test_the_filter_is_said_and_applied(look):
    found = look({**REPORT, "filter": "amount >= 1000"}).json
    assert found["filter"][0] | {"value": "", "lead": ""} == {
        "text": "amount >= 1000", "path": "amount",
        "lead": "", "value": "", "tail": "",
    }  # fmt: skip
    assert cells(found["numbers"])[-1] == "1"


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"dimensions": {"renewal": {"order": 1, "label": "Renewal"}, "stage": {"order": 2}}}, "Renewal"),
        ({"filter": "renewal > 3"}, "Filter"),
        ({"measures": {"count": COUNT, "odd": {"formula": "sum(", "label": "Odd", "order": 2}}}, "Odd"),
        ({"sort": ["-nothing"]}, "Order"),
        ({"on": "name"}, "Date of the period"),
    ],
)
def test_what_does_not_hold_is_left_out_and_the_rest_is_shown(look, more, word):
    found = look({**REPORT, **more}).json
    assert f"Shown without “{word}”" in found["notes"][0]
    assert cells(found["numbers"])[-2:] == ["Qualify", "2"]


def test_a_chart_that_cannot_draw_so_many_shows_the_numbers(look):
    found = look({**REPORT, "chart": "pie", "measures": {"count": COUNT, "more": {**COUNT, "order": 2}}}).json
    assert found["notes"] == ["Pie takes 1 measures."]
    assert cells(found["numbers"])[-3:] == ["Qualify", "2", "2"]


def test_nothing_to_measure_shows_nothing_and_is_no_fault(look):
    found = look({**REPORT, "measures": {}}).json
    assert found["numbers"] == ""
    assert found["notes"] == ["Bars takes 1–4 measures.", "Table takes 1–12 measures."]


def test_what_the_designer_may_not_read_is_closed(office, look):
    office.hire("draftsman", "drafting")
    assert cells(look(REPORT, "draftsman").json["numbers"]) == []
    assert "Not open to you" in look(REPORT, "draftsman").json["numbers"]
    hidden = {**REPORT, "entity": "account", "dimensions": {"phone": {"order": 1}}}
    assert "Not open to you" in look(hidden, "draftsman").json["numbers"]


def test_only_who_designs_may_ask_and_only_with_a_report(look):
    assert look(REPORT, "ann").status_code == 403
    assert look({"measures": []}).status_code == 400
    assert look(b"not json").status_code == 400


def test_a_period_that_is_none_says_so(look):
    assert "is no period" in look({**REPORT, "period": "tomorow()"}).json["notes"][0]


def test_an_entity_that_is_not_published_has_no_numbers_and_no_fault(look):
    found = look({**REPORT, "entity": "visit"}).json
    assert found["figure"] is None
    assert found["notes"] == ["There is no entity visit."]


def test_a_formula_without_an_entity_says_what_is_missing(look):
    found = look({key: each for key, each in REPORT.items() if key not in ("entity", "dimensions")}).json
    assert "choose one" in found["notes"][0]
