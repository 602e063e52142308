"""The board: lanes, totals, moves by its own endpoint."""

from __future__ import annotations

import json

import pytest
from offices import Office

BOARD = "/app/crm/deal/board"


@pytest.fixture(scope="module", autouse=True)
def deals(office: Office) -> list[str]:
    account = office.make("account", {"name": "Grand Hotel"}, by="ann")
    made = []
    for n in range(1, 31):
        amount = {"amount": f"{n}000.00", "currency": "CNY"}
        values = {"name": f"Deal {n:02d}", "account": account, "amount": amount, "close_on": f"2027-01-{n:02d}"}
        made.append(office.make("deal", values, by="ann"))
    return made


def moved(browser, key: str, to: str, version: str) -> tuple[int, dict]:
    done = browser.post(
        f"/app/crm/deal/r/{key}/move?view=board",
        {"to": to},
        **{"If-Match": f'"{version}"', "Accept": "application/json"},
    )
    return done.status, json.loads(done.markup)


def test_every_lane_has_its_count_and_total_and_a_page_of_cards(visit):
    page = visit("ann").get(BOARD)
    assert page.status == 200
    assert page.markup.count("data-card=") == 25
    assert "+5 more" in page.text
    assert "¥465K" in page.text
    assert "Won 0" in page.text


def test_the_next_cards_of_a_lane_are_a_fragment(visit):
    browser = visit("ann")
    more = next(each for each in browser.get(BOARD).links("lane=qualify"))
    rest = browser.fragment(more)
    assert "<html" not in rest.markup
    assert rest.markup.count("data-card=") == 5


def test_a_move_answers_the_card_and_the_heads_of_all_lanes(visit, deals):
    status, told = moved(visit("ann"), deals[0], "proposal", "1")
    assert status == 200
    assert 'data-version="2"' in told["card"]
    assert told["lanes"]["proposal"]["count"] == "1"
    assert told["lanes"]["qualify"]["count"] == "29"
    assert told["message"] == "Deal 01 moved to Proposal."


def test_an_old_version_is_refused_and_nothing_moves(visit, deals):
    browser = visit("ann")
    moved(browser, deals[1], "proposal", "1")
    status, told = moved(browser, deals[1], "won", "1")
    assert status == 409
    assert told["detail"]
    assert "Proposal" in browser.get(f"/app/crm/deal/r/{deals[1]}/peek").text


def test_what_a_move_lacks_is_asked_for_in_a_dialog(visit, deals):
    browser = visit("ann")
    status, told = moved(browser, deals[2], "lost", "1")
    assert status == 422
    assert "Loss reason" in told["detail"]
    assert told["dialog"] == f"/app/crm/deal/r/{deals[2]}/move/lost"
    dialog = browser.fragment(told["dialog"])
    short = browser.post(
        told["dialog"], data=dialog.form("/move/lost").filled(loss_reason=""), headers={"HX-Request": "true"}
    )
    assert ["Loss reason is needed." in short.text, "Loss reason: " in short.text] == [True, False]
    done = browser.client.post(
        told["dialog"], data=dialog.form("/move/lost").filled(loss_reason="Price"), headers={"HX-Request": "true"}
    )
    assert done.status_code == 204


def test_a_stage_that_is_not_there_is_named(visit, deals):
    status, told = moved(visit("ann"), deals[3], "propsal", "1")
    assert status == 404
    assert "proposal" in told["detail"]


def test_an_end_lane_opens_and_shows_its_records(visit, deals):
    browser = visit("ann")
    moved(browser, deals[5], "won", "1")
    assert "Deal 06" not in browser.get(BOARD).text
    assert "Deal 06" in browser.get(f"{BOARD}?open=won").text


def test_who_sees_no_deals_sees_an_empty_board(visit):
    page = visit("rep").get(BOARD)
    assert page.status == 200
    assert page.markup.count("data-card=") == 0


def test_search_finds_by_parts_and_groups_by_entity(visit):
    hits = visit("ann").fragment("/app/crm/-/search?q=Deal 1")
    assert "<mark>Deal 1</mark>" in hits.markup
    assert "Deals" in hits.text
    assert "Deal 1" not in visit("rep").fragment("/app/crm/-/search?q=Deal 1").text.replace("“Deal 1”", "")


def test_search_without_a_word_offers_places(visit):
    assert "All deals" in visit("ann").fragment("/app/crm/-/search?q=").text


def test_home_shows_where_to_go(visit):
    page = visit("ann").get("/app")
    assert page.status == 200
    assert "ann" in page.text
    assert visit("ann").get("/app/crm").location == BOARD


def test_nobody_without_a_role_is_told_so(visit):
    assert "Nothing is open to you yet." in visit("nobody").get("/app").text


def test_files_of_the_front_end_never_change_and_come_compressed(visit):
    browser = visit()
    name = next(each for each in browser.get("/sign-in").links("/static/") if each.endswith(".css"))
    found = browser.get(name, **{"Accept-Encoding": "br, gzip"})
    assert found.response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert found.response.headers["Content-Encoding"] == "br"
    assert browser.get("/static/../secret_key").status == 404


def test_health_needs_nobody(visit):
    assert json.loads(visit().get("/healthz").markup) == {"status": "alive"}
    assert json.loads(visit().get("/readyz").markup)["status"] == "ready"


def test_every_page_sends_the_headers_that_keep_it_safe(visit):
    headers = visit("ann").get("/app").response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_numbers_of_work_are_for_whoever_administers(visit):
    told = visit("boss").get("/metrics").markup
    assert "sartor_jobs_waiting 0\n" in told
    assert "# TYPE sartor_scheduler_round_seconds gauge" in told
    assert "sartor_scheduler_round_seconds +Inf\n" in told
    assert visit("ann").get("/metrics").status == 403
    assert visit().get("/metrics").status in (302, 303, 401)


def test_a_token_that_only_reads_gets_the_numbers_of_work(office):
    office.hire("prometheus", "administrator", read_only=True)
    office.hire("looker", "seller", read_only=True)
    answers = [office.ask(who, "GET", "/metrics", base="") for who in ("prometheus", "looker")]
    assert [each.status for each in answers] == [200, 403]


@pytest.mark.parametrize("path", ["/app/crm/deal/all", "/nowhere"])
def test_errors_are_pages_while_the_database_is_away(office, monkeypatch, path):
    def away(_key):
        raise RuntimeError("away")

    monkeypatch.setattr(office.workspace.sessions, "find", away)
    found = office.app.test_client().get(path)
    assert (found.status_code, "Something broke" in found.text) == (500, True)


def test_an_unknown_token_is_told_so_on_a_page(office):
    client, sent = office.app.test_client(), {"Authorization": "Bearer x"}
    refused, nowhere = client.post("/app/crm/deal/r/x/move", headers=sent), client.get("/nowhere", headers=sent)
    assert (refused.status_code, "<h1" in refused.text) == (401, True)
    assert (nowhere.status_code, "<h1" in nowhere.text) == (404, True)
