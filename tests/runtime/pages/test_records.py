"""The page of a record: head, path, tabs, comments, moves, the recycle bin."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def url(deal: str) -> str:
    return f"/app/crm/deal/r/{deal}"


def test_the_head_shows_what_matters_and_the_path(visit, url):
    page = visit("ann").get(url)
    assert page.status == 200
    assert "Towers" in page.text
    assert "¥1,200" in page.text
    assert 'aria-current="step"' in page.markup
    assert "Qualify" in page.text


def test_a_comment_is_part_of_the_stream_and_its_author_takes_it_back(visit, url):
    browser = visit("ann")
    browser.send(browser.get(url).form("/comments"), text="Called <b>them</b>.")
    page = browser.get(url)
    assert "Called <b>them</b>." in page.text
    assert "<b>them</b>" not in page.markup
    assert "/remove" not in visit("max").get(url).markup
    browser.send(page.form("/remove"))
    assert "Called" not in browser.get(url).text


def test_an_empty_comment_is_refused(visit, url):
    assert visit("ann").post(f"{url}/comments", {"text": "  "}).status == 422


def test_changes_stand_in_the_stream_with_both_values(visit, url):
    browser = visit("ann")
    browser.send(browser.get(f"{url}/edit").form("/edit"), name="Higher towers")
    assert "Name Towers → Higher towers" in browser.get(url).text


def test_a_move_that_needs_nothing_is_one_click(visit, url):
    browser = visit("ann")
    version = browser.get(f"{url}/edit").form("/edit").value("_version")
    done = browser.post(f"{url}/move/proposal", {"_version": version})
    assert done.status == 303
    page = browser.get(url)
    assert "Towers moved to Proposal." in page.text


def test_a_move_back_asks_for_the_reason_and_keeps_it(visit, url):
    browser = visit("ann")
    version = browser.get(f"{url}/edit").form("/edit").value("_version")
    browser.post(f"{url}/move/proposal", {"_version": version})
    dialog = browser.fragment(f"{url}/move/qualify")
    assert "<html" not in dialog.markup
    refused = browser.send(dialog.form("/move/qualify"))
    assert refused.status == 422
    assert "This step needs a reason." in refused.text
    assert browser.send(refused.form("/move/qualify"), _note_stage="Wrong person").status == 303
    assert "Qualify" in browser.get(f"{url}").text


def test_a_move_that_a_guard_refuses_asks_for_what_it_names(visit, office, account):
    deal = office.make("deal", {"name": "No amount", "account": account}, by="ann")
    browser, url = visit("ann"), f"/app/crm/deal/r/{deal}"
    refused = browser.post(f"{url}/move/proposal", {"_version": "1"})
    assert refused.status == 422
    assert "Needs an amount." in refused.text
    done = browser.send(refused.form("/move/proposal"), amount__amount="99")
    assert done.status == 303
    assert "¥99" in browser.get(url).text


def test_a_lost_deal_says_why(visit, url):
    browser = visit("ann")
    dialog = browser.get(f"{url}/move/lost")
    assert "Loss reason" in dialog.text
    assert browser.send(dialog.form("/move/lost"), loss_reason="Too dear").status == 303
    assert "Too dear" in browser.get(f"{url}/tab/details").text


def test_where_no_way_leads_is_said_at_the_stage(visit, url):
    browser = visit("ann")
    browser.send(browser.get(f"{url}/move/lost").form("/move/lost"), loss_reason="x")
    page = browser.get(url)
    assert "Only Manager may move it from Lost to Proposal." in page.markup
    assert "It cannot go from Lost to Qualify." in page.markup


def test_a_deleted_record_can_be_found_and_brought_back(visit, url):
    browser = visit("max")
    assert browser.send(browser.get(url).form("/delete")).status == 303
    gone = browser.get(url)
    assert "This record is in the recycle bin." in gone.text
    assert browser.send(gone.form("/restore")).status == 303
    assert "recycle bin" not in browser.get(url).text


def test_a_version_that_is_old_does_not_delete(visit, url):
    browser = visit("max")
    form = browser.get(url).form("/delete")
    browser.send(browser.get(f"{url}/edit").form("/edit"), name="Changed")
    assert browser.send(form).status == 409


def test_a_record_out_of_reach_is_as_good_as_none(visit, url):
    assert visit("rep").get(url).status == 404
    assert visit("ann").get("/app/crm/deal/r/0000000000000").status == 404
    assert visit("ann").get("/app/crm/deal/r/short").status == 400


def test_neighbours_follow_the_list_one_came_from(visit, office, account):
    keys = [office.make("deal", {"name": f"N{n}", "account": account}, by="ann") for n in range(3)]
    page = visit("ann").get(f"/app/crm/deal/r/{keys[1]}?view=all&filter=name in ['N0', 'N1', 'N2']&sort=name")
    assert "2 / 3" in page.text
    assert any(keys[0] in each for each in page.links("/r/"))
    assert any(keys[2] in each for each in page.links("/r/"))


def test_a_tab_that_is_not_there_is_not_found(visit, url):
    assert visit("ann").get(f"{url}/tab/nope").status == 404


def test_errors_come_as_pages_to_people_and_as_problems_to_programs(visit):
    page = visit("ann").get("/app/crm/nothing")
    assert (page.status, page.response.mimetype) == (404, "text/html")
    assert "There is nothing here" in page.text
    problem = visit("ann").get("/app/crm/nothing", Accept="application/json")
    assert problem.response.mimetype == "application/problem+json"


def test_an_address_that_leads_nowhere_has_the_menu_all_the_same(visit):
    page = visit("ann").get("/nowhere")
    assert page.status == 404
    assert "All deals" in page.text


def test_a_bug_is_told_without_inner_details(visit, office, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("sartor.runtime.pages.home.home_page", broken)
    page = visit("ann").get("/app")
    assert page.status == 500
    assert "secret" not in page.text
    assert "the secret inside" in caplog.text


def test_a_long_stream_goes_on_and_shows_each_thing_once(visit, url):
    browser = visit("ann")
    for number in range(70):
        assert browser.post(f"{url}/comments", {"text": f"Word {number}."}).status == 303
    first = browser.get(url)
    assert "Word 69." in first.text
    assert "Word 20." in first.text
    assert "Word 19." not in first.text
    (more,) = set(first.links("before="))
    rest = browser.fragment(more)
    assert "<html" not in rest.markup
    assert "Word 19." in rest.text
    assert "Word 20." not in rest.text
    assert "ann made it" in rest.text
    assert not rest.links("before=")
    assert browser.get(more).text.count("Word 19.") == 1
    assert browser.get(f"{url}/tab/activity?before=yesterday").status == 400


def with_tab(form: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    section = {"label": "Nothing yet", "fields": fields}
    blank = {"label": "Blank page", "kind": "fields", "order": 1, "sections": {"nothing": section}}
    return {"form/deal.main": {**form, "tabs": {**form.get("tabs", {}), "blank": blank}}}


def test_a_tab_without_a_field_is_not_shown(visit, office, url):
    form = office.workspace.serving().design.documents["form/deal.main"]
    office.publish(with_tab(form, {}))
    assert "Blank page" not in visit("ann").get(url).text
    office.publish(with_tab(form, {"name": {"order": 1}}))
    assert "Blank page" in visit("ann").get(url).text
    office.publish({"form/deal.main": form})
