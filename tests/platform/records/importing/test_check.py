"""The dry run: what it says is what happens, and nothing of it stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import crm
import pytest
import sqlalchemy as sa
from bringing import Bringing
from worlds import COMPILER, World

from sartor.platform.records.importing import check
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.numbers import sys_counter


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "in_chunks", partial(check.in_chunks, size=250))


def test_it_counts_what_a_run_would_do(world: World, bring: Bringing) -> None:
    world.make("account", name="Old", tax_id="1")
    lines = [f"A{number},{number % 600},{'IT' if number % 7 else 'Mining'}" for number in range(700)]
    path = bring.file("name,tax_id,industry", *lines)
    checked = bring.check("account", path, key="tax_id")
    _found, counts = bring.run("account", path, key="tax_id")
    assert checked.rows == 700
    assert checked.counts == counts


def test_it_notices_a_unique_value_that_stands_twice_far_apart(world: World, bring: Bringing) -> None:
    path = bring.file("name,tax_id", *(f"A{number},{number % 400}" for number in range(401)))
    checked = bring.check("account", path)
    assert checked.counts == bring.run("account", path)[1]
    assert checked.refused == [{"row": 402, "reasons": ["tax_id: The same value stands in row 2."]}]


def test_it_leaves_nothing_behind(world: World, bring: Bringing, account: str) -> None:
    bring.check("deal", bring.file("name,account", "One,上海华为技术"))
    with world.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(world.tables.of("deal"))).scalar() == 0
        assert connection.execute(sa.select(sys_counter)).first() is None
        assert connection.execute(sa.select(sys_event.c.id).where(sys_event.c.entity == "deal")).first() is None


def test_misses_are_grouped_with_what_is_near(world: World, bring: Bringing) -> None:
    for name in ("GTX Pro", "GTX Plus Pro", "MG Special"):
        world.make("account", name=name)
    path = bring.file("name,account,stage", *(f"D{number},GTXPro,Propsal" for number in range(30)))
    lookups, stages = bring.check("deal", path).misses
    (missed,) = lookups.misses
    assert (lookups.path, missed.value, missed.count) == ("account", "GTXPro", 30)
    assert (missed.near[0].value, missed.near[0].score) == ("GTX Pro", 100)
    assert stages.misses[0].near[0].value == "Proposal"


def test_rows_with_nothing_but_misses_are_counted_and_not_told_twice(world: World, bring: Bringing) -> None:
    world.make("account", name="Huawei")
    checked = bring.check("deal", bring.file("name,account", "One,Huawai", "Two,Huawai", ",Huawei"))
    assert (checked.missed, checked.counts["fail"]) == (2, 3)
    assert [each["row"] for each in checked.refused] == [4]


def test_a_value_is_near_in_whatever_language_the_file_is(world: World, bring: Bringing) -> None:
    bring.context = lambda: world.system.but(language="zh")
    (stages,) = bring.check("deal", bring.file("name,stage", "One,Propsal")).misses
    assert stages.misses[0].near[0].value == "方案报价"


def test_titles_that_are_hidden_are_no_near_matches(world: World, bring: Bringing) -> None:
    world.make("account", name="Acme")
    role = {"label": "Blind", "grants": {
        "account": {"operations": ["read"], "scope": "all", "fields": {"*": "read", "name": "hidden"}},
        "contact": {"operations": ["create", "read", "import"], "scope": "all", "fields": {"*": "write"}}}}  # fmt: skip
    model = COMPILER.compile(crm.documents(**{"role/blind": role}), 1)
    blind = Bringing(world, bring.folder, lambda: replace(world, model=model).person(5, "blind"))
    checked = blind.check("contact", bring.file("name,account,mobile", "Ann,Acne,13800000000"))
    assert [[miss.near for miss in each.misses] for each in checked.misses] == [[()]]
