"""The rules by which the other tests of this folder judge a workspace notice what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import crm
import pytest
import soundness
import sqlalchemy as sa
from worlds import World, open_world

WRONGS = {
    "lines_have_their_deal": "UPDATE deal SET deleted_at = created_at",
    "lines_are_reckoned": "UPDATE deal_line SET quantity = quantity * 2",
    "totals_equal_a_recount": "UPDATE account SET open_deals = 9",
    "one_contact_is_primary": "UPDATE contact SET is_primary = 0",
    "history_tells_the_records": "UPDATE deal SET version = version + 1",
    "events_tell_the_history": "DELETE FROM sys_event WHERE kind = 'update'",
    "stays_lead_to_the_stage": "UPDATE sys_stay SET left_at = at",
    "numbers_are_given_once": "UPDATE sys_counter SET value = 0",
    "search_finds_what_is_there": f"DELETE FROM {soundness.SearchTable('contact', 'sqlite').name}",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = open_world(f"sqlite:///{tmp_path / 'sartor.db'}", crm.documents())
    account = made.make("account", name="A")
    made.make("contact", name="C", account=account, mobile="13800000000", is_primary=True)
    product = made.make("product", name="P", list_price="2")
    lines = [{"product": product, "quantity": "3"}]
    deal = made.make("deal", name="D", account=account, amount="10", lines=lines)
    made.change("deal", deal, stage="proposal")
    yield made
    made.database.close()


def test_a_sound_workspace_has_no_faults(world: World) -> None:
    assert soundness.faults(soundness.State(world)) == []


@pytest.mark.parametrize("rule", [each.__name__ for each in soundness.RULES])
def test_each_rule_notices_what_it_is_about(world: World, rule: str) -> None:
    with world.database.work() as work:
        work.connection.execute(sa.text(WRONGS[rule]))
    state = soundness.State(world)
    assert list(getattr(soundness, rule)(state)) != []
