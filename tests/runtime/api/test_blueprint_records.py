"""Records that travel with a blueprint, by REST: chosen ones, those that one may export, and those that come later."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from offices import Office

from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.records import strangers
from sartor.platform.packaging.versions.promoting import Design, Promotion
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.records.wish import Wish

ASKED = {"name": "trip", "label": "Trip", "keys": []}


def export(office: Office, who: str = "boss", **asked: Any) -> Any:
    return office.post(who, "/blueprint-files/export", {**ASKED, **asked})


def test_chosen_records_are_in_the_file_with_their_entity(office: Office, account: str) -> None:
    told = export(office, records=[{"entity": "account", "as": "records", "filter": "name = 'Acme'"}]).json
    assert told["records"]["records/account"] >= 1
    assert "entity/account" in told["definitions"]
    again = export(office, records=[{"entity": "account", "as": "records", "filter": "name = 'Acme'"}]).json
    assert again["checksum"] == told["checksum"]
    assert "Acme" in unpacked(base64.b64decode(told["file"])).table("records")["account"]


def test_who_sees_no_records_exports_none(office: Office, account: str) -> None:
    assert export(office, "designer", records=[{"entity": "account", "as": "samples"}]).status == 403


def test_records_of_what_is_not_installed_do_not_come(office: Office) -> None:
    assert office.post("boss", "/blueprints/trip/records", {"what": "records"}).status == 404


def kit(version: str, rows: str) -> Blueprint:
    name = {"type": "text", "label": "Name", "order": 10}
    entity = {"label": "Kit", "title": "name", "fields": {"name": name, "cost": {**name, "order": 20}}}
    head = {"name": "kit", "version": version, "label": "Kit"}
    return Blueprint("kit", head, Parts({"entity/kit": entity}), tables={"records": {"kit": rows}})


@pytest.fixture(scope="module")
def to(office: Office) -> str:
    """A newer version of a blueprint with a record that was changed here, too."""
    role = {"label": "Carrier", "abilities": ["design", "migrate"], "grants": {}}
    office.publish({"role/carrier": role})
    office.hire("carrier", "carrier")
    install(office.workspace, [kit("1.0.0", "key,name,cost\na,Saw,1\n")], "L3")
    here = office.workspace
    saw = decode_id(office.get("boss", "/records/kit").json["data"][0]["id"])
    here.serving().writer.update(here.system("test"), "kit", saw, Wish({"cost": "secret"}))
    return Shelf(office.workspace.database, office.workspace.store).keep(kit("2.0.0", "key,name,cost\na,Saw,3\n"))


def test_what_is_here_is_shown_only_to_whom_it_is_open(office: Office, to: str) -> None:
    (seen,) = office.get("boss", "/blueprints/kit/upgrade", to=to).json["issues"]
    (closed,) = office.get("carrier", "/blueprints/kit/upgrade", to=to).json["issues"]
    assert (seen["mine"], seen["values"]["mine"]) == ("“secret”", "secret")
    assert (closed["mine"], sorted(closed["values"]), closed["theirs"]) == ("not open to you", ["theirs", "was"], "“3”")
    assert "secret" not in str(office.post("carrier", "/blueprints/kit/upgrade", {"to": to}).json)
    assert office.get("designer", "/blueprints/kit/upgrade", to=to).json["issues"] == []


def test_records_in_files_and_decisions_about_them_are_for_whoever_may_bring_records(office: Office, to: str) -> None:
    for path in ("/promotions/file", "/blueprints/kit/file"):
        assert (office.get("designer", path).status, office.get("boss", path).status) == (403, 200)
    sent = {"to": to, "decisions": [{"key": "record/kit/a", "path": "/cost", "choice": "take"}]}
    assert office.post("designer", "/blueprints/kit/upgrade/decide", sent).status == 403
    new = Shelf(office.workspace.database, office.workspace.store).find("kit", to)
    documents = Upgrades(office.workspace, "kit").look(new).draft.documents
    digest = Promotion(office.workspace, Design(documents, (new,))).keep()
    assert office.post("designer", f"/promotions/{digest}", {"rest": "take"}).status == 403
    assert office.post("boss", f"/promotions/{digest}", {"rest": "take"}).status == 200
    assert office.get("boss", "/records/kit").json["data"][0]["cost"] == "3"


@pytest.fixture(scope="module")
def tool() -> dict[str, str]:
    """A file with people in its records."""
    head = {"name": "tool", "version": "1.0.0", "label": "Tool"}
    owner = {"type": "user", "label": "Whose", "order": 20}
    fields = {"name": {"type": "text", "label": "Name", "order": 10}, "whose": owner}
    rows = "key,name,whose\na,Saw,boss@there.example\nb,Axe,boss@example.com\n"
    parts = Parts({"entity/tool": {"label": "Tool", "title": "name", "fields": fields}})
    tables = {"records": {"tool": rows}, "samples": {"tool": "key,whose\nc,zz@q.r\n"}}
    return {"file": base64.b64encode(packed(Blueprint("tool", head, parts, tables=tables))).decode()}


def test_who_does_not_see_addresses_does_not_learn_which_exist(office: Office, tool: dict[str, str], to: str) -> None:
    tried = office.post("carrier", "/blueprint-files/import?dry_run=true", tool)
    assert (tried.status, tried.json["strangers"]) == (200, [])


def test_only_for_the_first_strangers_somebody_is_looked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "key,owner\na,boss@a.example\nb,boss@b.example\n"
    made = Blueprint("tool", {}, Parts(), tables={"records": {"account": rows}})
    monkeypatch.setattr(strangers, "GUESSED", 1)
    here = office.workspace
    found = strangers.strangers_in(
        made, here.serving().design.documents, here.serving().model, here.directory(here.stamp())
    )
    assert [each.near for each in found] == ["boss@example.com", None]


def test_people_in_the_records_of_a_file_who_are_unknown_here_are_told_before_it_comes(
    office: Office, tool: dict[str, str]
) -> None:
    tried = office.post("boss", "/blueprint-files/import?dry_run=true", tool).json
    assert tried["strangers"] == [
        {"email": "boss@there.example", "near": "boss@example.com", "sample": False},
        {"email": "zz@q.r", "near": None, "sample": True},
    ]
    done = office.post(
        "boss", "/blueprint-files/import", {**tool, "people": {"boss@there.example": "boss@example.com"}}
    ).json
    assert "unknown_people" not in done
    owners = {
        each["name"]: (each["whose"] or {}).get("title") for each in office.get("boss", "/records/tool").json["data"]
    }
    assert owners["Saw"] == "boss"
    again = {"what": "samples"}
    assert office.post("carrier", "/blueprints/tool/records", again).json["unknown_people"] == 1


def test_people_in_the_records_of_an_upgrade_are_chosen_before_it_comes(office: Office) -> None:
    """Where something has to be decided a file leads to the upgrade; who its people are is asked there."""

    def doll(version: str, rows: str) -> Blueprint:
        name = {"type": "text", "label": "Name", "order": 10}
        fields = {"name": name, "whose": {"type": "user", "label": "Whose", "order": 20}}
        head = {"name": "doll", "version": version, "label": "Doll"}
        parts = Parts({"entity/doll": {"label": "Doll", "title": "name", "fields": fields}})
        return Blueprint("doll", head, parts, tables={"records": {"doll": rows}})

    install(office.workspace, [doll("1.0.0", "key,name,whose\na,Ann,\n")], "L3")
    new = doll("2.0.0", "key,name,whose\na,Ann,boss@there.example\n")
    to = Shelf(office.workspace.database, office.workspace.store).keep(new)
    look = office.get("boss", "/blueprints/doll/upgrade", to=to).json
    assert look["strangers"] == [{"email": "boss@there.example", "near": "boss@example.com", "sample": False}]
    assert office.get("carrier", "/blueprints/doll/upgrade", to=to).json["strangers"] == []
    people = {"boss@there.example": "rep@example.com"}
    assert office.post("boss", "/blueprints/doll/upgrade", {"to": to, "people": people}).status == 200
    assert office.get("boss", "/records/doll").json["data"][0]["whose"]["title"] == "rep"
    again = office.get("boss", "/blueprints/doll/upgrade", to=to).json
    assert again["strangers"][0]["near"] == "rep@example.com"
