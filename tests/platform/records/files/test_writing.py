"""Exports: exact for programs, harmless and readable for people."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tables import read, values, written

from sartor.platform.errors import Invalid
from sartor.platform.records.files.formatting import guarded, unguarded
from sartor.platform.records.files.table import Percent
from sartor.platform.records.files.writing import CsvWriter, XlsxWriter, csv_head, csv_line

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
    "\n=1", " =1+1", "＝1+1", "＋1", "＠x", '=HYPERLINK("http://127.0.0.1","x")', "'=1+1", "+86 138-0000-0000",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_calculated_in_a_file_for_people(payload: str) -> None:
    text = written("csv", ["x"], [[payload]], "spreadsheet").getvalue().decode("utf-8-sig")
    assert text.split("\r\n", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_guard_comes_off_again(payload: str) -> None:
    assert unguarded(guarded(payload)) == payload
    assert values(read(written("csv", ["x", "y"], [[payload, "1"]], "spreadsheet")))[0][0] == payload.strip()


@pytest.mark.parametrize("text", ["-5", "-1,234.50", "-15 %", "abc", "a=b", "", "5"])
def test_plain_texts_and_negative_numbers_get_no_guard(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_workbook_holds_texts_as_texts(payload: str) -> None:
    book = load_workbook(written("xlsx", ["x"], [[payload]], "spreadsheet"))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert "=" not in (cell.data_type,)


def test_the_payloads_of_others_come_out_inert(real_files: Path) -> None:
    lines = (real_files / "badinput/csv_injection/payloadbox_csv-payload.txt").read_text().splitlines()
    book = load_workbook(written("xlsx", ["x"], [[line] for line in lines], "spreadsheet"))
    assert {cell.data_type for (cell,) in book.active.iter_rows(min_row=2)} == {"s"}
    text = written("csv", ["x"], [[line] for line in lines], "spreadsheet").getvalue().decode("utf-8-sig")
    assert not [line for line in text.split("\r\n") if line.lstrip('"').startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("value", "people", "program"),
    [
        (None, "", ""),
        (True, "TRUE", "true"),
        (-5, "-5", "-5"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal("1234.50"), "1234.50", "1234.50"),
        (Percent("0.15"), "15 %", "0.15"),
        (Percent("0.1525"), "15.25 %", "0.1525"),
        (date(2026, 5, 1), "2026-05-01", "2026-05-01"),
        (datetime(2026, 5, 1, 8, 30), "2026-05-01 08:30:00", "2026-05-01T08:30:00"),
        (datetime(2026, 5, 1, 8, 30, tzinfo=UTC), "2026-05-01 08:30:00", "2026-05-01T08:30:00Z"),
        (datetime(2026, 5, 1, 8, tzinfo=timezone(timedelta(hours=8))), "2026-05-01 08:00:00", "2026-05-01T00:00:00Z"),
        ('say "a, b"', '"say ""a, b"""', '"say ""a, b"""'),
        ("a;b", '"a;b"', '"a;b"'),
        (" x", '" x"', '" x"'),
    ],
)
def test_each_value_has_a_text_for_people_and_one_for_programs(value: Any, people: str, program: str) -> None:
    assert csv_line(["x", value], "spreadsheet") == f"x,{people}\r\n".encode()
    assert csv_line(["x", value], "transfer") == f"x,{program}\n".encode()


def test_only_a_file_for_people_begins_with_a_mark() -> None:
    assert csv_head(["客户"], "spreadsheet") == b"\xef\xbb\xbf" + "客户\r\n".encode()
    assert csv_head(["客户"], "transfer") == "客户\n".encode()


def test_names_of_columns_are_guarded_too() -> None:
    assert csv_head(["=1+1"], "spreadsheet").endswith(b"'=1+1\r\n")


def test_identifiers_and_zeros_survive_in_a_workbook() -> None:
    row = ["0012", "1234567890123456789", 1234567890123456789, Decimal("12345678901234567.123456"), "13800000000"]
    found = values(read(written("xlsx", list("abcde"), [row], "transfer")))[0]
    assert found == ("0012", "1234567890123456789", "1234567890123456789", "12345678901234567.123456", "13800000000")


def test_a_workbook_keeps_types() -> None:
    row = [5, Decimal("1234.5"), Percent("0.15"), date(2026, 5, 1), datetime(2026, 5, 1, 8, 30), True, "x"]
    assert values(read(written("xlsx", list("abcdefg"), [row], "spreadsheet"))) == [tuple(row)]


def test_days_before_the_calendar_of_spreadsheets_are_texts() -> None:
    assert values(read(written("xlsx", ["a", "b"], [["x", date(1850, 1, 2)]], "transfer"))) == [("x", "1850-01-02")]


def test_a_text_too_long_for_a_cell_is_cut_visibly_for_people() -> None:
    stream = io.BytesIO()
    with XlsxWriter(stream, ["note"], purpose="spreadsheet") as writer:
        writer.write(["x" * 40_000])
        writer.write(["😀" * 16_383])
    assert [problem.code for problem in writer.warnings] == ["too_long"]
    first, second = (row[0] for row in values(read(stream)))
    assert first.endswith("[…]")
    assert second == "😀" * 16_383


def test_a_text_too_long_for_a_cell_is_refused_for_programs() -> None:
    writer = XlsxWriter(io.BytesIO(), ["note"], purpose="transfer")
    with pytest.raises(Invalid, match="note"):
        writer.write(["x" * 40_000])
    writer.close()


def test_a_full_sheet_continues_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sartor.platform.records.files.writing.SHEET_ROWS", 3)
    book = load_workbook(written("xlsx", ["n"], [[1], [2], [3]], "transfer"))
    assert [[cell.value for cell in sheet["A"]] for sheet in book.worksheets] == [["n", 1, 2], ["n", 3]]


def test_a_file_is_written_to_a_path(tmp_path: Path) -> None:
    with XlsxWriter(tmp_path / "deals.xlsx", ["a"], purpose="transfer") as writer:
        writer.write(["x"])
    assert (writer.rows, load_workbook(tmp_path / "deals.xlsx").active["A2"].value) == (1, "x")


def test_a_failed_export_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid), XlsxWriter(tmp_path / "deals.xlsx", ["a"], purpose="transfer") as writer:
        writer.write(["x" * 40_000])
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_another_width_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="2 values for 1 columns"):
        CsvWriter(io.BytesIO(), ["a"], purpose="transfer").write(["x", "y"])


def test_another_purpose_is_refused() -> None:
    with pytest.raises(Invalid, match="fun"):
        CsvWriter(io.BytesIO(), ["a"], purpose="fun")  # type: ignore[arg-type]
