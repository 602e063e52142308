"""The numbers of the stock sales CRM, as its scenarios state them; each scenario has a seller of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from worlds import NOON, World

from sartor.platform.access.context import Context, system_context
from sartor.platform.model.ids import decode_id
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.saving.past import write_past_stays
from sartor.platform.reporting.reporter import Reporter

Steps = list[tuple[str, int]]
"""Stages with the day of May on which they were entered."""


ENDED = {
    "won": {"closed_at": NOON.isoformat(), "win_reason": "price"},
    "lost": {"closed_at": NOON.isoformat(), "loss_reason": "price"},
    "invalid": {"closed_at": NOON.isoformat(), "invalid_reason": "test"},
}


class Seller:
    """Somebody whose deals are counted alone."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.context: Context = system_context(
            world.model, "test", clock=lambda: NOON, zone="Asia/Shanghai", purpose="migrate"
        )
        self.id = world.make("user", name=name, email=f"{name}@example.com")
        self.account = world.make("account", self.context, name=f"Customer of {name}")

    def deal(self, stage: str, **values: Any) -> str:
        given = {
            "name": "Deal",
            "account": self.account,
            "owner": self.id,
            "stage": stage,
            **ENDED.get(stage, {}),
            **values,
        }
        return self.world.make("deal", self.context, **given)

    def past(self, deal: str, steps: Steps) -> None:
        field = self.world.model.field("deal", "stage")
        tools = Tools(self.world.database, self.world.tables)
        dated = [(stage, datetime(2026, 5, day, tzinfo=NOON.tzinfo)) for stage, day in steps]
        self.world.database.run(lambda work: write_past_stays(tools, work, self.context, field, decode_id(deal), dated))

    def rows(self, answer: str, **filters: str) -> list[tuple[Any, ...]]:
        """The rows of a report: keys of groups, exact numbers."""
        found = Reporter(self.world).run(self.context, answer, filters={"owner": self.id, **filters})
        assert found.table is not None
        return [tuple(point.value for point in row) for row in found.table.rows]

    def number(self, metric: str, **filters: str) -> Any:
        found = Reporter(self.world).metric(self.context, metric, filters={"owner": self.id, **filters})
        assert found.table is not None
        return found.table.rows[0][0].value


@pytest.fixture
def seller(sales: World, request: pytest.FixtureRequest) -> Seller:
    return Seller(sales, request.node.name.partition("[")[0].removeprefix("test_")[:40])


def test_sa21_a_skipped_stage_counts_as_passed(seller: Seller) -> None:
    ways: list[tuple[str, Steps]] = [
        ("won", [("qualify", 2), ("analysis", 4), ("won", 8)]),
        ("lost", [("qualify", 2), ("proposal", 5), ("lost", 9)]),
        ("lost", [("qualify", 3), ("lost", 4)]),
        ("qualify", [("qualify", 3)]),
    ]
    for stage, steps in ways:
        seller.past(seller.deal(stage, amount="100"), steps)
    found = seller.rows("stage_conversion", period="this_month")
    assert [row[:4] for row in found] == [
        ("qualify", 4, 2, Decimal("0.5")),
        ("analysis", 2, 2, 1),
        ("proposal", 2, 1, Decimal("0.5")),
    ]


def test_sa22_the_win_rate_ignores_invalid_deals(seller: Seller) -> None:
    for stage, many in {"won": 3, "lost": 2, "invalid": 5, "qualify": 4}.items():
        for _deal in range(many):
            seller.deal(stage, amount="100")
    assert seller.number("win_rate") == Decimal("0.6")
    assert seller.number("win_rate", period="last_month") is None


def test_sa23_the_weighted_forecast_counts_open_deals(seller: Seller) -> None:
    deals = {
        "qualify": ("100000", "0.2"),
        "analysis": ("50000", "0.3"),
        "proposal": ("80000", "0.8"),
        "lost": ("500000", "0"),
    }
    for stage, (amount, share) in deals.items():
        seller.deal(stage, amount=amount, probability=share, expected_close_on="2026-06-30", next_step="Call")
    assert seller.number("weighted_pipeline", period="this_quarter") == Decimal("99000.00")


def test_sa34_mean_and_median_of_the_sales_cycle(seller: Seller) -> None:
    for days in (10, 20, 30, 100):
        seller.deal("won", amount="1", created_at=(NOON - timedelta(days=days)).isoformat())
    assert seller.rows("cycle") == [(seller.id, 40, 25, 4)]


def test_a_report_reads_the_same_through_its_metrics_alone(seller: Seller) -> None:
    for stage in ("won", "won", "lost"):
        seller.deal(stage, amount="500")
    ((_seller, won, lost, rate, by_amount),) = seller.rows("win_loss")
    numbers: Callable[[str], Any] = seller.number
    assert (won, lost, rate) == (numbers("won_deals"), numbers("lost_deals"), numbers("win_rate"))
    assert by_amount == numbers("win_rate_amount") == Decimal("0.666666666667")
