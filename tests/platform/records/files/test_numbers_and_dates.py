"""Numbers and days as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from sartor.platform.records.files.dates import FORMATS, best_date_format, date_formats, parse_moment
from sartor.platform.records.files.numbers import STYLES, number_styles, parse_number
from sartor.platform.records.files.table import Percent


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.56", "1234.56"), ("¥1,234", "1234"), ("(1,234)", "-1234"), ("$-5", "-5"), ("5-", "-5"), ("- 5", "-5"),
        ("−5", "-5"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("１２３", "123"), ("1.5万", "15000"),
        ("3 亿", "300000000"), ("US$5", "5"), ("RMB 1,000", "1000"), ("007", "7"),
        ("12345678901234567.123456", "12345678901234567.123456"),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(("text", "number"), [("15 %", "0.15"), ("１５％", "0.15"), ("-7.5%", "-0.075")])
def test_a_percentage_is_a_fraction(text: str, number: str) -> None:
    found = parse_number(text)
    assert (found, type(found)) == (Decimal(number), Percent)


@pytest.mark.parametrize("text", ["", "-", "1,23", "1,2345", "1.2.3", "1e5", "NaN", "Infinity", "12a", "١٢", "9" * 50])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_each_style_reads_its_own_name() -> None:
    assert all(parse_number(style.name, style) == Decimal("1234.56") for style in STYLES)


def test_styles_that_read_the_same_are_one() -> None:
    assert [style.name for style in number_styles(["5", "17"])] == ["1,234.56"]


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_each_format_reads_its_example(key: str) -> None:
    assert parse_moment(FORMATS[key].example, key) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "key", "moment"),
    [
        ("2026/5/1", "Y-M-D", date(2026, 5, 1)),
        ("3/1/17", "M/D/Y", date(2017, 3, 1)),
        ("31.12.99", "D/M/Y", date(1999, 12, 31)),
        ("2026-05-01 08:30", "Y-M-D", datetime(2026, 5, 1, 8, 30)),
        ("2026-05-01T08:30:15.250Z", "Y-M-D", datetime(2026, 5, 1, 8, 30, 15, 250_000, tzinfo=UTC)),
        ("2026-05-01T08:30:00+0800", "Y-M-D", datetime(2026, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))),
        ("2026-05-01 下午3:00", "Y-M-D", datetime(2026, 5, 1, 15)),
        ("5/1/2026 12:05 AM", "M/D/Y", datetime(2026, 5, 1, 0, 5)),
        ("1-May-26", "D MMM Y", date(2026, 5, 1)),
        ("２０２６－０５－０１", "Y-M-D", date(2026, 5, 1)),
    ],
)
def test_a_moment_is_read(text: str, key: str, moment: date) -> None:
    assert parse_moment(text, key) == moment


@pytest.mark.parametrize(
    "text", ["31/02/2026", "2026-13-01", "2026-05/01", "12:30", "", "2026-05-01 25:00", "2026-05-01x"]
)
def test_what_is_no_day_fits_no_format(text: str) -> None:
    assert date_formats([text]) == []


def test_both_orders_are_offered_where_both_fit() -> None:
    assert date_formats(["3/4/2026", "5/6/2026"]) == ["M/D/Y", "D/M/Y"]


def test_days_that_begin_with_the_year_may_be_written_in_several_ways() -> None:
    texts = ["2026/3/5", "2026年3月5日", "2026.3.8"]
    assert date_formats(texts) == ["Y-M-D 年月日"]
    assert date_formats(texts[::2]) == ["Y-M-D"]
    assert {parse_moment(each, "Y-M-D 年月日") for each in texts} == {date(2026, 3, 5), date(2026, 3, 8)}


def test_the_best_format_says_how_much_it_reads() -> None:
    assert best_date_format(["10/20/2016", "3/1/2017", "2017-03-01", "x"]) == ("M/D/Y", 0.5)
