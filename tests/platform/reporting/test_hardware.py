"""The hardware company's dashboard: its numbers equal those of the files, counted by plain reading."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hardware import LOOKALIKE, hardware_folder, known
from worlds import NOON, World, open_world

from sartor.platform.access.context import system_context
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.records.bulk import write_many
from sartor.platform.records.wish import Ask
from sartor.platform.reporting.answers import CardAnswer
from sartor.platform.reporting.reporter import Reporter

ROOT = Path(__file__).parents[3]
Row = dict[str, str]
TOGETHER = 1000


def rows(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bare(name: str) -> str:
    return name.replace(" ", "").lower()


class Importing:
    """The files, written record by record: what an import does with them is another test."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.context = system_context(world.model, "test", clock=lambda: NOON, purpose="migrate")

    def run(self) -> None:
        agents = self.all("agent", "sales_teams", "sales_agent", self.agent)
        products = self.all("product", "products", "product", self.product)
        products = {bare(name): key for name, key in products.items()}
        accounts = self.all("account", "accounts", "account", lambda row: {"name": row["account"]})
        self.all("deal", "sales_pipeline", "opportunity_id", lambda row: self.deal(row, agents, products, accounts))

    def all(self, entity: str, file: str, key: str, values: Any) -> dict[str, str]:
        """Every row, a thousand to a transaction; ids by the value of the key column."""
        found = rows(self.folder, file)
        made: dict[str, str] = {}
        for start in range(0, len(found), TOGETHER):
            some = found[start : start + TOGETHER]
            asks = [Ask(values(row)) for row in some]
            outcomes = self.world.database.run(
                lambda work, asks=asks: write_many(self.world.writer, self.context, entity, asks, work)
            )
            made |= {row[key]: encode_id(each.written.id) for row, each in zip(some, outcomes, strict=True)}
        return made

    def product(self, row: Row) -> dict[str, Any]:
        return {"name": row["product"], "series": "GTX", "price": row["sales_price"]}

    def agent(self, row: Row) -> dict[str, Any]:
        return {"name": row["sales_agent"], "manager": row["manager"], "office": "Central"}

    def deal(
        self, row: Row, agents: Mapping[str, str], products: Mapping[str, str], accounts: Mapping[str, str]
    ) -> dict[str, Any]:
        return {
            "name": row["opportunity_id"],
            "agent": agents[row["sales_agent"]],
            "product": products[bare(row["product"])],
            "account": accounts.get(row["account"]),
            "stage": row["deal_stage"].lower(),
            "engaged_on": row["engage_date"] or None,
            "closed_on": row["close_date"] or None,
            "amount": row["close_value"] or None,
        }


@pytest.fixture(scope="module")
def folder(shared_data: Path, module_database_url: str) -> Path:
    """The real files on SQLite; 8,800 deals on PostgreSQL as well would tell nothing that the look-alike does not."""
    return hardware_folder(shared_data) if module_database_url.startswith("sqlite") else LOOKALIKE


@pytest.fixture(scope="module")
def world(module_database_url: str, folder: Path) -> Iterator[World]:
    made = open_world(module_database_url, compose([read_folder(ROOT / "docs" / "tutorial" / "hardware")]))
    made.database.clock = lambda: NOON
    try:
        Importing(made, folder).run()
        yield made
    finally:
        made.database.close()


@pytest.fixture(scope="module")
def cards(world: World) -> dict[str, CardAnswer]:
    return {card.name: card for card in Reporter(world).dashboard(world.system, "won").cards}


def numbers(card: CardAnswer) -> dict[str, Any]:
    """Names of groups -> the first measure."""
    assert card.report is not None
    assert card.report.table is not None
    return {row[0].text: row[1].value for row in card.report.table.rows}


def one(card: CardAnswer) -> Any:
    assert card.report is not None
    assert card.report.table is not None
    return card.report.table.rows[0][0].value


def test_single_numbers_equal_the_files(cards: dict[str, CardAnswer], folder: Path) -> None:
    expected = known(folder)
    stages = expected["stages"]
    assert one(cards["value"]) == sum(expected["won_by_manager"].values())
    assert one(cards["deals"]) == stages["Won"]
    assert abs(one(cards["rate"]) * (stages["Won"] + stages["Lost"]) - stages["Won"]) < Decimal("1e-6")
    assert abs(one(cards["average"]) * stages["Won"] - one(cards["value"])) < Decimal("1e-6")


def test_groups_equal_the_files(cards: dict[str, CardAnswer], folder: Path) -> None:
    expected = known(folder)
    assert numbers(cards["stage"]) == expected["stages"]
    assert numbers(cards["manager"]) == expected["won_by_manager"]
    won = {name: value for name, value in numbers(cards["product"]).items() if value}
    assert won == expected["won_by_product"]


def test_months_equal_the_files_without_gaps(cards: dict[str, CardAnswer], folder: Path) -> None:
    report = cards["month"].report
    found = {row[0].value: row[1].value for row in report.table.rows}
    assert {month: value for month, value in found.items() if value} == known(folder)["won_by_month"]
    assert list(found) == sorted(found)


def test_amounts_are_in_the_currency_of_their_field(cards: dict[str, CardAnswer]) -> None:
    assert cards["value"].report.table.headings[0].currency == "USD"
    assert cards["value"].report.table.rows[0][0].text.startswith("$")


def test_the_table_of_agents_has_their_total(cards: dict[str, CardAnswer], folder: Path) -> None:
    table = cards["agent"].report.table
    assert table.totals[1].value == sum(known(folder)["won_by_manager"].values())
    assert [row[1].value for row in table.rows] == sorted((row[1].value for row in table.rows), reverse=True)
