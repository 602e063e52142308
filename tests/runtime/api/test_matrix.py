"""Every route and every kind of person: who is let in, and that others' records look like missing ones."""

from __future__ import annotations

import pytest
from offices import Office
from rounds import NOWHERE, rounds

ANYONE = {"accept_invitation"}
DESIGN = ("/change-sets", "/revisions", "/blueprints")


def test_nobody_gets_in_without_a_key(office: Office, account: str) -> None:
    user = office.hire("met")
    for each in rounds(office, account, user):
        told = each.send(office, None)
        wanted = 404 if each.endpoint.name in ANYONE else 401
        assert told.status == wanted, each.path
        assert told.headers["Content-Type"] == "application/problem+json", each.path


@pytest.mark.parametrize("key", ["", "nothing", "sartor_" + "a" * 43, "Bearer"])
def test_a_key_that_is_none_gets_nobody_in(office: Office, key: str) -> None:
    assert office.ask(None, "GET", "/me", headers={"Authorization": f"Bearer {key}"}).status == 401
    assert office.ask(None, "GET", "/me", headers={"Authorization": f"Basic {key}"}).status == 401


@pytest.mark.parametrize("who", ["rep", "nobody"])
def test_the_record_of_another_looks_like_none(office: Office, who: str) -> None:
    theirs = office.make("account", {"name": "Theirs"}, by="other")
    user = office.hire(f"met by {who}")
    beside = zip(rounds(office, theirs, user), rounds(office, NOWHERE, user), strict=True)
    for other, none in [
        pair for pair in beside if "record" in pair[0].endpoint.places and not pair[0].endpoint.says.entity
    ]:
        one, two = other.send(office, who), none.send(office, who)
        assert (one.status, one.data) == (two.status, two.data), other.path
        assert one.status in (403, 404), other.path


@pytest.mark.parametrize("who", ["rep", "nobody", "clerk", "reader"])
def test_only_designers_design(office: Office, account: str, who: str) -> None:
    found = [each for each in rounds(office, account, NOWHERE) if each.endpoint.rule.startswith(DESIGN)]
    assert len(found) > 15
    assert {each.send(office, who).status for each in found} == {403}


@pytest.mark.parametrize("who", ["rep", "nobody", "designer", "reader"])
def test_only_administrators_administer(office: Office, who: str) -> None:
    user = office.hire(f"colleague of {who}")
    found = [each for each in rounds(office, NOWHERE, user) if each.endpoint.policy.ability == "administer"]
    assert len(found) >= 6
    assert {each.send(office, who).status for each in found} == {403}


def test_a_read_only_token_changes_nothing(office: Office, account: str) -> None:
    before = office.checksum()
    for each in rounds(office, account, NOWHERE):
        # An export reads; that it takes a while and leaves a job is no change of anything.
        if each.endpoint.method != "GET" and each.endpoint.name != "export_records":
            assert each.send(office, "reader").status >= 400, each.path
    assert office.checksum() == before


@pytest.mark.parametrize("who", [None, "nobody", "rep", "other", "designer", "clerk", "reader"])
def test_whatever_is_refused_leaves_nothing_behind(office: Office, account: str, who: str | None) -> None:
    user = office.hire(f"bystander of {who}")
    before = office.checksum()
    for each in rounds(office, account, user):
        if each.send(office, who).status >= 400:
            after = office.checksum()
            changed = [name for name in after if after[name] != before.get(name)]
            assert not changed, f"{each.endpoint.method} {each.path} was refused and left something in {changed}"
        else:
            before = office.checksum()
