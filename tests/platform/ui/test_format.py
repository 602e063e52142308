"""How values are said in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.text import use_language, within
from sartor.platform.ui import format as formats

TODAY = date(2026, 9, 16)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _english_again():
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (2_380_000, "2.38M", "238万"),
        (864_500, "865K", "86.5万"),
        (8_640_000, "8.64M", "864万"),
        (2_000_000, "2.00M", "200万"),
        (41_200_000, "41.2M", "4,120万"),
        (999_999, "1.00M", "100万"),
        (123_456_789, "123M", "1.23亿"),
        (12_400, "12.4K", "1.2万"),
        (10_000, "10K", "1万"),
        (9_999, "9,999", "9,999"),
        (4_238, "4,238", "4,238"),
        (980, "980", "980"),
        (0, "0", "0"),
        (-1_500_000, "-1.50M", "-150万"),
        (Decimal("12.345"), "12.35", "12.35"),
        (1_000_000_000, "1.00B", "10亿"),
    ],
)
def test_short_numbers_have_three_digits_or_chinese_units(value, english, chinese):
    assert formats.compact(value, "en") == english
    assert formats.compact(value, "zh") == chinese


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("2380000", "CNY", "¥2,380,000"),
        ("1234.5", "CNY", "¥1,234.50"),
        ("1234.5", "JPY", "JP¥1,235"),
        ("-3", "USD", "-$3"),
        ("0.004", "CNY", "¥0"),
    ],
)
def test_money_is_shown_in_full_with_its_sign(value, currency, shown):
    assert formats.money(Decimal(value), currency, language="en") == shown


def test_money_in_a_column_goes_without_the_sign():
    assert formats.money(Decimal("2380000"), "CNY", sign=False) == "2,380,000"


def test_short_money_puts_the_minus_first():
    assert formats.money_compact(Decimal(-1500000), "CNY", "zh") == "-¥150万"


def test_percent_is_a_fraction_said_in_hundredths():
    assert formats.percent(Decimal("0.065")) == "6.5\u00a0%"
    assert formats.percent(Decimal("1.16")) == "116\u00a0%"
    assert formats.percent(Decimal("0.45"), 1) == "45.0\u00a0%"


def test_a_day_shows_its_year_only_where_it_is_another():
    assert formats.day(date(2026, 9, 26), TODAY, "en") == "26 Sep"
    assert formats.day(date(2027, 9, 26), TODAY, "en") == "26 Sep 2027"
    assert formats.day(date(2026, 9, 26), TODAY, "zh") == "9月26日"
    assert formats.day(date(2027, 9, 26), TODAY, "zh") == "2027年9月26日"


def test_a_heading_names_the_weekday():
    assert formats.day_long(date(2026, 9, 14), TODAY, "en") == "Monday, 14 September"
    assert formats.day_long(date(2026, 9, 14), TODAY, "zh") == "9月14日 星期一"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (date(2026, 9, 13), "3 days ago", "3 天前"),
        (date(2026, 9, 15), "yesterday", "昨天"),
        (date(2026, 9, 16), "today", "今天"),
        (date(2026, 9, 26), "in 10 days", "10 天后"),
        (date(2026, 8, 12), "5 weeks ago", "5 周前"),
        (date(2025, 9, 16), "12 months ago", "12 个月前"),
        (date(2023, 9, 16), "3 years ago", "3 年前"),
    ],
)
def test_distances_are_said_in_words(value, english, chinese):
    assert formats.ago(value, TODAY) == english
    use_language("zh")
    assert formats.ago(value, TODAY) == chinese


def test_a_moment_is_said_in_the_readers_zone():
    now = datetime(2026, 9, 16, 6, 20, tzinfo=UTC)
    assert formats.moment(now, SHANGHAI, now) == "14:20"
    assert formats.moment(datetime(2026, 9, 15, 16, 30, tzinfo=UTC), SHANGHAI, now) == "00:30"
    assert formats.moment(datetime(2026, 9, 15, 15, 30, tzinfo=UTC), SHANGHAI, now) == "Yesterday 23:30"
    assert formats.moment_full(now, SHANGHAI) == "16 Sep 2026 14:20:00"


def test_spans_use_their_largest_unit():
    assert [formats.span(n) for n in (40, 300, 7200, 19 * 86400)] == ["40 s", "5 min", "2 h", "19 d"]


def test_circles_hold_the_surname_or_initials():
    assert [formats.letters(name) for name in ("Lin Xiao", "林晓", "Bo", " ")] == ["LX", "林", "B", "?"]


@given(st.decimals(-(10**17), 10**17, places=4))
def test_every_number_has_a_short_form_that_is_not_longer_than_nine_digits(value):
    for language in ("en", "zh"):
        assert len(formats.compact(value, language).replace(",", "").lstrip("-")) <= 11


@given(st.decimals(-(10**15), 10**15, places=2))
def test_a_number_in_full_says_its_value(value):
    assert Decimal(formats.number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [("28762.72", "¥28,762.72", "¥28,762.72"), ("-99999", "-¥99,999", "-¥99,999"), ("100000", "¥100K", "¥10万")],
)
def test_an_amount_of_a_card_is_in_full_as_long_as_that_is_short(value: str, english: str, chinese: str) -> None:
    assert [formats.money_brief(Decimal(value), "CNY", each) for each in ("en", "zh")] == [english, chinese]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Deal", "deal"),
        ("Follow-up", "follow-up"),
        ("VAT number", "VAT number"),
        ("Sales Order", "Sales Order"),
        ("Office in Berlin", "Office in Berlin"),
        ("客户", "客户"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence_begins_small_but_for_names_and_acronyms(label, said):
    assert within(label) == said


def test_chinese_sentences_leave_labels_as_they_are():
    use_language("zh")
    assert within("Deal") == "Deal"
