"""The pages of a change set that several people look at: comments, approval, a time; asked without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.change_sets.approving import Approvals
from sartor.platform.records.wish import Wish

ENTITY = "entity/deal"


@pytest.fixture(scope="module", autouse=True)
def second(office) -> None:
    office.hire("second", "administrator")
    office.hire("zoe", "administrator")


@pytest.fixture(autouse=True)
def clean(office) -> Iterator[None]:
    yield
    office.workspace.publisher.sets.discard()


@pytest.fixture
def send(office) -> Callable[..., TestResponse]:
    """Sends a form as somebody."""

    def sent(who: str, path: str, **fields: str) -> TestResponse:
        key, csrf = office.sign_in(who)
        client = office.app.test_client()
        client.set_cookie("sartor_session", key)
        return client.post(f"/build/main/{path}", data={"_csrf": csrf, **fields})

    return sent


@pytest.fixture
def edited(office) -> None:
    edit(office, "Closing day")


def edit(office, label: str) -> None:
    sets = office.workspace.publisher.sets
    document: Any = deepcopy(dict(sets.document(ENTITY)))
    document["fields"]["close_on"]["label"] = label
    sets.put(ENTITY, document, by=office.people["boss"])


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None
    return found.group(1)


def test_a_change_is_talked_about_where_it_stands(boss, send, edited):
    place = {"key": ENTITY, "place": "/fields/close_on/label", "about": "Field Close: label"}
    assert send("second", "changes/comment", text="Why <b>?", **place).headers["Location"].endswith("#talk")
    send("boss", "changes/comment", text="Because")
    page = boss.get("/build/main/changes").text
    assert page.count("Why &lt;b&gt;?") == 2
    assert page.count("Take the comment back") == 2, "its button has a name and a title, and only one is the boss's"
    assert send("second", "changes/comment", text=" ").status_code == 409


def test_a_refused_publication_names_who_has_to_approve_it(office, boss, send, edited):
    send("boss", "approval/ask", of=encode_id(office.people["second"]), text="Have a look")
    page = boss.get("/build/main/plan")
    assert "second was asked to approve it" in page.text
    assert "Approve or refuse" not in page.text
    asked = type(boss)(office, "second")
    assert 'href="/build/main/changes#approval">Approve or refuse' in asked.get("/build/main/plan").text
    assert re.search(r'href="/build/main/changes">\s*boss asks for approval', asked.get("/build/main").text)
    refused = send("boss", "plan/publish", seen=hidden(page, "seen"))
    assert (refused.status_code, "Nothing was published." in refused.text) == (409, True)


def test_only_what_was_looked_at_is_approved(office, boss, send, edited):
    send("boss", "approval/ask")
    content = re.search(r'name="content" value="(\w+)"', boss.get("/build/main/changes").text)
    assert content is None, "nobody approves his own changes"
    edit(office, "Day of closing")
    seen = office.workspace.publisher.sets.get().content
    edit(office, "Last day")
    assert send("second", "approval/judge", verdict="approve", content=seen).status_code == 409
    now = office.workspace.publisher.sets.get().content
    assert send("second", "approval/judge", verdict="approve", content=now).status_code == 303
    assert "Approved by second, exactly as it is now." in boss.get("/build/main/changes").text
    done = send("boss", "plan/publish", seen=hidden(boss.get("/build/main/plan"), "seen"))
    assert "approved it" in boss.get(done.headers["Location"]).text


def test_a_person_who_may_not_design_is_not_asked(office, send, edited):
    assert send("boss", "approval/ask", of=encode_id(office.people["ann"])).status_code == 403


def test_whoever_was_asked_and_has_left_is_waited_for_no_more(office, boss, send, edited):
    office.hire("guest", "administrator")
    send("boss", "approval/ask", of=encode_id(office.people["guest"]))
    assert "Ask again" not in type(boss)(office, "second").get("/build/main/changes").text
    here = office.workspace
    here.serving().writer.update(here.system("test"), "user", office.people["guest"], Wish({"active": False}))
    page = type(boss)(office, "second").get("/build/main/changes").text
    assert "guest was asked to approve it and can do so no more" in page
    assert "Ask again" in page
    assert send("second", "approval/ask", of=encode_id(office.people["zoe"])).status_code == 303


@pytest.mark.parametrize("at", ["", "tonight", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_what_is_no_time_is_refused(office, boss, send, edited, at):
    seen = hidden(boss.get("/build/main/plan"), "seen")
    assert send("boss", "plan/later", seen=seen, at=at).status_code in (400, 409)


def test_a_time_is_said_in_the_readers_zone_and_taken_back(office, boss, send, edited):
    seen = hidden(boss.get("/build/main/plan"), "seen")
    night = re.search(r'id="at" name="at" value="(\S+)"', boss.get("/build/main/plan").text)
    assert night is not None
    assert night.group(1).endswith("T02:00")
    assert send("boss", "plan/later", seen=seen, at=night.group(1)).headers["Location"].endswith("/changes#time")
    found = office.workspace.timing.get("main")
    assert (found.at.hour, found.zone) == (18, "Asia/Shanghai")
    assert "Take the time back" in boss.get("/build/main/changes").text
    send("second", "plan/later/not")
    assert "Take the time back" not in boss.get("/build/main/changes").text
    assert send("boss", "plan/later", seen=seen, at="2001-01-01T02:00").status_code == 409


def test_a_time_that_was_not_kept_is_told_on_the_first_page(office, boss, send, edited):
    send("boss", "plan/later", seen=hidden(boss.get("/build/main/plan"), "seen"), at=tomorrow(office))
    edit(office, "Another")
    clock = office.workspace.database.clock
    office.workspace.database.clock = lambda: clock() + timedelta(days=3)
    try:
        office.workspace.timed.run()
    finally:
        office.workspace.database.clock = clock
    assert "It was edited after the time had been set." in boss.get("/build/main").text


def tomorrow(office) -> str:
    return f"{office.workspace.database.clock() + timedelta(days=1):%Y-%m-%dT%H:%M}"


def test_administrators_ask_approval_of_every_change_set(office, boss, send, edited):
    assert send("second", "sets/approval", needed="on").status_code == 303
    try:
        assert "a second person has not approved" in boss.get("/build/main/plan").text
        assert 'name="needed" checked' in boss.get("/build/main/sets").text
    finally:
        send("second", "sets/approval")
    assert "Nobody has to approve it." in boss.get("/build/main/changes").text


def test_the_plan_says_what_changes_for_whom_and_how_long_it_takes(office, boss):
    sets = office.workspace.publisher.sets
    role: Any = deepcopy(dict(sets.document("role/seller")))
    role["abilities"] = [*role.get("abilities", []), "share"]
    sets.put("role/seller", role)
    page = boss.get("/build/main/plan").text
    assert "What changes for whom" in page
    assert "1 person: ann" in page
    assert "Expected time" in page
    assert boss.get("/build/main/plan/progress").json == {}


# ---- what is new for somebody


def test_whoever_is_asked_for_approval_sees_it_at_work_until_he_has_answered(office, boss, edited) -> None:
    second = type(boss)(office, "second")
    before = news(second)
    approvals = Approvals(office.workspace.publisher.sets)
    approvals.ask("main", office.people["boss"], office.people["second"])
    assert news(second) == before + 1
    page = second.get("/build/main").text
    assert "boss asks for approval of Main change set" in page
    assert ("Mark as read" in page) == (before > 0)
    approvals.approve("main", office.people["second"], office.workspace.publisher.sets.get().content, "Fine")
    assert news(second) == before


def test_an_author_hears_what_was_decided_until_he_has_read_it(office, boss, edited, send) -> None:
    before = news(boss)
    Approvals(office.workspace.publisher.sets).refuse("main", office.people["second"], "Not so")
    assert news(boss) == before + 1
    page = boss.get("/build/main").text
    assert "second refused Main change set" in page
    assert "Not so" in page
    assert send("boss", "news").status_code == 400
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until is not None
    Approvals(office.workspace.publisher.sets).refuse("main", office.people["second"], "Nor so")
    assert send("boss", "news", until=until.group(1)).status_code == 303
    assert news(boss) == 1
    assert "Nor so" in boss.get("/build/main").text
    assert send("boss", "news", until="9999-01-01T00:00:00+00:00").status_code == 303
    assert news(boss) == 0


def test_whoever_is_named_in_a_comment_hears_of_it(office, boss, edited, send) -> None:
    second = type(boss)(office, "second")
    before = news(second)
    send("boss", "changes/comment", text="Nothing for anybody")
    assert news(second) == before
    send("boss", "changes/comment", text="@second 请看一下")
    assert news(second) == before + 1
    assert "请看一下" in second.get("/build/main").text


def news(visitor) -> int:
    """How much is new, as the way to the builder says on a page of the product."""
    way = re.search(r'<a[^>]*href="/build".*?</a>', visitor.get("/app/crm/deal/all").text, re.DOTALL)
    assert way is not None
    count = re.search(r'class="count[^"]*">(\d+)<', way.group(0))
    return int(count.group(1)) if count else 0


def ask(office, who: str) -> str:
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in(who)[0])
    return client.get("/build/main/changes").text


def test_nobody_is_asked_to_approve_what_only_he_has_edited(office, edited):
    page = ask(office, "second")
    people = re.search(r'<select[^>]*name="of".*?</select>', page, re.S)
    assert people is not None
    assert encode_id(office.people["boss"]) not in people.group()
    assert encode_id(office.people["zoe"]) in people.group()
