"""An application from spreadsheets on the command line: proposed with reasons and planned, published when told."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import xlsxwriter
from click.testing import CliRunner

from sartor.runtime.cli.main import main


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two sheets with rows, of which one names rows of the other, and an empty one."""
    path = tmp_path / "shop.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        customers, orders = book.add_worksheet("Customers"), book.add_worksheet("Orders")
        book.add_worksheet("Notes")
        for place, row in enumerate([["Customer no", "City"], *([f"C{n}", f"City {n % 3}"] for n in range(20))]):
            customers.write_row(place, 0, row)
        for place, row in enumerate([["Order no", "Customer"], *([f"O{n}", f"C{n % 20}"] for n in range(50))]):
            orders.write_row(place, 0, row)
    return path


def test_a_workbook_of_several_sheets_becomes_an_application(workbook: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        environment = {"SARTOR_DATA": str(tmp_path / "workspace")}
        found = CliRunner().invoke(main, words, env=environment, catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return found.output

    run("init")
    said = run("app", "from-file", str(workbook))
    assert "Customer: lookup, required (100% of 50 values stand in Customer no of Customers)" in said
    assert "Add the entity Order" in said
    assert "Nothing was made" in said
    done = orjson.loads(run("app", "from-file", str(workbook), "--yes", "--json"))
    assert (done["app"], done["records"], done["refused"]) == ("shop", 70, 0)
    assert len(orjson.loads(run("query", "order", "--filter", "customer.customer_no = 'C3'", "--json"))) == 3
