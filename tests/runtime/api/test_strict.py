"""Requests that are not what they should be: each is refused with what was wrong, and with what was meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from offices import Office

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"filtr": "x"}, "unknown"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "²"}, "limit"),
        ({"limit": "1e2"}, "limit"),
        ({"count": "all"}, "count"),
        ({"deleted": "maybe"}, "invalid"),
        ({"sort": "nmae"}, "unknown"),
        ({"sort": "tags"}, "sort"),
        ({"sort": ",".join(["name"] * 9)}, "too_many"),
        ({"fields": "name,tags,nmae"}, "unknown"),
        ({"fields": "primary_contact.account.tags"}, "several"),
        ({"fields": ",".join(["name"] * 61)}, "too_many"),
        ({"filter": "name ="}, "expression"),
        ({"filter": "nmae = 'x'"}, "expression"),
        ({"filter": "name"}, "expression"),
        ({"filter": "(" * 900}, "expression"),
        ({"filter": "x" * 9000}, "invalid"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_parameter_that_cannot_be_meant_is_refused(office: Office, query: dict[str, str], code: str) -> None:
    told = office.get("rep", "/records/account", **query)
    assert told.status == 422
    assert told.headers["Content-Type"] == PROBLEM
    assert told.problems[next(iter(query))] == code


def test_the_near_match_is_named(office: Office) -> None:
    assert "Did you mean filter?" in office.get("rep", "/records/account", filtr="x").json["detail"]
    assert office.get("rep", "/records/account", sort="nmae").json["errors"][0]["near"] == "name"
    assert office.get("rep", "/records/acount").json["detail"].endswith("Did you mean account?")


def test_a_parameter_stands_there_once(office: Office) -> None:
    told = office.ask("rep", "GET", "/records/account?limit=1&limit=2")
    assert told.problems == {"limit": "repeated"}


@pytest.mark.parametrize("text", ["a\x00b", "\x00"])
def test_a_character_that_no_database_can_hold_is_refused(office: Office, text: str) -> None:
    assert office.get("rep", "/records/account", filter=text).status == 400
    assert office.get("rep", "/search", q=text).status == 400
    assert office.get("rep", "/records/%00").status == 404
    assert office.post("rep", "/records/account", {"name": text}).status == 422


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "half an object": b'{"name": ',
    "two keys": b'{"name": "a", "name": "b"}',
    "not a number": b'{"revenue": NaN}',
    "endless": b'{"revenue": -Infinity}',
    "huge": b'{"revenue": 1e999}',
    "huge whole": b'{"revenue": ' + b"9" * 5000 + b"}",
    "half a character": b'{"name": "\\ud800"}',
    "no UTF-8": b'{"name": "\xff"}',
    "deep": b"[" * 5000 + b"]" * 5000,
    "very deep": b'{"a":' * 100_000,
    "a list": b"[]",
    "a text": b'"name"',
    "nothing at all": b"null",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_json_object_is_refused(office: Office, account: str, name: str) -> None:
    before = office.checksum()
    for method, path in (
        ("POST", "/records/account"),
        ("PATCH", f"/records/account/{account}"),
        ("POST", "/records/account/batch"),
        ("POST", "/records/account/preview"),
        ("POST", f"/records/account/{account}/comments"),
    ):
        told = office.ask("rep", method, path, data=BROKEN[name])
        assert told.status == 400, path
        assert told.headers["Content-Type"] == PROBLEM
    told = office.ask("designer", "PUT", "/change-sets/main/documents/entity/account", data=BROKEN[name])
    assert told.status == 400
    assert office.checksum() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_content_type_is_refused(office: Office, kind: str) -> None:
    told = office.ask("rep", "POST", "/records/account", data=b'{"name": "x"}', headers={"Content-Type": kind})
    assert told.status == 415
    assert "application/json" in told.json["detail"]


def test_a_body_that_is_too_large_is_refused(office: Office) -> None:
    told = office.ask("rep", "POST", "/records/account", data=b'{"name": "' + b"x" * 17_000_000 + b'"}')
    assert told.status == 413
    assert told.headers["Content-Type"] == PROBLEM


WRONG: tuple[Any, ...] = (
    {"name": 5}, {"name": ["x"]}, {"name": {"x": 1}}, {"name": "x" * 121}, {"name": True},
    {"name": "n", "revenue": "much"}, {"name": "n", "revenue": {"amount": "1", "currency": "QQQ"}},
    {"name": "n", "revenue": {"amount": "1", "unit": "CNY"}}, {"name": "n", "revenue": "1" * 40},
    {"name": "n", "industry": "steel"}, {"name": "n", "industry": 3}, {"name": "n", "founded_on": "2026-02-30"},
    {"name": "n", "founded_on": 20260101}, {"name": "n", "tags": "new"}, {"name": "n", "tags": [1]},
    {"name": "n", "tags": {"a": 1}}, {"name": "n", "owner": "boss"}, {"name": "n", "owner": {"id": 5}},
    {"name": "n", "nmae": "x"}, {"nmae": "n"}, {},
)  # fmt: skip


@pytest.mark.parametrize("values", WRONG, ids=lambda value: json.dumps(value)[:50])
def test_a_wrong_value_is_refused_by_its_field(office: Office, values: dict[str, Any]) -> None:
    before = office.checksum()
    told = office.post("rep", "/records/account", values)
    assert told.status == 422
    assert told.problems.keys() & {*values, "name"}
    assert office.checksum() == before


@pytest.mark.parametrize(
    "body",
    [
        {"operations": "all"},
        {"operations": []},
        {"operations": [1]},
        {"operations": [{"values": {"name": "n"}}] * 1001},
        {"operations": [{"vlaues": {"name": "n"}}]},
        {"operations": [{"action": "destroy"}]},
        {"operations": [{"action": "update", "id": "x", "version": "1"}]},
        {"operations": [{"values": {"name": "n"}}], "partial": "yes"},
        {"partial": True},
    ],
    ids=lambda value: json.dumps(value)[:40],
)
def test_a_batch_that_is_none_is_refused(office: Office, body: dict[str, Any]) -> None:
    before = office.checksum()
    assert office.post("rep", "/records/account/batch", body).status == 422
    assert office.checksum() == before


@pytest.mark.parametrize("version", ["x", '"x"', "²", "1.5", "9" * 30, "-1"])
def test_a_version_that_is_none_is_refused(office: Office, account: str, version: str) -> None:
    sent = {"If-Match": version.encode().decode("latin-1")}
    assert office.ask("rep", "PATCH", f"/records/account/{account}", {"name": "n"}, headers=sent).status == 400


@pytest.mark.parametrize("key", ["x", "0" * 12, "U" * 13, "Z" * 13, "../../etc", "%2e%2e", "'"])
def test_an_id_that_is_none_is_refused(office: Office, key: str) -> None:
    assert office.get("rep", f"/records/account/{key}/history").status in (400, 404)
    assert office.ask("rep", "PATCH", f"/records/account/{key}", {"name": "n"}).status in (400, 404, 405)


def test_a_label_with_markup_stays_a_text(office: Office) -> None:
    name = "<script>alert(1)</script>"
    made = office.post("rep", "/records/account", {"name": name}).json["id"]
    told = office.get("rep", f"/records/account/{made}")
    assert told.json["name"] == name
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert told.headers["Content-Type"] == "application/json"


def test_what_is_not_there_is_told_as_a_problem(office: Office) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("PUT", "/records/account", 405)):
        told = office.ask("rep", method, path)
        assert told.status == status, path
        assert told.headers["Content-Type"] == PROBLEM


def test_what_may_be_done_instead_is_told(office: Office) -> None:
    assert set(office.ask("rep", "PUT", "/records/account").headers["Allow"].split(", ")) >= {"GET", "POST"}
    told = office.post("rep", "/records/deal_line", {"quantity": "1"})
    assert (told.status, told.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
