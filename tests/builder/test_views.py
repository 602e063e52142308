"""The designer of views on the server: which pages there are, and what the canvas shows of records."""

from __future__ import annotations

from typing import Any

import pytest

LIVE = "/build/sketch/-/live-view"
VIEW = {
    "label": "Big ones",
    "entity": "deal",
    "type": "list",
    "columns": {"name": {"order": 1}, "buyer": {"path": "account.name", "order": 2}, "renewal": {"order": 3}},
}


@pytest.fixture(scope="module", autouse=True)
def deals(office) -> None:
    account = office.make("account", {"name": "Contoso"})
    for name, amount in (("Small", "10"), ("Large", "2000")):
        money = {"amount": amount, "currency": "CNY"}
        office.make("deal", {"name": name, "account": account, "amount": money}, by=None)


@pytest.fixture
def look(office) -> Any:
    def ask(view: Any, who: str = "boss", where: str = LIVE) -> Any:
        session, csrf = office.sign_in(who)
        client = office.app.test_client()
        client.set_cookie("sartor_session", session)
        sent = {"data": view, "content_type": "application/json"} if isinstance(view, bytes) else {"json": view}
        return client.post(where, headers={"X-CSRF-Token": csrf}, **sent)

    return ask


def test_the_list_groups_views_by_entity_and_links_their_designers(boss):
    page = boss.get("/build/main/views").text
    assert 'href="/build/main/entities/deal"' in page
    assert 'href="/build/main/views/deal.board"' in page


def test_the_designer_offers_fields_and_those_behind_lookups(boss):
    page = boss.get("/build/main/views/deal.all").text
    assert "account.industry" in page
    assert "owner" in page
    assert "&#34;lines&#34;" not in page


def test_rows_are_live_and_an_unpublished_column_stays_empty(look):
    found = look(VIEW).json
    assert sorted(row[:2] for row in found["rows"]) == [["Large", "Contoso"], ["Small", "Contoso"]]
    assert {row[2] for row in found["rows"]} == {""}
    assert [each["is_there"] for each in found["columns"]] == [True, True, False]


def test_the_filter_is_said_and_applied(look):
    found = look({**VIEW, "filter": "amount >= 1000"}).json
    assert [row[0] for row in found["rows"]] == ["Large"]
    assert found["filter"][0]["lead"].startswith("Amount")
    assert found["count"] == "1"


def test_a_filter_that_cannot_be_read_is_left_out_and_says_why(look):
    found = look({**VIEW, "filter": "renewal > 3"}).json
    assert found["count"] == "2"
    assert "Shown without the filter" in found["notes"][0]


def test_rows_have_the_first_colour_whose_condition_holds(look):
    colours = {
        "big": {"label": "Big", "when": "amount > 1000", "colour": "red", "order": 1},
        "any": {"label": "Any", "when": "amount > 1", "colour": "blue", "order": 2},
        "new": {"label": "New", "when": "renewal is blank", "colour": "green", "order": 0},
    }
    found = look({**VIEW, "colours": colours, "sort": ["-amount"]}).json
    assert found["tints"] == ["red", "blue"]
    assert "Shown without a colour" in found["notes"][0]
    assert look({**VIEW, "colours": [1]}).status_code == 400


def test_rows_stand_under_what_they_are_grouped_by(look):
    found = look({**VIEW, "group": "name"}).json
    assert found["groups"] == [row[0] for row in found["rows"]]
    assert look({**VIEW, "group": "renewal"}).json["groups"] == []


def test_totals_run_over_all_that_match(look):
    found = look({**VIEW, "columns": {"amount": {"order": 1, "total": "sum"}}}).json
    assert found["columns"][0]["total"] == "¥2,010"


def test_stages_have_the_colours_that_people_will_see(look):
    found = look({**VIEW, "columns": {"stage": {"order": 1}}}).json
    assert found["columns"][0]["dots"][found["rows"][0][0]] == "stage-1"
    assert found["columns"][0]["dots"]["Won"] == "stage-won"
    board = look({**VIEW, "type": "board"}).json
    assert [lane["dot"] for lane in board["lanes"]][0] == "stage-1"


def test_a_type_with_lanes_shows_its_cards_in_them(look):
    found = look({**VIEW, "type": "board"}).json
    filled = [lane for lane in found["lanes"] if lane["cards"]]
    assert [lane["count"] for lane in filled] == ["2"]
    assert filled[0]["cards"][0][1] == "Contoso"


def test_cards_in_lanes_have_their_colour_too(look):
    colours = {"big": {"label": "Big", "when": "amount > 1000", "colour": "red", "order": 1}}
    found = look({**VIEW, "type": "board", "colours": colours, "sort": ["-amount"]}).json
    assert [lane["tints"] for lane in found["lanes"] if lane["cards"]] == [["red", ""]]


@pytest.fixture(scope="module")
def day(office, deals) -> str:
    """The day of a calendar that shows a deal, as an address."""
    account = office.make("account", {"name": "Fabrikam"})
    office.make("deal", {"name": "<Towers>", "account": account, "close_on": "2031-05-13"})
    return f"{LIVE}?day=2031-05-01"


CALENDAR = {**VIEW, "type": "calendar", "options": {"start": "close_on", "scale": "week"}}


def test_a_type_that_draws_by_itself_shows_records_that_lead_to_the_panel(look, day):
    month = look(CALENDAR, where=f"{day}&scale=month").json["drawn"]
    assert 'data-column="name">&lt;Towers&gt;</button>' in month
    assert 'data-option="colour"' in month
    assert 'data-place="?scale=month&amp;day=2031-06-01"' in month
    week = look(CALENDAR, where=day.replace("05-01", "05-13")).json["drawn"]
    assert 'data-column="buyer">Fabrikam</button>' in week


def test_it_shows_rows_and_says_why_where_its_options_do_not_fit(look):
    for options, why in (({"start": "gone"}, "no field gone"), ({"start": ["name"]}, "Shown as rows: ")):
        found = look({**CALENDAR, "options": options}).json
        assert (found["drawn"], bool(found["rows"])) == ("", True)
        assert why in found["notes"][0]


def test_only_who_designs_may_ask_and_only_with_a_view(look):
    assert look(VIEW, "ann").status_code == 403
    assert look({"columns": []}).status_code == 400


def test_an_entity_that_is_not_published_has_no_rows_and_no_fault(look):
    assert look({**VIEW, "entity": "visit"}).json["rows"] == []


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"type": "list", "type": "board"}', b"NaN", b"", b"not json"])
def test_what_is_no_json_is_refused(look, body):
    assert look(body).status_code == 400


def test_spellings_of_one_text_are_one_group(office, look):
    account = office.make("account", {"name": "Spellbound"})
    for name in ("hangzhou", "Hangzhou", "hangzhou"):
        office.make("deal", {"name": name, "account": account, "amount": {"amount": "7", "currency": "CNY"}}, by=None)
    found = look({**VIEW, "group": "name", "filter": "account.name = 'Spellbound'"}).json
    assert found["groups"] == ["hangzhou", "", ""]
