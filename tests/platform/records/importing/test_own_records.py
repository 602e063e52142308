"""Records of one file that name each other, in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import crm
import pytest
from bringing import Bringing
from worlds import World, open_world

from sartor.platform.query.question import Question

PARENT = crm.field("lookup", "Parent", 75, options={"entity": "account"})


@pytest.fixture
def family(database_url: str) -> Iterator[World]:
    """Accounts that may have a parent."""
    documents = crm.documents()
    documents["entity/account"]["fields"]["parent"] = PARENT
    made = open_world(database_url, documents)
    yield made
    made.database.close()


@pytest.fixture
def bring(family: World, tmp_path: Path) -> Bringing:
    return Bringing(family, tmp_path, lambda: family.system)


def parents(world: World) -> dict[str, str | None]:
    rows = world.reader.page(world.system, Question("account", (("name",), ("parent",)))).rows
    return {row["name"]: row["parent"] and row["parent"]["title"] for row in rows}


def test_a_parent_may_stand_in_a_later_row(family: World, bring: Bringing) -> None:
    _found, counts = bring.run("account", bring.file("name,parent", "Child,Mother", "Mother,", "Other,Child"))
    assert counts["create"] == 3
    assert parents(family) == {"Child": "Mother", "Mother": None, "Other": "Child"}


def test_a_parent_that_is_nowhere_is_a_miss(family: World, bring: Bringing) -> None:
    found, counts = bring.run("account", bring.file("name,parent", "Child,Mohter", "Mother,"))
    assert (counts["create"], counts["fail"]) == (1, 1)
    assert bring.reasons(found)[2] == "There is no Account 'Mohter'."


def test_a_parent_whose_row_was_refused_is_told(family: World, bring: Bringing) -> None:
    path = bring.file("name,parent,industry", "Child,Mother,IT", "Mother,,Mining")
    found, counts = bring.run("account", path)
    assert counts == {"create": 1, "update": 0, "skip": 0, "fail": 1, "incomplete": 1}
    assert "Mother" in bring.reasons(found)[2]


def test_a_dry_run_knows_that_parents_come_later(bring: Bringing) -> None:
    checked = bring.check("account", bring.file("name,parent", "Child,Mother", "Mother,"))
    assert checked.counts["create"] == 2


def test_an_undone_import_leaves_no_family_behind(family: World, bring: Bringing) -> None:
    found, _counts = bring.run("account", bring.file("name,parent", "Child,Mother", "Mother,"))
    assert bring.undo(found).undone == 2
    assert parents(family) == {}
