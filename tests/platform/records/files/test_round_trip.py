"""What is written for transfer is read back the same, and nothing that anyone uploads breaks the reader."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import PARTS, read, text_cells, values, workbook, written

from sartor.platform.errors import SartorError
from sartor.platform.records.files.table import Options

EXACT = Options(trim=False)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Co"), exclude_characters="\x00\ufffd"))
NUMBERS = st.integers(-(10**20), 10**20) | st.decimals(-(10**17), 10**17, places=4)
VALUES: Any = st.none() | TEXTS | NUMBERS | st.booleans() | st.dates() | st.datetimes()
ROWS: Any = st.lists(st.tuples(st.just("x"), VALUES, VALUES), min_size=1, max_size=4)
AWKWARD = [
    "1234567890123456789",
    "007",
    'a "quote"',
    "two\r\nlines",
    "客户、公司",
    "1.23E+18",
    "#N/A",
    "'=1",
    "=1+1",
    " x ",
]


@given(st.lists(st.tuples(st.just("x"), TEXTS, TEXTS), min_size=1, max_size=4))
def test_texts_go_through_a_text_file_unchanged(rows: list[tuple[str, ...]]) -> None:
    table = read(written("csv", ["id", "a", "b"], rows, "transfer"), encoding="utf-8", delimiter=",", options=EXACT)
    assert values(table) == [tuple(value or None for value in row) for row in rows]


@given(ROWS)
def test_values_go_through_a_workbook_unchanged(rows: list[tuple[Any, ...]]) -> None:
    found = values(read(written("xlsx", ["id", "a", "b"], rows, "transfer"), options=EXACT))
    assert len(found) == len(rows)
    for got, wanted in zip(found, rows, strict=True):
        assert all(same(*pair) for pair in zip(got, wanted, strict=True)), (got, wanted)


def same(got: Any, wanted: Any) -> bool:
    """Numbers beyond 15 digits and moments that a sheet cannot hold come back as text."""
    if isinstance(wanted, bool) or wanted is None or wanted == "":
        return got == (wanted if wanted != "" else None)
    if isinstance(wanted, int | Decimal):
        return Decimal(str(got)) == wanted
    if isinstance(wanted, date) and isinstance(got, str):
        return got == wanted.isoformat()
    return bool(got == wanted)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_awkward_values_survive(kind: str) -> None:
    rows = [(str(place), text) for place, text in enumerate(AWKWARD)]
    assert values(read(written(kind, ["id", "text"], rows, "transfer"), options=EXACT)) == rows


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_an_export_saved_again_by_a_chinese_spreadsheet_comes_back(encoding: str) -> None:
    rows = [("苏州青禾科技有限公司", "+86 138-0000-0000", "-5"), ("杭州远山贸易", "=待定", "已签合同，请跟进")]
    data = written("csv", ["客户名称", "电话", "备注"], rows, "spreadsheet").getvalue().decode("utf-8-sig")
    assert values(read(data.encode(encoding))) == rows


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(SartorError):
        values(read(data))


@given(st.text(max_size=200), st.sampled_from([None, "utf-8", "gb18030", "cp1252"]), st.sampled_from([None, ",", ";"]))
def test_any_text_is_read_or_refused(text: str, encoding: str | None, delimiter: str | None) -> None:
    with suppress(SartorError):
        values(read(text.encode("utf-8", "surrogatepass"), encoding=encoding, delimiter=delimiter))


@given(st.data())
def test_a_workbook_with_a_damaged_part_is_read_or_refused(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([*PARTS, "xl/worksheets/sheet1.xml"]))
    whole = text_cells(1, "a", "b") + text_cells(2, "1", "2")
    text = PARTS.get(part, f"<worksheet><sheetData>{whole}</sheetData></worksheet>")
    start = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 20))
    damaged = text[:start] + data.draw(st.text(max_size=8)) + text[start + cut :]
    with suppress(SartorError):
        values(read(workbook(whole, parts={part: damaged})))


@given(st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(workbook(text_cells(1, "a", "b") + text_cells(2, "1", "2")).getvalue())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=5)):
        raw[place] = data.draw(st.integers(0, 255))
    with suppress(SartorError):
        values(read(bytes(raw)))
