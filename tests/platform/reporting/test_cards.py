"""Cards of a dashboard: a metric by itself, a text, and numbers that lead elsewhere."""

from __future__ import annotations

from dataclasses import replace

import crm
import numbers_of_crm
import pytest
from numbers_of_crm import address
from worlds import COMPILER, World

from sartor.platform.model import Card
from sartor.platform.reporting.filters import Filters
from sartor.platform.reporting.reporter import Reporter

PLACE = (0, 0, 3, 2)
THIS_YEAR = Filters(period="this_year")


@pytest.fixture
def reporter(world: World) -> Reporter:
    def places(key: str, filters: Filters) -> str | None:
        return f"/{key}?{filters.period}" if key != "dashboard/gone" else None

    return Reporter(world, address, places=places)


def test_a_metric_stands_alone_under_its_own_name(world: World, reporter: Reporter) -> None:
    found = reporter.card(world.system, Card("deals", "metric/deals", *PLACE), Filters())
    assert (found.label, found.report.chart, found.report.table.measures[0].label) == ("Deals", "number", "Deals")


def test_a_text_asks_nothing(world: World, reporter: Reporter) -> None:
    found = reporter.card(world.system, Card("word", None, *PLACE, text={"en": "Hello", "zh": "你好"}), Filters())
    assert (found.text, found.report, found.view) == ("Hello", None, None)


def test_numbers_lead_where_the_card_says_with_the_filters_that_are_chosen(world: World, reporter: Reporter) -> None:
    card = Card("deals", "report/deals", *PLACE, opens="dashboard/home")
    found = reporter.card(world.system, card, THIS_YEAR)
    assert found.report.table.rows[0][0].href == "/dashboard/home?this_year"


def test_a_place_that_is_not_there_leaves_the_records(world: World, reporter: Reporter) -> None:
    card = Card("deals", "report/deals", *PLACE)
    plain = reporter.card(world.system, card, Filters()).report.table.rows[0][0].href
    gone = reporter.card(world.system, replace(card, opens="dashboard/gone"), Filters())
    assert gone.report.table.rows[0][0].href == plain


@pytest.mark.parametrize("card", [{}, {"target": "report/deals", "text": "And words"}])
def test_a_card_shows_something_and_one_thing_only(card: dict) -> None:
    place = dict(zip(("x", "y", "width", "height"), PLACE, strict=True))
    board = {"label": "Board", "cards": {"one": {**place, **card}}}
    found = COMPILER.check(crm.documents(**numbers_of_crm.DOCUMENTS, **{"dashboard/board": board}))
    assert [each.code for each in found] == ["card"]
