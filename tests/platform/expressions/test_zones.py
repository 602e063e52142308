"""Local days come from the tz database, whatever the server's own zone is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import BadSetting
from sartor.platform.expressions.zones import local, start_of_day

ZONES = ["UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Apia", "Europe/London", "Africa/Casablanca"]
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(moment=moments, zone=st.sampled_from(ZONES))
def test_local_time_is_that_of_the_tz_database(moment: datetime, zone: str) -> None:
    assert local(moment, zone) == moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@given(moment=moments, zone=st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia"]))
def test_a_day_starts_where_the_day_before_ends(moment: datetime, zone: str) -> None:
    day = local(moment, zone).date()
    start = start_of_day(day, zone)
    assert start <= moment
    assert local(start, zone).date() == day
    assert local(start - timedelta(microseconds=1), zone).date() < day


def test_a_day_that_a_zone_skipped_starts_with_the_next() -> None:
    skipped = datetime(2011, 12, 30).date()
    assert start_of_day(skipped, "Pacific/Apia") == start_of_day(skipped + timedelta(days=1), "Pacific/Apia")


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(BadSetting, match="Mars/Base"):
        local(datetime(2026, 1, 1, tzinfo=UTC), "Mars/Base")
