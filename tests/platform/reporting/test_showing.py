"""Shares, running sums, subtotals, several measures in colours, and where sums lead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from numbers_of_crm import address, cohort_address
from worlds import World

from sartor.platform.charts.bar import Bar
from sartor.platform.charts.table import Table
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.model import Dimension, Measure, Report
from sartor.platform.reporting.reporter import Reporter

ACCOUNT, MONTH = Dimension("account", ("account",)), Dimension("close_on", ("close_on",), "month")
STAGES = Dimension("stage", ("stage",), across=True)


@pytest.fixture(scope="module", autouse=True)
def deals(world: World) -> None:
    accounts = {name: world.make("account", name=name) for name in ("甲", "乙")}
    for account, amount, month, change in (
        ("甲", "10", "04", {}),
        ("甲", "20", "05", {"stage": "won"}),
        ("乙", "10", "05", {}),
    ):
        key = world.make("deal", name="D", account=accounts[account], amount=amount, close_on=f"2026-{month}-02")
        if change:
            world.change("deal", key, **change)


@pytest.fixture
def ask(world: World) -> Any:
    """The answer of a report over deals by these dimensions."""

    def answer(*dimensions: Dimension, show: str | None = None, chart: Any = None, **more: Any) -> Any:
        made: Report = replace(world.model.reports["by_account"], sort=(), limit=50, chart=chart or Table(), options={})
        measures = (Measure("expected", metric="expected", show=show), Measure("deals", metric="deals"))
        report = replace(made, dimensions=dimensions, **{"measures": measures, **more})
        return Reporter(world, address, cohort_address).run(world.system, report)

    return answer


def texts(row: Any) -> list[str]:
    return [point.text.replace("\xa0", " ") for point in row]


def test_shares_are_of_everything_whatever_the_limit_cuts(ask):
    found = ask(ACCOUNT, show="share", limit=1, options={"totals": True}).table
    assert found.headings[1].label == "Expected · share of all"
    assert [texts(each)[1] for each in (found.rows[0], found.rest, found.totals)] == ["75 %", "25 %", "100 %"]


@pytest.mark.parametrize(
    ("show", "rows", "totals"),
    [
        ("share_row", [["33.3 %", "66.7 %", "100 %"], ["100 %", "0 %", "100 %"]], ["50 %", "50 %", "100 %"]),
        ("share_column", [["50 %", "100 %", "75 %"], ["50 %", "0 %", "25 %"]], ["100 %", "100 %", "100 %"]),
    ],
)
def test_shares_of_rows_and_columns_of_a_cross_table(ask, show, rows, totals):
    only = (Measure("expected", metric="expected", show=show),)
    found = ask(ACCOUNT, STAGES, measures=only, options={"totals": True}).table
    assert [texts(row)[1:] for row in found.rows] == rows
    assert texts(found.totals)[1:] == totals


def test_a_running_sum_grows_along_the_first_dimension(ask):
    found = ask(MONTH, show="running").table
    assert [texts(row)[:2] for row in found.rows] == [["Apr 2026", "¥10"], ["May 2026", "¥40"]]


def test_a_running_sum_begins_before_what_the_limit_cuts(ask):
    found = ask(MONTH, show="running", limit=1).table
    assert [texts(row)[:2] for row in found.rows] == [["May 2026", "¥40"]]


def test_what_does_not_add_up_is_shown_as_it_is_and_says_so(ask):
    found = ask(MONTH, measures=(Measure("mean", metric="mean", show="running"),))
    assert "does not add up" in found.notes[0]


def test_subtotals_stand_below_each_group_and_lead_to_its_records(ask):
    found = ask(ACCOUNT, MONTH, options={"subtotals": True}).table
    assert [after for after, _row in found.subtotals] == [1, 2]
    row = found.subtotals[0][1]
    assert texts(row) == ["甲, subtotal", "", "¥30", "2"]
    assert row[2].href.startswith("deal?account = ")


def test_subtotals_of_a_cross_table_have_its_columns(ask):
    found = ask(ACCOUNT, MONTH, STAGES, options={"subtotals": True, "totals": True}).table
    assert texts(found.subtotals[0][1]) == ["甲, subtotal", "", "¥10", "1", "¥20", "1", "¥30", "2"]


def test_totals_of_rows_columns_and_everything_lead_to_their_records(ask):
    found = ask(ACCOUNT, STAGES, options={"totals": True}).table
    assert found.rows[0][-1].href.startswith("deal?account = ")
    assert found.totals[3].href == "deal?stage = 'won'"
    assert found.totals[-1].href == "deal?"


def test_colours_show_every_measure_and_others_are_a_last_bar(ask):
    found = ask(ACCOUNT, STAGES, chart=Bar(), limit=1, options={"others": True, "stacked": True})
    names = [trace["name"] for trace in found.figure["data"]]
    assert names == ["Qualify · Expected", "Won · Expected", "Qualify · Deals", "Won · Deals"]
    assert list(found.figure["data"][0]["x"]) == ["甲", "All others"]
    assert len({trace["offsetgroup"] for trace in found.figure["data"]}) == 2


def test_running_sums_of_a_cross_table_follow_its_rows_and_stand_still_where_nothing_is(ask):
    only = (Measure("expected", metric="expected", show="running"),)
    found = ask(ACCOUNT, STAGES, measures=only, sort=("expected",)).table
    assert [texts(row) for row in found.rows] == [["乙", "¥10", "¥0"], ["甲", "¥20", "¥20"]]
    turned = ask(ACCOUNT, STAGES, measures=only, sort=("-expected",)).table
    assert [texts(row) for row in turned.rows] == [["甲", "¥10", "¥20"], ["乙", "¥20", "¥20"]]


def test_a_running_sum_leads_nowhere_as_it_counts_more_than_its_group(ask):
    row = ask(MONTH, show="running").table.rows[1]
    assert (row[1].href, row[2].href is None) == (None, False)


def test_shares_are_not_compared_by_address_either(ask, world):
    made = replace(world.model.reports["by_account"], sort=(), chart=Table(), options={}, dimensions=(ACCOUNT,))
    report = replace(made, measures=(Measure("expected", metric="expected", show="share"),))
    filters = {"period": "2026-05", "compare": "previous_period"}
    found = Reporter(world, address, cohort_address).run(world.system, report, filters=filters).table
    assert (found.rows != (), found.previous) == (True, ())


def test_a_day_has_no_share_and_is_shown_as_it_is(ask, world):
    last = check("max(close_on)", ModelScope(world.model), "deal", aggregates=True)
    found = ask(ACCOUNT, measures=(Measure("last", formula=last, show="share"),)).table
    assert [row[1].value is None for row in found.rows] == [False, False]


@pytest.mark.parametrize(
    ("show", "others"), [("share_row", ["100 %", "0 %"]), ("share_column", ["50 %", "0 %"]), ("share", ["25 %", "0 %"])]
)
def test_others_as_one_have_the_shares_of_their_row_and_column(ask, show, others):
    only = (Measure("expected", metric="expected", show=show),)
    found = ask(ACCOUNT, STAGES, chart=Bar(), limit=1, measures=only).table
    shown = {row[1].value: row[2].text.replace("\xa0", " ") for row in found.others}
    assert list(shown.values()) == others[: len(shown)]


@pytest.mark.parametrize("across", [(), (STAGES,)])
def test_the_limit_cuts_no_group_that_has_a_subtotal_in_two(ask, across):
    found = ask(ACCOUNT, MONTH, *across, options={"subtotals": True}, limit=1).table
    assert [(row[0].text, row[1].text) for row in found.rows] == [("甲", "Apr 2026"), ("甲", "May 2026")]
    assert (found.left_out, texts(found.rest)[0], len(found.subtotals)) == (1, "All others", 1)
