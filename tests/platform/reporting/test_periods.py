"""Periods: read from every way of writing them, named in words, and the one before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import Invalid
from sartor.platform.expressions import Env
from sartor.platform.reporting.buckets import bucket_of, buckets_between, label_of, span_of
from sartor.platform.reporting.periods import Period, read_period
from sartor.platform.text import use_language

ENV = Env(now=datetime(2026, 5, 20, 4, tzinfo=UTC), zone="Asia/Shanghai")
UNITS = ("day", "week", "month", "quarter", "year")


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "before"),
    [
        ("this_month", "2026-05-01", "2026-05-31", "this month", "Apr 2026"),
        ("this_quarter()", "2026-04-01", "2026-06-30", "this quarter", "Q1 2026"),
        ("last(90)", "2026-02-20", "2026-05-20", "last 90 days", "22 Nov 2025 – 19 Feb 2026"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "Q2 2026", "Q1 2026"),
        ("2026-05", "2026-05-01", "2026-05-31", "May 2026", "Apr 2026"),
        ("2026", "2026-01-01", "2026-12-31", "2026", "2025"),
        ("2026-01-05/2026-02-09", "2026-01-05", "2026-02-09", "5 Jan 2026 – 9 Feb 2026", "30 Nov 2025 – 4 Jan 2026"),
    ],
)
def test_a_period_is_read_named_and_preceded(text: str, first: str, last: str, label: str, before: str) -> None:
    found = read_period(text, ENV)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert (found.label(), found.before().label()) == (label, before)


def test_it_is_named_in_chinese() -> None:
    use_language("zh")
    assert [read_period(text, ENV).label() for text in ("this_month", "2026-05")] == ["本月", "2026年5月"]


@pytest.mark.parametrize(
    "text",
    ["", "this_mnth", "1 = 1", "2026-02-30/2026-03-01", "2026-03-02/2026-03-01", "0000", "9999", "2026-13", "today()",
     "'x'", "amount", "last(0)", "last(999999)", "this_month() and true", "2026-Q5", "(" * 200],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_period(text, ENV)


@given(st.dates(date(1600, 1, 1), date(9000, 1, 1)), st.sampled_from(UNITS))
def test_a_day_lies_in_its_bucket_and_in_no_other(day: date, unit: str) -> None:
    first, end = span_of(bucket_of(day, unit), unit)
    assert first <= day < end
    assert bucket_of(first, unit) == bucket_of(day, unit)
    assert bucket_of(end, unit) != bucket_of(day, unit)
    assert label_of(bucket_of(day, unit), unit)


@given(st.dates(date(2020, 1, 1), date(2024, 1, 1)), st.integers(0, 400), st.sampled_from(UNITS))
def test_buckets_follow_one_another_without_gaps(first: date, days: int, unit: str) -> None:
    last = date.fromordinal(first.toordinal() + days)
    spans = [span_of(key, unit) for key in buckets_between(first, last, unit)]
    assert spans[0][0] <= first
    assert spans[-1][0] <= last < spans[-1][1]
    assert all(one[1] == other[0] for one, other in zip(spans, spans[1:], strict=False))


@given(st.dates(date(1700, 1, 1), date(8000, 1, 1)), st.integers(1, 2000))
def test_the_period_before_ends_where_this_one_begins(first: date, days: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + days))
    assert period.before().end == period.first
    assert period.months or (period.before().end - period.before().first).days == days
