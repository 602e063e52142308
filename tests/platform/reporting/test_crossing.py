"""Cross tables: a dimension side by side becomes columns; what the limit cuts, sums and links stay what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from numbers_of_crm import address, cohort_address
from worlds import World

from sartor.platform.charts.table import Table
from sartor.platform.model import Dimension, Report
from sartor.platform.reporting.reporter import Reporter

STAGES = Dimension("stage", ("stage",), across=True)


@pytest.fixture(scope="module", autouse=True)
def deals(world: World) -> None:
    accounts = {name: world.make("account", name=name) for name in ("甲", "乙")}
    for account, amount, change in (
        ("甲", "10", {}),
        ("甲", "20", {"stage": "won"}),
        ("乙", "5", {}),
        ("乙", "1", {"stage": "lost", "loss_reason": "price"}),
    ):
        key = world.make("deal", name="D", account=accounts[account], amount=amount, close_on="2026-05-02")
        if change:
            world.change("deal", key, **change)


@pytest.fixture
def crossed(world: World) -> Any:
    """The table of a report whose stages stand side by side."""

    def answer(down: tuple[Dimension, ...] = (Dimension("account", ("account",)),), **more: Any) -> Any:
        made: Report = replace(world.model.reports["by_account"], sort=(), limit=50, chart=Table(), options={})
        report = replace(made, dimensions=(*down, STAGES), **more)
        return Reporter(world, address, cohort_address).run(world.system, report).table

    return answer


def texts(row: Any) -> list[str]:
    return [point.text for point in row]


def test_values_stand_side_by_side_in_their_own_order_with_each_measure(crossed):
    table = crossed()
    labels = ["Account", "Qualify · Expected", "Qualify · Deals", "Won · Expected", "Won · Deals"]
    assert [each.label for each in table.headings][:5] == labels
    assert [texts(row) for row in table.rows] == [
        ["甲", "¥10", "1", "¥20", "1", "¥0", "0"],
        ["乙", "¥5", "1", "¥0", "0", "¥1", "1"],
    ]


def test_totals_stand_at_the_ends_of_rows_and_columns(crossed):
    table = crossed(options={"totals": True})
    assert [each.label for each in table.headings][-2:] == ["Total · Expected", "Total · Deals"]
    assert [texts(row)[-2:] for row in table.rows] == [["¥30", "2"], ["¥6", "2"]]
    assert texts(table.totals) == ["Total", "¥15", "2", "¥20", "1", "¥1", "1", "¥36", "4"]


def test_the_limit_counts_rows_and_the_rest_is_summed(crossed):
    table = crossed(limit=1)
    assert (table.left_out, len(table.rows)) == (1, 1)
    assert texts(table.rest) == ["All others", "¥5", "1", "¥0", "0", "¥1", "1"]


def test_rows_are_sorted_by_their_sums(crossed):
    assert [row[0].text for row in crossed(sort=("expected",)).rows] == ["乙", "甲"]


def test_a_cell_leads_to_its_own_records(crossed, world):
    cell = crossed().rows[0][4]
    assert cell.href.startswith("deal?")
    assert "stage = 'won'" in cell.href
    assert "account = " in cell.href


def test_nothing_but_columns_is_one_row(crossed):
    table = crossed(down=())
    assert [texts(row) for row in table.rows] == [["¥15", "2", "¥20", "1", "¥1", "1"]]


def test_two_dimensions_go_down_beside_the_columns(crossed):
    table = crossed(down=(Dimension("account", ("account",)), Dimension("close_on", ("close_on",), "month")))
    assert texts(table.rows[0])[:3] == ["甲", "May 2026", "¥10"]
    assert len(table.rows) == 2
