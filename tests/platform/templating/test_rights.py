"""A template shows its reader nothing that is closed to him, and leaves no hole where something is."""

from __future__ import annotations

import pytest

from sartor.platform.errors import Forbidden, NotFound
from sartor.platform.templating.plain import plain_text


def test_a_template_with_a_closed_field_is_refused_whole_with_the_reason(fill, world, deal):
    rep = world.person(1, "seller")
    with pytest.raises(Forbidden, match=r"“Note” shows what is closed to you.*“Phone” of Accounts.*Manager"):
        fill("phone", deal, context=rep)
    assert fill("phone", deal, context=world.person(1, "manager")).parts


def test_a_closed_field_at_the_foot_of_the_page_is_refused_as_well(fill, world, deal):
    with pytest.raises(Forbidden, match="“Phone” of Accounts"):
        fill("footed", deal, context=world.person(1, "seller"))


def test_a_record_out_of_reach_is_not_there(fill, world, deal):
    with pytest.raises(NotFound):
        fill("mail", deal, context=world.person(1, "rep"))


def test_what_lies_behind_a_record_out_of_reach_is_blank(fill, world):
    rep = world.person(1, "rep")
    theirs = world.make("account", name="Secret")
    mine = world.make("deal", world.person(1, "seller"), name="Mine", account=theirs)
    assert "Phone: —" in plain_text(fill("mail", mine, context=rep))


def test_an_address_that_is_closed_is_left_blank(fill, world):
    account = world.make("account", world.person(1, "seller"), name="Ours")
    world.make("contact", name="Li", account=account, email="li@example.com", is_primary=True)
    deal = world.make("deal", world.person(1, "seller"), name="D", account=account)
    assert fill("mail", deal, context=world.person(1, "seller")).to == "li@example.com"
    assert fill("mail", deal, context=world.person(1, "caller")).to == ""


def test_lines_out_of_reach_are_not_on_the_paper(fill, world, deal):
    assert fill("people", deal, context=world.person(2, "caller")).parts[0].table.rows == ()
    assert len(fill("people", deal, context=world.person(1, "caller")).parts[0].table.rows) == 1
