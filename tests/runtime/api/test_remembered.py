"""A token that was remembered holds no longer than it should: whatever moves is seen by the very next request."""

from __future__ import annotations

import pytest
from crm import DOCUMENTS
from offices import Office

from sartor.platform.access.assign import Assignment
from sartor.platform.access.tokens import Tokens

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
