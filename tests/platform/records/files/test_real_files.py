"""Files made by others: each is read whole or refused in words, never anything else."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hardware import LOOKALIKE, hardware_folder, known
from openpyxl import load_workbook
from tables import codes, problems, values

from sartor.platform.errors import SartorError
from sartor.platform.records.files.guess import guess_columns
from sartor.platform.records.files.matching import group_misses
from sartor.platform.records.files.reading import Table, open_table
from sartor.platform.records.files.sheet_cells import span

FOLDERS = ("csvlint_fixtures", "frictionless_data", "sheetjs_test_files", "csv_spectrum", "csv_injection", "blns")


def opened(path: Path, **choices: Any) -> Table:
    return open_table(path, name=path.name, **choices)


def bad_files(root: Path) -> Iterator[Path]:
    return (path for folder in FOLDERS for path in sorted((root / "badinput" / folder).rglob("*")) if path.is_file())


def test_every_file_is_read_or_refused_in_words(real_files: Path) -> None:
    for path in bad_files(real_files):
        with suppress(SartorError):
            for row in opened(path).rows():
                assert all(problem.message for problem in row.problems)


def test_the_acid_test_of_csv_is_passed(real_files: Path) -> None:
    for path in (real_files / "badinput/csv_spectrum/csvs").glob("*.csv"):
        expected = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        table = opened(path)
        found = [dict(zip(table.columns, (cell or "" for cell in row), strict=True)) for row in values(table)]
        # The snapshot of `newlines_crlf.csv` has lost its carriage returns; its expectation has not.
        plain = [{key: value.strip().replace("\r\n", "\n") for key, value in one.items()} for one in expected]
        assert found == plain, path.name


def test_rows_of_text_files_are_as_many_as_plain_reading_finds(real_files: Path) -> None:
    folders = ("pipeline", "transactions", "dedupe", "churn", "marketing")
    for path in (one for folder in folders for one in (real_files / folder).rglob("*.csv")):
        table = opened(path)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            plain = sum(1 for record in csv.reader(stream, delimiter=table.delimiter or ",") if any(record))
        assert len(values(table)) == plain - 1, path.name


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_cells_of_workbooks_are_those_that_the_library_reads(real_files: Path) -> None:
    compared = 0
    for path in [*real_files.rglob("*.xlsx"), *real_files.rglob("*.xlsm")]:
        try:
            table = opened(path)
        except SartorError:
            continue
        sheet = load_workbook(path, data_only=True)[table.sheet or ""]
        for row in table.rows():
            there = [cell.value for cell in sheet[row.number]][: len(table.columns)]
            told = {problem.field for problem in row.problems}
            for column, got, wanted in zip(table.columns, row.values, there, strict=False):
                assert column in told or same(got, wanted), (path.name, row.number, column, got, wanted)
                compared += 1
    assert compared > 10_000


def same(got: Any, wanted: Any) -> bool:
    """The library gives floats, moments for days, spaces around texts, `_x000D_`, and does not know `[HH]`."""
    if isinstance(wanted, str) or wanted is None:
        return got == ((wanted or "").replace("_x000D_", "\r").strip() or None)
    if isinstance(wanted, int | float) and isinstance(got, str):
        return got == span(wanted)
    if isinstance(wanted, timedelta):
        return bool(got == span(wanted.total_seconds() / 86_400))
    if isinstance(wanted, datetime):
        return got in (wanted, wanted.date()) or got == wanted.replace(microsecond=got.microsecond)
    if isinstance(wanted, date | time):
        return str(got) == wanted.isoformat()
    if isinstance(wanted, bool):
        return got is wanted
    return abs(float(Decimal(str(got))) - wanted) <= abs(wanted) * 1e-14


@pytest.mark.parametrize(("sheet", "rows"), [(None, 3978), ("左第3字", 2063), ("左第6字", 1230)])
def test_the_sheets_of_a_chinese_workbook_are_read_whole(real_files: Path, sheet: str | None, rows: int) -> None:
    table = opened(real_files / "chinese/company_names/公司名字频统计.xlsx", sheet=sheet)
    assert (len(values(table)), table.columns) == (rows, ("dict", "idf"))


def test_names_of_fifty_thousand_companies_are_read(real_files: Path) -> None:
    table = opened(real_files / "chinese/company_names/Company-Shorter-Form（first50000）.txt")
    assert (len(values(table)), table.encoding) == (49_998, "utf-8-sig")


def test_unquoted_commas_are_found_in_each_row(real_files: Path) -> None:
    folder = real_files / "transactions/northwind"
    assert len(problems(opened(folder / "customers.csv"))) == 24
    assert len(problems(opened(folder / "orders.csv"))) == 176


def test_a_claimed_size_that_hides_rows_is_told(real_files: Path) -> None:
    table = opened(real_files / "badinput/frictionless_data/issue-870.xlsx")
    assert len(values(table)) == 9
    assert "declared_size" not in codes(table)  # the rows beyond hold nothing


@pytest.mark.parametrize("variant", ["", "variant_us_dates"])
def test_the_deals_of_the_hardware_company_are_read(shared_data: Path, variant: str) -> None:
    folder = hardware_folder(shared_data)
    table = opened(folder / variant / "sales_pipeline.csv")
    rows = values(table)
    expected = known(folder)
    stages = {stage: sum(row[4] == stage for row in rows) for stage in ("Engaging", "Lost", "Prospecting", "Won")}
    assert stages == expected["stages"]
    assert sum(int(row[7] or 0) for row in rows) == expected["amount_total"]
    assert [column for column, cell in zip(table.columns, rows[0], strict=True) if cell is None] == []


def test_both_date_formats_of_the_deals_are_seen(shared_data: Path) -> None:
    folder = hardware_folder(shared_data)
    for path, key in (("sales_pipeline.csv", "Y-M-D"), ("variant_us_dates/sales_pipeline.csv", "M/D/Y")):
        table = opened(folder / path)
        found = guess_columns(table.columns, table.sample(150))
        assert (found["engage_date"].formats, found["engage_date"].certain) == ((key,), True)
        assert found["deal_stage"].kind == "choice"


def test_the_missing_product_is_mapped_once(shared_data: Path) -> None:
    folder = hardware_folder(shared_data)
    expected = known(folder)
    products = [str(row[0]) for row in values(opened(folder / "products.csv"))]
    missed = [str(row[2]) for row in values(opened(folder / "sales_pipeline.csv")) if row[2] not in products]
    (miss,) = group_misses(missed, products)
    assert {miss.value: miss.count} == expected["product_misses"]
    assert {miss.value: miss.near[0].value} == expected["product_means"]
    assert miss.near[0].score == 100


def test_the_lookalike_adds_up_to_what_is_written_beside_it() -> None:
    assert known(LOOKALIKE) == json.loads((LOOKALIKE / "known.json").read_text(encoding="utf-8"))
