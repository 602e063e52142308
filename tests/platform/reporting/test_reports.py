"""Reports: groups, joins, order, limits, what leads where; every number is checked against the list it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from numbers_of_crm import address
from worlds import NOON, World

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import Invalid, NotFound
from sartor.platform.expressions import check
from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import Question
from sartor.platform.reporting.answers import ReportAnswer
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import use_language

Answer = Callable[..., ReportAnswer]


def values(answer: ReportAnswer) -> list[tuple[Any, ...]]:
    assert answer.table is not None
    return [tuple(point.value for point in row) for row in answer.table.rows]


def texts(answer: ReportAnswer) -> list[tuple[str, ...]]:
    assert answer.table is not None
    return [tuple(point.text for point in row) for row in answer.table.rows]


def listed(world: World, href: str | None) -> int:
    """How many records the list behind a number has."""
    assert href is not None
    entity, _mark, condition = href.partition("?")
    where = (check(condition, ModelScope(world.model), entity),) if condition else ()
    return world.reader.count(world.system, Question(entity, (("id",),), where=where))[0]


OPEN = (("甲", "100", "2026-03-01"), ("甲", "300", "2026-03-31"), ("乙", "50", "2026-05-09"), ("丙", None, None))
MAY_DAY = datetime(2026, 4, 30, 16, 30, tzinfo=UTC)
"""Half past midnight on the first of May in Shanghai, where the workspace is."""


@pytest.fixture(scope="module", autouse=True)
def accounts(world: World) -> dict[str, str]:
    """Two customers in IT and one of unknown industry; four open deals, three won this month, one lost."""
    found = {name: world.make("account", name=name, industry="it", founded_on="2026-02-03") for name in ("甲", "乙")}
    found["丙"] = world.make("account", name="丙")
    for name, amount, day in OPEN:
        world.make("deal", name=f"{name} {amount}", account=found[name], amount=amount, close_on=day)
    for at, amount, change in (
        (MAY_DAY, "5", {"stage": "won"}),
        (NOON, "1234562.89", {"stage": "won"}),
        (NOON, "0.01", {"stage": "won"}),
        (NOON, "9", {"stage": "lost", "loss_reason": "price"}),
    ):
        world.database.clock = lambda at=at: at
        end(world, found["甲"], amount, at, change)
    return found


def end(world: World, account: str, amount: str, at: datetime, change: dict[str, str]) -> None:
    context = replace(world.system, clock=lambda: at)
    key = world.make("deal", context, name="Ended", account=account, amount=amount)
    world.change("deal", key, context, **change)


def test_a_count_without_records_is_zero_and_a_ratio_is_blank(run: Answer) -> None:
    assert values(run("won", period="2020")) == [(0,)]
    assert values(run("win_rate", period="2020")) == [(None,)]
    assert texts(run("win_rate", period="2020")) == [("–",)]


def test_a_ratio_divides_exactly(run: Answer) -> None:
    assert values(run("win_rate", period="2026-05-20/2026-05-20")) == [(Decimal("0.666666666667"),)]
    assert texts(run("win_rate", period="2026-05-20/2026-05-20")) == [("66.7\N{NO-BREAK SPACE}%",)]


def test_a_number_is_compared_with_the_period_before(run: Answer) -> None:
    found = run("won")
    assert found.period == "this month"
    assert found.comparison is not None
    assert (found.comparison.before.value, found.comparison.rise, found.comparison.good) == (0, "up", True)
    assert found.comparison.against == "Apr 2026"


@pytest.mark.parametrize(
    ("compare", "against"),
    [("previous_period", "Apr 2026"), ("previous_year", "May 2025"), ("same_days", "1 Apr 2026 – 20 Apr 2026")],
)
def test_what_it_is_compared_with_can_be_chosen(run: Answer, compare: str, against: str) -> None:
    assert run("won", compare=compare).comparison.against == against


def test_money_is_exact_and_written_in_the_readers_language(run: Answer) -> None:
    point = run("won").table.rows[0][0]
    assert (point.value, point.text, point.short) == (Decimal("1234567.90"), "¥1,234,567.90", "¥1.23M")
    use_language("zh")
    assert run("won").table.rows[0][0].short == "¥123.5万"


def test_the_day_of_an_instant_is_that_of_the_workspace(run: Answer) -> None:
    assert values(run("won", period="2026-05-01/2026-05-01")) == [(5,)]
    assert values(run("won", period="2026-04")) == [(0,)]


def test_stages_come_in_the_order_of_the_pipeline(run: Answer) -> None:
    found = run("by_stage")
    assert texts(found) == [("Qualify", "4"), ("Won", "3"), ("Lost", "1")]
    assert [row[0].colour for row in found.table.rows] == ["--plot-1", "--plot-won", "--plot-lost"]


def test_groups_are_sorted_cut_and_the_rest_is_summed(run: Answer) -> None:
    found = run("by_account")
    assert texts(found) == [("甲", "¥1,234,976.90", "6"), ("乙", "¥50", "1")]
    assert found.table.left_out == 1
    assert [point.text for point in found.table.rest] == ["All others", "¥0", "1"]
    assert [point.text for point in found.table.totals] == ["Total", "¥1,235,026.90", "8"]
    assert found.notes == ("1 more group is left out.",)


def test_metrics_of_several_entities_meet_in_their_months(run: Answer) -> None:
    assert values(run("by_month")) == [
        ("2026-01", 0, 0), ("2026-02", 0, 2), ("2026-03", 400, 0), ("2026-04", 0, 0), ("2026-05", 50, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "expected"), [("en", "Mar 2026"), ("zh", "2026年3月")])
def test_months_are_named(run: Answer, language: str, expected: str) -> None:
    use_language(language)
    assert texts(run("by_month"))[2][0] == expected


def test_a_month_that_is_not_whole_is_said(run: Answer) -> None:
    found = run("by_month", period="2026-03-15/2026-05-31")
    assert values(found)[0] == ("2026-03", 300, 0)
    assert found.notes == ("Mar 2026 counts from 15 Mar 2026 on.",)


def test_means_and_medians_are_exact(run: Answer, accounts: dict[str, str]) -> None:
    found = {row[0]: row[1:] for row in values(run("middles", period="2026"))}
    assert found == {accounts["甲"]: (200, 200, 6), accounts["乙"]: (50, 50, 1)} | {accounts["丙"]: (None, None, 1)}


def test_what_cannot_be_grouped_is_called_blank(run: Answer) -> None:
    found = [row[:2] for row in texts(run("by_industry"))]
    assert found == [("IT", "Qualify"), ("IT", "Won"), ("IT", "Lost"), ("(blank)", "Qualify")]


def test_a_difference_takes_each_metric_by_its_own_date(run: Answer) -> None:
    assert values(run("net", period="2026-05")) == [(50 - Decimal("1234567.90"),)]
    assert values(run("net", period="2026-03")) == [(400,)]


@pytest.mark.parametrize("name", ["deals", "by_stage", "by_account", "by_industry", "by_month", "middles", "won"])
def test_counts_equal_the_lists_they_lead_to(world: World, run: Answer, name: str) -> None:
    found = run(name)
    for row in found.table.rows:
        for heading, point in zip(found.table.headings, row, strict=True):
            if heading.measure and heading.format == "number":
                assert listed(world, point.href) == point.value


def test_stays_are_counted_and_lead_to_their_records(world: World, run: Answer) -> None:
    found = run("entered")
    assert texts(found) == [("Qualify", "8"), ("Proposal", "3"), ("Won", "3"), ("Lost", "1")]
    assert found.table.rows[1][1].href == "entered/entered/proposal"
    cohort = Reporter(world).cohort(
        world.system, "entered", "entered", ["proposal"], {"period": "2026-05-20/2026-05-20"}
    )
    assert listed(world, f"{cohort.entity}?{cohort.condition}") == 2


def test_a_cohort_of_nobody_is_an_empty_list(world: World) -> None:
    cohort = Reporter(world).cohort(world.system, "entered", "entered", ["lost"], {"period": "2020"})
    assert listed(world, f"{cohort.entity}?{cohort.condition}") == 0
    with pytest.raises(NotFound):
        Reporter(world).cohort(world.system, "entered", "nothing", ["lost"])
    with pytest.raises(NotFound):
        Reporter(world).cohort(world.system, "by_stage", "deals", ["lost"])


def test_definitions_are_told(run: Answer) -> None:
    assert [each.text for each in run("by_account").definitions] == ["Expected, counted.", "Deals, counted."]


def test_a_filter_by_a_choice_reaches_through_lookups_and_into_the_list(run: Answer, world: World) -> None:
    every, of_it = run("deals"), run("deals", choices="account.industry=it,retail")
    assert values(of_it)[0][0] == values(every)[0][0] - 1
    assert of_it.table is not None
    assert listed(world, of_it.table.rows[0][0].href) == values(of_it)[0][0]
    assert (run("costs", choices="account.industry=it").unmoved) == ("account.industry",)
    assert run("mixed", choices="account.industry=it").notes == ("The filter “Industry” does not narrow: Costs.",)
    assert values(run("entered", choices="account.industry=it")) != values(run("entered"))
    for wrong in ("account.industry", "account.name=it", "account.industry=steel", "nothing.at=it"):
        with pytest.raises(Invalid):
            run("deals", choices=wrong)


def test_a_filter_by_a_record_narrows_what_belongs_to_it_and_itself(
    run: Answer, world: World, accounts: dict[str, str]
) -> None:
    both = f"deal.account={accounts['乙']},{accounts['丙']}"
    of_both = run("deals", choices=both)
    assert of_both.table is not None
    assert (values(of_both), listed(world, of_both.table.rows[0][0].href)) == ([(2,)], 2)
    newest = Reporter(world, address).metric(
        world.system, "new_accounts", filters={"choices": f"contact.account={accounts['乙']}"}
    )
    assert values(newest) == [(1,)]
    assert run("costs", choices=both).unmoved == ("deal.account",)
    product = world.make("product", name="Crane", cost="7")
    assert values(run("costs", choices=f"deal_line.product={product}"))[0][0] == Decimal(7)
    assert run("deals", choices=f"deal.owner={product}").unmoved == ()
    assert run("entered", choices=both).unmoved == ()
    assert values(run("entered", choices=both)) != values(run("entered"))
    with pytest.raises(Invalid):
        run("deals", choices="deal.account=nobody")


def test_a_filter_that_does_not_fit_is_named(run: Answer) -> None:
    found = run("deals", period="this_month")
    assert (found.unmoved, found.notes, found.period) == (("period",), (), None)
    assert run("mixed", owner="me").notes == ("The filter by person does not narrow: Costs.",)
    with pytest.raises(Invalid, match="Did you mean this_month"):
        run("deals", period="this_mnth")
    with pytest.raises(Invalid, match="perod"):
        run("deals", perod="this_month")


def test_amounts_without_a_rate_are_said_to_be_left_out(world: World, run: Answer, accounts: dict[str, str]) -> None:
    world.database.clock = lambda: NOON
    dollars = {"amount": "7", "currency": "USD"}
    key = world.make("deal", name="Dollars", account=accounts["甲"], amount=dollars)
    before = run("won").table.rows[0][0].value
    world.change("deal", key, stage="won")
    found = run("won")
    assert found.table.rows[0][0].value == before
    assert found.notes == ("1 amount is left out, as no rate of its currency is known.",)
    world.writer.delete(world.system, "deal", decode_id(key))


def test_a_result_is_told_in_a_sentence(run: Answer) -> None:
    assert run("by_account").says == "Expected by account: 甲 ¥1,234,976.90 · 6, 乙 ¥50 · 1, and 1 more."
