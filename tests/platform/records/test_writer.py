"""The writer: what a write keeps, computes, refuses and leaves behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from worlds import World

from sartor.platform.errors import Conflict, Forbidden, Invalid, NotAllowedHere, NotFound, SartorError
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records import preview
from sartor.platform.records.wish import Wish
from sartor.platform.records.writing import Writing
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.work import Work


def codes(error: SartorError) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.problems]


def rows(world: World, table: sa.Table) -> list[sa.Row]:
    with world.database.read() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def test_a_new_record_has_defaults_numbers_and_its_first_stage(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="1000")
    found = world.read("deal", deal, "number", "stage", "stage.outcome", "probability", "weighted", "version")
    assert found["number"] == "D-0001"
    assert (found["stage"], found["stage.outcome"]) == ("qualify", "open")
    assert found["weighted"] == {"amount": "200.00", "currency": "CNY"}
    assert found["version"] == 1


def test_lines_are_saved_and_summed_with_their_parent(world: World, account: str) -> None:
    product = world.make("product", name="GTX Pro", list_price="99.90")
    lines = [{"product": product, "quantity": "3"}, {"product": product}]
    deal = world.make("deal", name="Pumps", account=account, lines=lines)
    assert world.read("deal", deal, "lines_total")["lines_total"]["amount"] == "399.60"


def test_a_parent_that_changes_computes_its_lines_again(world: World, account: str) -> None:
    product = world.make("product", name="GTX Pro", list_price="100")
    deal = world.make("deal", name="Pumps", account=account, lines=[{"product": product, "quantity": "2"}])
    world.change("deal", deal, discount="0.1")
    assert world.read("deal", deal, "lines_total")["lines_total"]["amount"] == "180.00"


def test_lines_are_added_changed_and_removed_in_one_write(world: World, account: str) -> None:
    product = world.make("product", name="GTX Pro", list_price="100")
    deal = world.make("deal", name="Pumps", account=account, lines=[{"product": product}, {"product": product}])
    first, second = line_ids(world)
    world.change(
        "deal",
        deal,
        lines={
            "add": [{"product": product, "quantity": "5"}],
            "update": {first: {"quantity": "2"}},
            "remove": [second],
        },
    )
    assert world.read("deal", deal, "lines_total")["lines_total"]["amount"] == "700.00"


def line_ids(world: World) -> list[str]:
    table = world.tables.of("deal_line")
    with world.database.read() as connection:
        return [encode_id(row[0]) for row in connection.execute(sa.select(table.c.id).order_by(table.c.id))]


def test_roll_ups_follow_every_write(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="1000")
    assert world.read("account", account, "open_deals", "open_amount")["open_deals"] == 1
    world.change("deal", deal, stage="lost", loss_reason="price")
    assert world.read("account", account, "open_deals", "open_amount") | {"id": 0} == {
        "id": 0, "open_deals": 0, "open_amount": None,
    }  # fmt: skip


def test_a_roll_up_leaves_the_version_of_its_record_alone(world: World, account: str) -> None:
    world.make("deal", name="Pumps", account=account, amount="1000")
    assert world.read("account", account, "version")["version"] == 1


def test_a_record_that_moves_to_another_parent_is_counted_there(world: World, account: str) -> None:
    other = world.make("account", name="Other")
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, account=other)
    assert world.read("account", account, "open_deals")["open_deals"] == 0
    assert world.read("account", other, "open_deals")["open_deals"] == 1


def test_deleting_and_restoring_moves_roll_ups(world: World, account: str) -> None:
    deal = decode_id(world.make("deal", name="Pumps", account=account, amount="5"))
    world.writer.delete(world.system, "deal", deal)
    assert world.read("account", account, "open_deals")["open_deals"] == 0
    world.writer.restore(world.system, "deal", deal)
    assert world.read("account", account, "open_deals")["open_deals"] == 1


def test_only_one_contact_is_primary_and_the_account_knows(world: World, account: str) -> None:
    first = world.make("contact", name="Li", account=account, mobile="13800000000")
    assert world.read("account", account, "primary_contact")["primary_contact"]["id"] == first
    second = world.make("contact", name="Han", account=account, email="h@example.com", is_primary=True)
    assert world.read("contact", first, "is_primary")["is_primary"] is False
    assert world.read("account", account, "primary_contact")["primary_contact"]["id"] == second


def test_a_missing_field_is_named(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.make("account", industry="it")
    assert codes(caught.value) == [("name", "required")]


def test_an_unknown_field_is_refused_with_the_near_match(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.make("account", name="A", industri="it")
    assert caught.value.problems[0].near == "industry"


def test_a_check_speaks_at_its_field(world: World, account: str) -> None:
    with pytest.raises(Invalid) as caught:
        world.make("deal", name="Pumps", account=account, amount="-1")
    assert codes(caught.value) == [("amount", "positive")]


def test_a_check_on_the_parent_judges_what_its_lines_add_up_to(world: World, account: str) -> None:
    product = world.make("product", name="GTX Pro", list_price="600000")
    with pytest.raises(Invalid) as caught:
        world.make("deal", name="Pumps", account=account, lines=[{"product": product, "quantity": "2"}])
    assert codes(caught.value) == [("lines", "lines_fit")]


def test_a_refused_write_leaves_nothing(world: World, account: str) -> None:
    before = len(rows(world, sys_event))
    with pytest.raises(Invalid):
        world.make("contact", name="Li", account=account)
    assert world.names("contact") == []
    assert len(rows(world, sys_event)) == before


def test_a_conditional_field_is_required_only_then(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account)
    with pytest.raises(Invalid) as caught:
        world.change("deal", deal, stage="lost")
    assert codes(caught.value) == [("loss_reason", "required")]


def test_a_stage_asks_before_it_lets_in(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account)
    with pytest.raises(Invalid) as caught:
        world.change("deal", deal, stage="proposal")
    assert codes(caught.value) == [("amount", "amount")]


def test_a_move_that_needs_a_reason_is_refused_without_one(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="proposal")
    with pytest.raises(Invalid) as caught:
        world.change("deal", deal, stage="qualify")
    assert codes(caught.value) == [("stage", "note")]
    world.writer.update(world.system, "deal", decode_id(deal), Wish({"stage": "qualify"}, notes={"stage": "too early"}))


def test_only_some_roles_may_reopen(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="won")
    with pytest.raises(Invalid) as caught:
        world.change("deal", deal, world.person(1, "seller"), stage="proposal")
    assert codes(caught.value) == [("stage", "transition_role")]
    world.change("deal", deal, world.person(1, "manager"), stage="proposal")


def test_a_move_that_no_transition_allows_is_refused(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="won")
    with pytest.raises(Invalid) as caught:
        world.change("deal", deal, stage="qualify")
    assert codes(caught.value) == [("stage", "transition")]


def test_where_a_record_may_go_instead_is_said(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="lost", loss_reason="Too dear")
    refused = {}
    for role in ("seller", "manager"):
        with pytest.raises(Invalid) as caught:
            world.change("deal", deal, world.person(1, role), stage="qualify")
        refused[role] = caught.value.problems[0].message
    assert refused["manager"] == "It cannot go from Lost to Qualify, but to: Proposal."
    assert refused["seller"] == "It cannot go from Lost to Qualify."


def test_stays_tell_how_long_each_stage_took(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="won")
    stays = [(row.stage, row.source, row.skipped, row.left_at is not None) for row in rows(world, sys_stay)]
    assert stays == [
        ("qualify", None, False, True),
        ("proposal", "qualify", True, True),
        ("won", "qualify", False, False),
    ]


def test_a_stage_sets_what_it_declares(world: World, account: str) -> None:
    deal = world.make("deal", name="Pumps", account=account, amount="5")
    world.change("deal", deal, stage="won")
    found = world.read("deal", deal, "probability", "closed_at")
    assert (found["probability"], found["closed_at"][:10]) == ("1", "2026-05-20")


def test_a_unique_value_is_used_once_and_compared_folded(world: World) -> None:
    world.make("account", name="A", tax_id="ab12")
    with pytest.raises(Invalid) as caught:
        world.make("account", name="B", tax_id="AB12 ")
    assert codes(caught.value) == [("tax_id", "unique")]


def test_blank_values_are_not_compared(world: World) -> None:
    world.make("account", name="A")
    world.make("account", name="B")
    assert world.names("account", "name") == ["A", "B"]


def test_restoring_refuses_a_value_that_was_taken_meanwhile(world: World) -> None:
    first = decode_id(world.make("account", name="A", tax_id="1"))
    world.writer.delete(world.system, "account", first)
    world.make("account", name="B", tax_id="1")
    with pytest.raises(Invalid, match="already used"):
        world.writer.restore(world.system, "account", first)


def test_the_same_field_changed_twice_is_a_conflict_with_both_values(world: World, account: str) -> None:
    world.change("account", account, name="Theirs")
    with pytest.raises(Conflict) as caught:
        world.writer.update(world.system, "account", decode_id(account), Wish({"name": "Mine"}, version=1))
    assert caught.value.values == {"name": {"yours": "Mine", "theirs": "Theirs"}}


def test_different_fields_changed_at_once_both_survive(world: World, account: str) -> None:
    world.change("account", account, name="Theirs")
    world.writer.update(world.system, "account", decode_id(account), Wish({"industry": "it"}, version=1))
    found = world.read("account", account, "name", "industry", "version")
    assert (found["name"], found["industry"], found["version"]) == ("Theirs", "it", 3)


def test_a_record_that_others_need_stays(world: World, account: str) -> None:
    world.make("deal", name="Pumps", account=account)
    with pytest.raises(Conflict, match="cannot be deleted"):
        world.writer.delete(world.system, "account", decode_id(account))


def test_lines_cannot_be_written_directly(world: World, account: str) -> None:
    with pytest.raises(NotAllowedHere):
        world.make("deal_line", deal=account)


def test_a_hidden_field_is_as_unknown_as_one_that_never_was(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.make("account", world.person(5, "rep"), name="A", phone="13800000000")
    assert codes(caught.value) == [("phone", "unknown")]


def test_a_read_only_field_is_refused_not_dropped(world: World, account: str) -> None:
    with pytest.raises(Forbidden) as caught:
        world.change("account", account, primary_contact=account)
    assert codes(caught.value) == [("primary_contact", "read_only")]


def test_a_record_out_of_reach_is_not_there(world: World, account: str) -> None:
    with pytest.raises(NotFound):
        world.change("account", account, world.person(5, "rep"), name="Mine now")


def test_nobody_points_to_a_record_that_he_cannot_see(world: World, account: str) -> None:
    with pytest.raises(Invalid) as caught:
        world.make("deal", world.person(5, "rep"), name="Pumps", account=account)
    assert codes(caught.value) == [("account", "unknown")]


def test_what_is_pointed_to_comes_before_other_rules(world: World) -> None:
    for values in ({}, {"name": "Pumps"}):
        with pytest.raises(Invalid) as caught:
            world.make("deal", account=encode_id(4711), **values)
        assert codes(caught.value) == [("account", "unknown")]


def test_nobody_points_to_a_deleted_record(world: World, account: str) -> None:
    world.writer.delete(world.system, "account", decode_id(account))
    with pytest.raises(Invalid) as caught:
        world.make("deal", name="Pumps", account=account)
    assert codes(caught.value) == [("account", "unknown")]


def test_history_keeps_who_changed_what(world: World, account: str) -> None:
    world.change("account", account, name="New name")
    entry = rows(world, sys_history)[-1]
    assert (entry.action, entry.changes) == ("update", {"name": ["上海华为技术", "New name"]})


def test_each_change_has_one_event(world: World, account: str) -> None:
    world.change("account", account, name="New name")
    world.change("account", account, name="New name")
    assert [row.kind for row in rows(world, sys_event)] == ["create", "update"]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_preview_holds_nobody_up(world: World, account: str, is_new: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = None if is_new else decode_id(world.make("deal", name="Pumps", account=account))
    drawn = preview._seen

    def another_writes(*given: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(world.make, "account", name="Meanwhile").result(timeout=30)
        return drawn(*given)

    monkeypatch.setattr(preview, "_seen", another_writes)
    monkeypatch.setattr(Writing, "_count_again", lambda *_given: None)
    sent = {"name": "Valves"} | ({"account": account} if is_new else {})
    assert world.writer.preview(world.system, "deal", sent, deal).fields["name"].value == "Valves"
    assert "Meanwhile" in world.names("account")


def test_a_preview_answers_and_keeps_nothing(world: World, account: str) -> None:
    seen = world.writer.preview(world.system, "deal", {"name": "Pumps", "account": account, "amount": "100"})
    assert str(seen.fields["weighted"].value.amount) == "20.00"
    assert not seen.fields["loss_reason"].visible
    assert world.names("deal") == []


def test_a_preview_of_a_change_tells_what_is_wrong_and_goes_on(world: World, account: str) -> None:
    deal = decode_id(world.make("deal", name="Pumps", account=account))
    seen = world.writer.preview(world.system, "deal", {"name": "Valves", "amount": "many"}, deal)
    assert [each.field for each in seen.problems] == ["amount"]
    assert seen.fields["name"].value == "Valves"


def test_a_preview_tells_what_is_wrong_and_goes_on(world: World, account: str) -> None:
    seen = world.writer.preview(world.system, "deal", {"name": "Pumps", "account": account, "amount": "many"})
    assert ("amount", "type") in [(problem.field, problem.code) for problem in seen.problems]
    assert seen.fields["name"].value == "Pumps"


def test_a_preview_leaves_nothing_to_be_judged_later(
    world: World, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded: list[Any] = []
    monkeypatch.setattr(Work, "guard", lambda _work, each: guarded.append(each))
    world.writer.preview(world.system, "deal", {"name": "Pumps", "account": account})
    assert guarded == []
