"""A design goes from one workspace to another by the API: seen, decided, published, nothing to do the second time."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from offices import Office, open_office

from sartor.platform.publishing import publisher
from sartor.runtime.handlers import jobs_of

ACCOUNT = "entity/account"


@pytest.fixture(scope="module")
def production(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Another workspace, for each that the tests of the file have."""
    folder = tmp_path_factory.mktemp("production")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, {}) as made:
        made.hire("boss", "administrator")
        yield made


def exported(office: Office) -> str:
    return str(office.get("boss", "/promotions/file").json["file"])


def bring(office: Office, file: str) -> Any:
    return office.post("boss", "/promotions", {"file": file}).json


def carry_out(office: Office, to: str, **more: Any) -> Any:
    plan = office.post("boss", f"/promotions/{to}?dry_run=true", {}).json
    return office.post("boss", f"/promotions/{to}", {"confirm": plan["fingerprint"], **more})


def called(office: Office, label: str) -> None:
    account = dict(office.workspace.serving().design.documents[ACCOUNT])
    office.publish({ACCOUNT: {**account, "label": label}})


def test_the_second_time_there_is_nothing_to_do(office: Office, production: Office) -> None:
    told = bring(production, exported(office))
    assert (told["changed"], told["open"]) == (True, 0)
    done = carry_out(production, told["to"])
    assert done.status == 200, done.data
    assert exported(production) == exported(office)
    assert bring(production, exported(office))["changed"] is False
    assert carry_out(production, told["to"]).json == done.json


def test_what_both_changed_is_decided_and_kept(office: Office, production: Office) -> None:
    carry_out(production, bring(production, exported(office))["to"])
    called(office, "Patron")
    called(production, "Guest")
    told = bring(production, exported(office))
    (issue,) = told["issues"]
    assert (issue["key"], issue["path"], issue["mine"], issue["theirs"]) == (ACCOUNT, "/label", "“Guest”", "“Patron”")
    assert carry_out(production, told["to"]).status == 409
    decision = {"key": ACCOUNT, "path": "/label", "choice": "take", "about": issue["about"]}
    look = production.post("boss", f"/promotions/{told['to']}/decide", {"decisions": [decision]}).json
    assert (look["open"], look["issues"][0]["choice"]) == (0, "take")
    assert carry_out(production, told["to"]).status == 200
    assert production.workspace.serving().design.documents[ACCOUNT]["label"] == "Patron"


def test_it_goes_into_no_change_set(office: Office, production: Office) -> None:
    to = bring(production, exported(office))["to"]
    assert production.post("boss", f"/promotions/{to}", {"set": "main"}).status == 422


def test_what_is_no_design_is_refused(production: Office) -> None:
    assert production.post("boss", "/promotions", {"file": "%"}).status == 400
    assert production.post("boss", "/promotions", {"file": base64.b64encode(b"no zip").decode()}).status == 400
    assert production.get("boss", f"/promotions/{'0' * 64}").status == 404


def test_what_takes_long_goes_on_in_a_change_set_by_a_worker(
    office: Office, production: Office, monkeypatch: Any
) -> None:
    called(office, "Long one")
    told = bring(production, exported(office))
    monkeypatch.setattr(publisher, "LONG", 0)
    found = carry_out(production, told["to"], rest="take")
    assert (found.status, found.json["type"], found.json["values"]) == (
        409,
        "about:blank#takes_long",
        {"set": "promote"},
    )
    assert production.post("boss", "/change-sets/promote/publish", {}).status == 202
    jobs = jobs_of(production.workspace)
    assert [jobs.run(each, "test") for each in jobs.waiting()] == [True]
    assert production.workspace.serving().design.documents[ACCOUNT]["label"] == "Long one"
