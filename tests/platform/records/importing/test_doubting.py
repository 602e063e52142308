"""A column resembles the name of a field: what the values say about that."""

from __future__ import annotations

import pytest
from bringing import Bringing
from worlds import World

from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.preview import preview_file


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("Tom Lind", "Ana Ruiz"), None),
        ((*["13.02.2026"] * 19, "soon"), "close_on"),
        (("", ""), "close_on"),
    ],
)
def test_an_unsure_field_is_proposed_where_a_value_fits(
    world: World, bring: Bringing, values: tuple[str, ...], field: str | None
) -> None:
    path, plan = bring.file("Name,Expected by", *(f"One,{value}" for value in values)), ImportPlan(entity="deal")
    proposed = preview_file(plan, open_file(path, path.name, plan), world.system).columns[1].suggestion
    assert (proposed and proposed.target) == field


def test_a_sure_field_stays_so_that_somebody_looks_at_its_values(world: World, bring: Bringing) -> None:
    path, plan = bring.file("Name,Stage", "One,Nowhere"), ImportPlan(entity="deal")
    proposed = preview_file(plan, open_file(path, path.name, plan), world.system).columns[1].suggestion
    assert proposed
    assert proposed.target == "stage"
