"""A token that was remembered holds no longer than it should: whatever moves is seen by the very next request."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from crm import DOCUMENTS
from offices import Office

from sartor.platform.access.assign import Assignment
from sartor.platform.access.stamp import raise_stamp
from sartor.platform.access.tokens import Tokens


class Write(NamedTuple):
    """moves: what it adds to the sum of all live versions."""

    method: str
    path: str
    body: object
    status: int
    moves: int


WRITES = [
    Write("POST", "/records/account", {"name": "Made"}, 201, 1),
    Write("PATCH", "/records/account/{id}", {"name": "Acme again"}, 200, 1),
    Write("DELETE", "/records/account/{id}", None, 200, -1),
]
READS = ["/records/account", "/records/account?filter=name = 'nobody'", "/search?q=Acme", "/records/account/{id}"]


@pytest.fixture
def newcomer(office: Office, account: str, request: pytest.FixtureRequest) -> str:
    """Somebody whose token has been used, and is therefore remembered."""
    name = f"newcomer {abs(hash(request.node.name))}"
    office.hire(name, "manager")
    for path in READS:
        assert office.ask(name, "GET", path.format(id=account)).status == 200
    return name


@pytest.mark.parametrize("path", READS)
def test_a_token_ends_with_its_revocation(office: Office, account: str, newcomer: str, path: str) -> None:
    database, user = office.workspace.database, office.people[newcomer]
    elsewhere = Tokens(database)
    with database.read() as connection:
        number = elsewhere.listed(connection, user)[0].id
    database.run(lambda work: elsewhere.revoke(work, user, number))
    assert office.ask(newcomer, "GET", path.format(id=account)).status == 401


@pytest.mark.parametrize("path", [READS[0], READS[1], READS[3]])
def test_a_role_that_was_taken_away_opens_nothing(office: Office, account: str, newcomer: str, path: str) -> None:
    here, user = office.workspace, office.people[newcomer]
    assignment = Assignment(here.database, here.serving().tables)
    here.database.run(lambda work: assignment.revoke(work, here.system("test"), user, "manager"))
    assert office.ask(newcomer, "GET", path.format(id=account)).status == 403


def test_a_new_field_is_known_at_once(office: Office, newcomer: str) -> None:
    entity = DOCUMENTS["entity/account"]
    field = {"type": "text", "label": "Nickname", "order": 900}
    office.publish({"entity/account": {**entity, "fields": {**entity["fields"], "nickname": field}}})
    assert office.get(newcomer, "/records/account", fields="name,nickname").status == 200
    office.publish({"entity/account": entity})
    assert office.get(newcomer, "/records/account", fields="name,nickname").status == 422
    assert office.get(newcomer, "/records/account").status == 200


def test_an_unmoved_workspace_is_not_asked_twice(
    office: Office, newcomer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: str) -> None:
        raise AssertionError("looked up again")

    monkeypatch.setattr(office.workspace.tokens, "find", refuse)
    assert office.get(newcomer, "/records/account").status == 200


@pytest.mark.parametrize("write", WRITES)
def test_a_write_ends_with_the_revocation_too(office: Office, account: str, newcomer: str, write: Write) -> None:
    database, user = office.workspace.database, office.people[newcomer]
    before = versions(office)
    elsewhere = Tokens(database)
    with database.read() as connection:
        number = elsewhere.listed(connection, user)[0].id
    database.run(lambda work: elsewhere.revoke(work, user, number))
    assert done(office, newcomer, write, account) == 401
    assert versions(office) == before


@pytest.mark.parametrize("write", WRITES)
def test_a_write_without_the_role_is_refused(office: Office, account: str, newcomer: str, write: Write) -> None:
    here, user = office.workspace, office.people[newcomer]
    before = versions(office)
    assignment = Assignment(here.database, here.serving().tables)
    here.database.run(lambda work: assignment.revoke(work, here.system("test"), user, "manager"))
    assert done(office, newcomer, write, account) == 403
    assert versions(office) == before


@pytest.mark.parametrize("write", WRITES)
def test_a_write_needs_no_second_look_and_happens_once(
    office: Office, account: str, newcomer: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: str) -> None:
        raise AssertionError("looked up again")

    before = versions(office)
    with monkeypatch.context() as patched:
        patched.setattr(office.workspace.tokens, "find", refuse)
        assert done(office, newcomer, write, account) == write.status
    assert sum(versions(office)) == sum(before) + write.moves


@pytest.mark.parametrize("write", WRITES)
def test_a_write_happens_once_though_something_moved(office: Office, account: str, newcomer: str, write: Write) -> None:
    before = versions(office)
    office.workspace.database.run(raise_stamp)
    assert done(office, newcomer, write, account) == write.status
    assert sum(versions(office)) == sum(before) + write.moves


def test_a_refused_write_is_judged_by_the_rights_of_now(office: Office, newcomer: str) -> None:
    database, user = office.workspace.database, office.people[newcomer]
    elsewhere = Tokens(database)
    with database.read() as connection:
        number = elsewhere.listed(connection, user)[0].id
    database.run(lambda work: elsewhere.revoke(work, user, number))
    assert office.ask(newcomer, "POST", "/records/account", {"no_such": 1}).status == 401


def done(office: Office, who: str, write: Write, account: str) -> int:
    return office.ask(who, write.method, write.path.format(id=account), write.body).status


def versions(office: Office) -> list[int]:
    """The versions of all live customers: what any write of one moves."""
    found = office.get("boss", "/records/account", fields="version", limit=200)
    return [row["version"] for row in found.json["data"]]


def test_a_change_that_changes_nothing_needs_no_second_look(
    office: Office, account: str, newcomer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: str) -> None:
        raise AssertionError("looked up again")

    monkeypatch.setattr(office.workspace.tokens, "find", refuse)
    assert office.ask(newcomer, "PATCH", f"/records/account/{account}", {"name": "Acme"}).status == 200
