"""Taking an import back."""

from __future__ import annotations

import pytest
from bringing import Bringing
from worlds import World

from sartor.platform.errors import Conflict
from sartor.platform.records.importing import ledger


def test_what_was_made_goes_and_what_was_changed_comes_back(world: World, bring: Bringing) -> None:
    key = world.make("account", name="Old", tax_id="1", revenue="10", tags=["vip"])
    path = bring.file("name,tax_id,revenue,tags", "New,1,20,a; b", "Other,2,30,c")
    found, _counts = bring.run("account", path, key="tax_id")
    result = bring.undo(found)
    assert (result.undone, result.refused) == (2, 0)
    restored = world.read("account", key, "name", "revenue", "tags")
    assert (restored["name"], restored["revenue"]["amount"], restored["tags"]) == ("Old", "10.00", ["vip"])
    assert world.names("account") == ["Old"]
    assert ledger.get(world.database, found.id).state == "undone"


def test_a_record_changed_since_is_left_and_told(world: World, bring: Bringing) -> None:
    key = world.make("account", name="Old", tax_id="1")
    path = bring.file("name,tax_id,industry", "New,1,IT", "Other,2,IT")
    found, _counts = bring.run("account", path, key="tax_id")
    world.change("account", key, industry="retail")
    result = bring.undo(found)
    assert (result.undone, result.refused) == (1, 1)
    assert result.problems[0].message.startswith("Row 2: Somebody changed")
    assert world.read("account", key, "name", "industry")["industry"] == "retail"


def test_a_roll_up_that_moved_is_no_change(world: World, bring: Bringing) -> None:
    found, _counts = bring.run("account", bring.file("name", "A"))
    deals, _counts = bring.run("deal", bring.file("name,account", "D,A"))
    assert bring.undo(deals).undone == 1
    assert bring.undo(found).undone == 1


def test_what_others_need_stays(world: World, bring: Bringing) -> None:
    found, _counts = bring.run("account", bring.file("name", "A"))
    bring.run("deal", bring.file("name,account", "D,A"))
    result = bring.undo(found)
    assert (result.undone, result.refused) == (0, 1)


def test_undoing_twice_does_nothing_more(world: World, bring: Bringing) -> None:
    found, _counts = bring.run("account", bring.file("name", "A"))
    assert bring.undo(found).undone == 1
    assert bring.undo(found).undone == 0


def test_what_still_runs_is_stopped_first(world: World, bring: Bringing) -> None:
    path = bring.file("name", "A")
    found = bring.begin("account", path)
    with pytest.raises(Conflict, match="Stop it or wait"):
        bring.undo(found)
    bring.importer(found, path).run()
    assert bring.undo(ledger.get(world.database, found.id)).undone == 1
