"""What a column holds, from a sample."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tables import read

from sartor.platform.records.files.guess import guess, guess_columns, yes_no
from sartor.platform.records.files.table import Percent


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "25", "-3", "1,000"], "integer"),
        (["1.5", "25", "¥1,234.50"], "decimal"),
        (["15%", "7.5 %"], "percent"),
        (["yes", "No", "是", "否"], "yes_no"),
        (["有", "无", "有"], "yes_no"),
        (["2026-05-01", "2026/12/31"], "date"),
        (["2026年5月1日", "2026年12月31日"], "date"),
        (["1948-12-08 00:00:00.000"], "date"),
        (["2026-05-01 08:30", "2026-05-02T09:00:00Z"], "datetime"),
        (["a@example.com", "李@example.cn"], "email"),
        (["https://example.com/x", "www.example.com"], "url"),
        (["13800000000", "+86 139 0000 0000"], "phone"),
        (["won", "lost", "won", "won", "lost", "open"], "choice"),
        (["Anna", "Ben", "Carl"], "text"),
        (["line\nline", "x"], "long_text"),
        (["007", "12"], "text"),
        (["1234567890123456789", "2"], "text"),
        (["A1", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21"], "text"),
        ([1, 2], "integer"),
        ([1, Decimal("2.5")], "decimal"),
        ([Percent("0.1")], "percent"),
        ([True, None], "yes_no"),
        ([date(2026, 5, 1)], "date"),
        ([datetime(2026, 5, 1), datetime(2026, 5, 2)], "date"),
        ([datetime(2026, 5, 1), datetime(2026, 5, 2, 9, 30)], "datetime"),
        ([13800000000, 13900000001], "phone"),
        ([None, None], "text"),
    ],
)
def test_the_kind_is_seen(values: list[Any], kind: str) -> None:
    assert guess(values).kind == kind


def test_days_that_could_be_months_are_asked_for() -> None:
    found = guess(["03/04/2026", "05/06/2026"])
    assert (found.kind, found.certain, found.formats) == ("date", False, ("M/D/Y", "D/M/Y"))


def test_one_day_beyond_twelve_settles_the_order() -> None:
    found = guess(["03/04/2026", "25/06/2026"])
    assert (found.certain, found.formats) == (True, ("D/M/Y",))


def test_values_that_do_not_fit_are_shown() -> None:
    found = guess(["2026-05-01"] * 20 + ["soon"])
    assert (found.kind, found.certain, found.misfits) == ("date", False, ("soon",))


def test_a_comma_that_could_be_a_fraction_is_asked_for() -> None:
    found = guess(["1.234", "5.678"])
    assert (found.certain, found.formats) == (False, ("1,234.56", "1.234,56"))


def test_the_european_style_is_seen() -> None:
    found = guess(["1.234,50", "12,5"])
    assert (found.kind, found.certain, found.formats) == ("decimal", True, ("1.234,56",))


def test_words_for_nothing_are_named() -> None:
    found = guess(["5", "N/A", "NULL", "7", None])
    assert (found.kind, found.blank_words, found.blanks) == ("integer", ("N/A", "NULL"), 3)


def test_options_come_by_frequency() -> None:
    assert guess(["lost", "won", "won", "won", "lost", "open"]).options == ("won", "lost", "open")


def test_the_name_of_a_column_tells_a_phone_number() -> None:
    assert guess(["030-0074321", "(5) 555-4729"], "homePhone").kind == "phone"


def test_all_columns_of_a_table_are_judged() -> None:
    table = read("name,amount,closed\nA,5,2026-05-01\nB,6.5,2026-05-02\n")
    kinds = {column: found.kind for column, found in guess_columns(table.columns, table.sample()).items()}
    assert kinds == {"name": "text", "amount": "decimal", "closed": "date"}


def test_a_table_without_rows_has_text_columns() -> None:
    assert [found.kind for found in guess_columns(("a", "b"), []).values()] == ["text", "text"]


@pytest.mark.parametrize(("word", "value"), [("Yes", True), ("否", False), ("✓", True), ("maybe", None)])
def test_words_for_yes_and_no(word: str, value: bool | None) -> None:
    assert yes_no(word) is value
