"""Change sets looked at by REST: sentences, one change taken out, what has to be decided, where things are used."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from offices import API, Office

from sartor.platform.publishing.plan import Sample
from sartor.runtime.api import reviews

SET = "/change-sets/main"
MONEY = {"amount": "5", "currency": "CNY"}
DEAL = f"{SET}/documents/entity/deal"


@pytest.fixture(autouse=True)
def clean(office: Office) -> Any:
    yield
    for name in ("main", "other"):
        office.ask("designer", "DELETE", f"/change-sets/{name}")


def edit(office: Office, change: Any, name: str = "main") -> None:
    address = f"/change-sets/{name}/documents/entity/deal"
    document = office.get("designer", address).json
    change(document)
    assert office.ask("designer", "PUT", address, document).status == 200


def require_amount(document: Any) -> None:
    document["fields"]["amount"]["required"] = True


def call_it(label: str) -> Any:
    return lambda document: document["fields"]["close_on"].update(label=label)


def changes(office: Office) -> list[dict[str, Any]]:
    return office.get("designer", f"{SET}/changes").json["data"]


def test_a_change_set_is_told_in_sentences(office: Office) -> None:
    edit(office, require_amount)
    (told,) = changes(office)
    assert told["sentence"] == "Field Amount of Deal: required, was optional"
    assert (told["key"], told["paths"], told["after"], "before" in told) == (
        "entity/deal", ["/fields/amount/required"], True, False,
    )  # fmt: skip


def test_one_change_is_taken_out_and_the_other_stays(office: Office) -> None:
    edit(office, require_amount)
    edit(office, call_it("Close"))
    taken = next(each for each in changes(office) if "required" in each["sentence"])
    assert office.post("designer", f"{SET}/take-out", {"change": taken["id"]}).status == 200
    assert [each["sentence"] for each in changes(office)] == [
        "Field Close of Deal: label “Close”, was “Expected close”"
    ]
    again = office.post("designer", f"{SET}/take-out", {"change": taken["id"]})
    assert (again.status, "any more" in again.json["detail"]) == (409, True)


def test_the_last_change_taken_out_leaves_no_change_set(office: Office) -> None:
    edit(office, require_amount)
    office.post("designer", f"{SET}/take-out", {"change": changes(office)[0]["id"]})
    assert "main" not in office.get("designer", "/change-sets").json["data"]


def test_a_change_on_which_others_stand_stays(office: Office) -> None:
    field = {"type": "text", "label": "Extra", "order": 999}
    edit(office, lambda document: document["fields"].update(extra=field))
    view = office.get("designer", f"{SET}/documents/view/deal.all").json
    view["columns"]["extra"] = {"order": 9}
    office.ask("designer", "PUT", f"{SET}/documents/view/deal.all", view)
    added = next(each for each in changes(office) if each["key"] == "entity/deal")
    refused = office.post("designer", f"{SET}/take-out", {"change": added["id"]})
    assert (refused.status, refused.json["errors"][0]["file"]) == (422, "view/deal.all")
    assert len(changes(office)) == 2


def test_a_change_set_has_a_title_before_it_has_edits(office: Office) -> None:
    assert office.ask("designer", "PUT", "/change-sets/other", {"title": "Spring"}).json["title"] == "Spring"
    assert "other" in office.get("designer", "/change-sets").json["data"]
    assert office.get("designer", "/change-sets/other").json["title"] == "Spring"


def test_two_designers_decide_between_their_values(office: Office) -> None:
    edit(office, call_it("Mine"))
    edit(office, call_it("Theirs"), "other")
    edit(office, require_amount, "other")
    assert office.post("designer", "/change-sets/other/publish", {"note": "theirs"}).status == 200
    assert office.post("designer", f"{SET}/publish", {}).status == 409
    (asked,) = office.get("designer", f"{SET}/conflicts").json["data"]
    assert asked["values"] == {"was": "Expected close", "mine": "Mine", "theirs": "Theirs"}
    decision = {"key": asked["key"], "path": asked["path"], "choice": "edit", "value": "Both"}
    assert office.post("designer", f"{SET}/decide", decision).json["data"] == []
    published = office.get("designer", DEAL).json["fields"]
    assert (published["close_on"]["label"], published["amount"]["required"]) == ("Both", True)
    assert office.post("designer", f"{SET}/decide", decision).status == 409


def test_everything_that_uses_a_field_is_listed_with_its_place(office: Office) -> None:
    found = office.get("designer", f"{DEAL}/uses", field="stage").json["data"]
    said = {(each["key"], each["path"]): each["said"] for each in found}
    assert said["view/deal.all", "/columns/stage"] == "Column Stage of list All deals"
    assert said["view/deal.board", "/filter"] == "Board Board: filter"
    missing = office.get("designer", f"{DEAL}/uses", field="stag")
    assert (missing.status, "Did you mean stage?" in missing.json["detail"]) == (404, True)


def test_every_value_that_would_be_lost_is_listed_for_whoever_sees_them_all(office: Office) -> None:
    account = office.make("account", {"name": "A"})
    for name in ("first", "second"):
        office.make("deal", {"name": name, "account": account, "loss_reason": f"no number {name}", "amount": MONEY})
    part = {"type": "integer", "label": "Loss reason", "order": 90}
    edit(office, lambda document: document["fields"].update(loss_reason=part))
    address = f"{SET}/plan/losses"
    found = office.get("boss", address, subject="entity/deal#loss_reason").json["data"]
    assert [each["value"] for each in found] == ["no number first", "no number second"]
    assert office.get("designer", address, subject="entity/deal#loss_reason").status == 403
    about = {"key": "entity/deal", "field": "loss_reason", "to": "why"}
    renamed = office.post("designer", f"{SET}/proposals/rename", about).json["after"]
    assert office.post("designer", f"{SET}/documents", {"documents": renamed}).status == 200
    found = office.get("boss", address, subject="entity/deal#why").json["data"]
    assert [each["value"] for each in found] == ["no number first", "no number second"]
    assert office.get("designer", address, subject="entity/deal#why").status == 403


def test_what_going_back_would_lose_is_listed_like_that_too(office: Office) -> None:
    part = {"type": "integer", "label": "Size", "order": 90}
    edit(office, lambda document: document["fields"].update(size=part))
    number = office.post("designer", f"{SET}/publish", {}).json["revision"]
    edit(office, lambda document: document["fields"]["size"].update(type="text"))
    assert office.post("designer", f"{SET}/publish", {}).status == 200
    account = office.make("account", {"name": "A"})
    office.make("deal", {"name": "D", "account": account, "size": "wide", "amount": MONEY})
    address, subject = f"/revisions/{number}/rollback/losses", "entity/deal#size"
    assert [each["value"] for each in office.get("boss", address, subject=subject).json["data"]] == ["wide"]
    assert office.get("designer", address, subject=subject).status == 403
    assert office.get("boss", "/revisions/9999/rollback/losses", subject=subject).status == 404


def test_a_list_of_lost_values_begins_before_every_value_is_tried(office: Office, monkeypatch: Any) -> None:
    part = {"type": "integer", "label": "Loss reason", "order": 90}
    edit(office, lambda document: document["fields"].update(loss_reason=part))
    tried: list[str] = []
    sample = Sample(1, "no number", None, "why")
    monkeypatch.setattr(reviews, "MOST", 1)
    monkeypatch.setattr(reviews, "losses", lambda *_of: iter(tried.append("now") or (sample,)))
    address = f"{API}{SET}/plan/losses?subject=entity/deal%23loss_reason"
    told = office.app.test_client().get(address, headers={"Authorization": f"Bearer {office.keys['boss']}"}).response
    assert (next(iter(told)), tried) == (b'{"data":[', [])
    assert orjson.loads(b'{"data":[' + b"".join(told)) == {"data": [sample.as_dict()], "cut": True}


def test_two_revisions_are_told_in_sentences(office: Office) -> None:
    before = office.get("designer", "/revisions").json["data"][0]["number"]
    edit(office, call_it("Another close"))
    after = office.post("designer", f"{SET}/publish", {}).json["revision"]
    told = office.get("designer", f"/revisions/{after}/changes", **{"with": before}).json["data"]
    assert [each["sentence"].split(":")[0] for each in told] == ["Field Another close of Deal"]
