"""Change sets talked about by REST: comments, a second person's approval, a time to publish at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from offices import Office, encode_id

SET = "/change-sets/main"
DEAL = f"{SET}/documents/entity/deal"


@pytest.fixture(autouse=True)
def clean(office: Office) -> Any:
    yield
    office.ask("designer", "DELETE", SET)


def edit(office: Office, label: str, who: str = "designer") -> None:
    document = office.get(who, DEAL).json
    document["fields"]["close_on"]["label"] = label
    assert office.ask(who, "PUT", DEAL, document).status == 200


def said(office: Office) -> list[Any]:
    return [(each["kind"], each["body"], each["key"]) for each in office.get("boss", f"{SET}/comments").json["data"]]


def test_comments_are_said_listed_taken_back_and_kept_with_the_revision(office: Office) -> None:
    edit(office, "Close A")
    item = {"body": "Why?", "key": "entity/deal", "path": "/fields/close_on/label", "about": "label"}
    first = office.post("boss", f"{SET}/comments", item).json["id"]
    office.post("designer", f"{SET}/comments", {"body": "Because"})
    assert said(office) == [("comment", "Why?", "entity/deal"), ("comment", "Because", None)]
    assert office.ask("designer", "DELETE", f"{SET}/comments/{first}").status == 403
    assert office.ask("boss", "DELETE", f"{SET}/comments/{first}").status == 200
    number = office.post("designer", f"{SET}/publish", {}).json["revision"]
    (kept,) = office.get("boss", f"/revisions/{number}/comments").json["data"]
    assert (kept["body"], kept["by"]) == ("Because", encode_id(office.people["designer"]))


def test_a_second_person_approves_by_rest(office: Office) -> None:
    edit(office, "Close B")
    asked = office.post("designer", f"{SET}/approval/ask", {"of": encode_id(office.people["boss"])}).json
    assert (asked["needed"], asked["may_publish"], asked["given"]) == (True, False, [])
    refused = office.post("designer", f"{SET}/publish", {})
    assert (refused.status, refused.json["type"]) == (409, "about:blank#unapproved")
    assert "boss was asked" in refused.json["detail"]
    own = office.post("designer", f"{SET}/approval/approve", {"content": asked["content"]})
    assert (own.status, "your own changes" in own.json["detail"]) == (403, True)
    office.post("boss", f"{SET}/approval/approve", {"content": asked["content"]})
    edit(office, "Close C")
    state = office.get("designer", f"{SET}/approval").json
    assert (state["may_publish"], state["voided"]["by"]) == (False, encode_id(office.people["boss"]))
    office.post("boss", f"{SET}/approval/approve", {"content": state["content"]})
    assert office.post("designer", f"{SET}/publish", {}).status == 200


def test_only_people_who_may_design_are_asked_and_approve(office: Office) -> None:
    edit(office, "Close D")
    assert office.post("designer", f"{SET}/approval/ask", {"of": encode_id(office.people["rep"])}).status == 403
    content = office.get("designer", f"{SET}/approval").json["content"]
    assert office.post("rep", f"{SET}/approval/approve", {"content": content}).status == 403
    assert office.post("clerk", f"{SET}/comments", {"body": "x"}).status == 403


def test_the_rule_of_the_workspace_is_set_by_administrators_only(office: Office) -> None:
    edit(office, "Close E")
    assert office.ask("designer", "PUT", "/publishing", {"approval": True}).status == 403
    assert office.ask("boss", "PUT", "/publishing", {"approval": True}).json == {"approval": True}
    try:
        told = office.post("designer", f"{SET}/publish", {})
        assert (told.status, "a second person" in told.json["detail"]) == (409, True)
    finally:
        office.ask("boss", "PUT", "/publishing", {"approval": False})
    assert office.post("designer", f"{SET}/publish", {}).status == 200


def test_a_time_is_set_shown_and_taken_back(office: Office) -> None:
    edit(office, "Close F")
    at = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    made = office.ask("designer", "PUT", f"{SET}/schedule", {"at": at.isoformat(), "note": "Tonight"}).json
    assert (datetime.fromisoformat(made["at"]), made["zone"], made["edited"]) == (at, "Asia/Shanghai", False)
    edit(office, "Close G")
    assert office.get("boss", f"{SET}/schedule").json["edited"] is True
    assert office.ask("boss", "DELETE", f"{SET}/schedule").json == {"at": None}
    assert [kind for kind, _body, _key in said(office)] == ["timed", "untimed"]
    assert office.ask("boss", "DELETE", f"{SET}/schedule").status == 404


@pytest.mark.parametrize("at", ["tonight", "2030-01-01T02:00:00", "2001-01-01T02:00:00Z"])
def test_a_time_that_is_none_is_refused(office: Office, at: str) -> None:
    edit(office, "Close H")
    assert office.ask("designer", "PUT", f"{SET}/schedule", {"at": at}).problems.keys() == {"at"}


def test_a_revision_at_a_time_is_of_whoever_set_it_with_the_rights_of_then(office: Office) -> None:
    edit(office, "Close I")
    here = office.workspace
    at = datetime.now(UTC) + timedelta(hours=5)
    office.ask("designer", "PUT", f"{SET}/schedule", {"at": at.isoformat(), "note": "Tonight"})
    clock, later = here.database.clock, at + timedelta(minutes=1)
    here.database.clock = lambda: later
    try:
        assert here.timed.run() == 1
    finally:
        here.database.clock = clock
    newest = office.get("boss", "/revisions").json["data"][0]
    assert (newest["note"], newest["by"]) == ("Tonight", encode_id(office.people["designer"]))
