"""A stage that the reader may not move: the record is read all the same, and nothing on its pages offers to move it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office
from visits import Visitor

READS = {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}
CHANGES = {"operations": ["create", "read", "update"], "scope": "own", "fields": {"*": "write"}}


def role(deal: dict[str, Any]) -> dict[str, Any]:
    return {"label": "Role", "grants": {"account": READS, "contact": READS, "product": READS, "deal": deal}}


@pytest.fixture(scope="module", params=[False, True], ids=["open", "read only"])
def design(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(dict(DOCUMENTS))
    found["view/deal.all"]["actions"] = {"mark": {"label": "Mark", "set": {"name": "name & '!'"}}}
    found["role/reader"] = role(READS)
    found["role/owner"] = role(CHANGES)
    found["role/typist"] = role({**CHANGES, "scope": "all", "fields": {"*": "write", "stage": "read"}})
    if request.param:
        found["entity/deal"]["fields"]["stage"]["read_only"] = True
    return found


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    return {"boss": ["administrator"], "typist": ["typist"], "mixed": ["reader", "owner"], "both": ["typist", "owner"]}


@pytest.fixture(scope="module")
def deal(office: Office) -> str:
    account = office.make("account", {"name": "Grand Hotel"}, by="boss")
    return office.make("deal", {"name": "Towers", "account": account}, by="boss")


@pytest.mark.parametrize("who", ["typist", "mixed", "both"])
def test_the_record_is_read_and_offers_no_move(office, deal, who):
    page = Visitor(office, who).get(f"/app/crm/deal/r/{deal}")
    assert page.status == 200
    assert "Towers" in page.text
    assert 'aria-current="step"' in page.markup
    if who != "both":
        assert "/move/" not in page.markup


@pytest.mark.parametrize("who", ["typist", "mixed"])
def test_the_card_cannot_be_moved(office, deal, who):
    page = Visitor(office, who).get("/app/crm/deal/board")
    assert "Towers" in page.text
    assert f"/deal/r/{deal}/move" not in page.markup


@pytest.mark.parametrize("who", ["typist", "mixed"])
def test_the_peek_opens(office, deal, who):
    assert Visitor(office, who).fragment(f"/app/crm/deal/r/{deal}/peek").status == 200


def test_a_stage_that_nobody_types_is_not_moved_by_the_administrator_either(office, deal):
    read_only = office.workspace.serving().model.entities["deal"].fields["stage"].read_only
    page = Visitor(office, "boss").get(f"/app/crm/deal/r/{deal}")
    assert page.status == 200
    assert ("/move/" in page.markup) != read_only


def test_what_is_offered_is_what_may_be_done(office, deal):
    """One's own record may be changed, somebody else's is only read: on its page, its card and its peek."""
    account = office.make("account", {"name": "Inn"}, by="boss")
    own = office.make("deal", {"name": "Own", "account": account}, by="mixed")
    visitor = Visitor(office, "mixed")
    movable = not office.workspace.serving().model.entities["deal"].fields["stage"].read_only
    board = visitor.get("/app/crm/deal/board").markup
    for key, mine in ((deal, False), (own, True)):
        page = visitor.get(f"/app/crm/deal/r/{key}").markup
        assert (f"{key}/edit" in page) == mine
        assert (f"{key}/edit" in visitor.fragment(f"/app/crm/deal/r/{key}/peek").markup) == mine
        assert ("/move/" in page) == (mine and movable)
        assert (f"/deal/r/{key}/move" in board) == (mine and movable)


@pytest.mark.parametrize(("path", "offered"), [("all", "act/mark"), ("board", "move")])
def test_further_pages_offer_it_for_ones_own_records_too(office, path, offered):
    if path == "board" and office.workspace.serving().model.entities["deal"].fields["stage"].read_only:
        offered = "no such thing"
    account = office.make("account", {"name": f"Chain {path}"}, by="boss")
    whose = {}
    for number in range(70):
        who = "boss" if number % 3 else "mixed"
        whose[office.make("deal", {"name": f"Deal {number}", "account": account}, by=who)] = who
    visitor = Visitor(office, "mixed")
    page = visitor.get(f"/app/crm/deal/{path}")
    seen = page.markup
    while following := [link for link in page.links("cursor=") if "cursor=" in link]:
        page = visitor.fragment(following[0])
        assert page.status == 200
        seen += page.markup
    for key, who in whose.items():
        assert f"/r/{key}" in seen
        assert (f"/r/{key}/{offered}" in seen) == (who == "mixed" and offered != "no such thing")
