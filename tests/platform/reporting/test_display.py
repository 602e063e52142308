"""Answers as parts of the dashboard page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from numbers_of_crm import address
from worlds import NOON, World

from sartor.platform.charts.base import Heading
from sartor.platform.reporting.answers import CardAnswer
from sartor.platform.reporting.display import figure, is_figure, line, panel, said
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.reporting.wording import point


@pytest.fixture(scope="module")
def cards(world: World) -> dict[str, CardAnswer]:
    """Every report of the small CRM as a card, with one deal won on the 18th and one on the 20th."""
    account = world.make("account", name="甲", industry="it")
    for days, amount in ((2, "30"), (0, "70")):
        at = NOON.replace(day=NOON.day - days)
        world.database.clock = lambda at=at: at
        context = replace(world.system, clock=lambda at=at: at)
        key = world.make("deal", context, name="Deal", account=account, amount=amount)
        world.change("deal", key, context, stage="won")
    reporter = Reporter(world, address)
    board = reporter.dashboard(world.system, "all")
    return {card.name: card for card in board.cards}


def test_single_numbers_are_figures(cards: dict[str, CardAnswer]) -> None:
    assert {name for name, card in cards.items() if is_figure(card)} == {"deals", "won", "win_rate", "net", "costs"}


def test_a_figure_has_its_comparison_and_its_way(cards: dict[str, CardAnswer]) -> None:
    found = figure(cards["won"])
    assert (found.label, found.text, found.href is not None) == ("Won · this month", "¥100", True)
    assert (found.delta.rise, found.delta.good, found.delta.against) == ("up", True, "from ¥0 in Apr 2026")


@pytest.mark.parametrize(
    ("value", "text"), [("4238", "4,238"), ("99999.99", "99,999.99"), ("100000", "100K"), ("-99999", "-99,999")]
)
def test_a_number_that_stands_alone_is_written_in_full_while_that_is_short(value: str, text: str) -> None:
    heading = Heading("n", "N", True, "number", None)
    assert said(point(Decimal(value), heading)) == text


def test_a_short_number_says_the_exact_one(cards: dict[str, CardAnswer]) -> None:
    found = figure(cards["won"])
    table = cards["won"].report.table
    big = replace(table, rows=((point(Decimal("2222110.12"), table.headings[0]),),))
    shown = figure(replace(cards["won"], report=replace(cards["won"].report, table=big)))
    assert (found.text, found.exact) == ("¥100", "¥100")
    assert (shown.text, shown.exact) == ("¥2.22M", "¥2,222,110.12")


def test_a_spark_grows_to_its_number(cards: dict[str, CardAnswer]) -> None:
    spark = cards["won"].report.spark
    assert (len(spark.now), len(spark.before), spark.places) == (20, 30, 31)
    assert (spark.now[16], spark.now[17], spark.now[19]) == (0, 30, 100)
    assert figure(cards["won"]).spark.split()[-1] == "63.3,1.0"


def test_a_panel_has_a_picture_and_its_numbers(cards: dict[str, CardAnswer]) -> None:
    found = panel(cards["by_stage"])
    assert (found.plot.figure["data"][0]["type"], found.plot.says) == ("bar", "Deals by stage: Won 2.")
    assert [cell.text for cell in found.plot.table.rows[0]] == ["Won", "2"]
    assert found.about == ("Deals, counted.",)


def test_a_table_has_its_totals(cards: dict[str, CardAnswer]) -> None:
    found = panel(cards["by_account"])
    assert [cell.text for cell in found.table.foot] == ["Total", "¥100", "2"]


def test_nothing_to_show_is_said(cards: dict[str, CardAnswer]) -> None:
    empty = replace(cards["by_stage"].report, table=replace(cards["by_stage"].report.table, rows=()), figure=None)
    assert panel(replace(cards["by_stage"], report=empty)).empty.title == "Nothing to show"


def test_a_closed_card_says_who_could_open_it(world: World) -> None:
    board = Reporter(world, address).dashboard(world.person(5, "rep"), "home")
    found = panel(next(card for card in board.cards if card.name == "costs"))
    assert (found.empty.title, "Manager" in found.empty.text) == ("Not open to you", True)


def test_a_line_fits_into_its_box() -> None:
    assert line([Decimal(0), None, Decimal(10)], 5, Decimal(10)) == "0.0,25.0 50.0,1.0"
    assert line([Decimal(3)], 5, Decimal(10)) is None
