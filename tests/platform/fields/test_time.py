"""Days and moments: what is read in which zone, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import marshmallow as ma
import pytest
from example_fields import prepared
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.fields.base import Reading
from sartor.platform.fields.clock import instant_from_text, use_zone

SHANGHAI = Reading(zone="Asia/Shanghai")
BERLIN = Reading(zone="Europe/Berlin")


@pytest.mark.parametrize(
    "value", ["20260501", "2026-5-1", "2026-02-30", "2026-W18-5", "2026-05-01T00:00", 20260501, True]
)
def test_a_day_in_json_is_written_one_way(parse, value):
    with pytest.raises(ma.ValidationError, match="not a day"):
        parse("date", value)


@pytest.mark.parametrize("value", ["2026-05-01", "2026-05-01T08:00:00", "2026-05-01T25:00:00Z", 1777622400, "now"])
def test_a_moment_in_json_has_its_offset(parse, value):
    with pytest.raises(ma.ValidationError):
        parse("datetime", value)


def test_a_moment_is_turned_into_utc_and_kept_to_the_millisecond(parse):
    assert parse("datetime", "2026-05-01T08:00:00.123456+08:00") == datetime(2026, 5, 1, 0, 0, 0, 123000, UTC)


@pytest.mark.parametrize(
    "text", ["2026-05-01", "2026/5/1", "2026.05.01", "2026年5月1日", "２０２６-05-01", "2026-05-01 00:00:00"]
)
def test_days_that_begin_with_the_year_need_no_format(read, text):
    assert read("date", text) == date(2026, 5, 1)


def test_other_days_need_the_format_of_the_file(read):
    assert read("date", "1.5.2026", Reading(date_format="%d.%m.%Y")) == date(2026, 5, 1)
    with pytest.raises(ValueError, match="not a day"):
        read("date", "1.5.2026")


def test_a_time_of_day_is_not_dropped_from_a_day(read):
    with pytest.raises(ValueError, match="holds a time of day"):
        read("date", datetime(2026, 5, 1, 13, 0))


def test_a_local_time_is_one_of_the_zone_of_the_reader(read):
    assert read("datetime", "2026-05-01 08:00", SHANGHAI) == datetime(2026, 5, 1, tzinfo=UTC)
    assert read("datetime", "2026-05-01T08:00", SHANGHAI) == datetime(2026, 5, 1, tzinfo=UTC)
    assert read("datetime", datetime(2026, 5, 1, 8), SHANGHAI) == datetime(2026, 5, 1, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_moves_on_an_hour():
    moment = instant_from_text("2026-03-29 02:30", BERLIN)
    assert moment is not None
    assert moment.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") == "03:30"


def test_of_a_time_that_comes_twice_the_first_counts():
    assert instant_from_text("2026-10-25 02:30", BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0999-12-31", "9999-01-01", "9999-12-31 23:59", "0001-01-01T00:00:00+14:00"])
def test_years_that_cannot_be_stored_are_refused(read, text):
    with pytest.raises(ValueError, match="1000|not a day|not a moment"):
        read("datetime", text, BERLIN)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_moment_survives_its_form_unless_the_clocks_were_turned(moment):
    field = prepared("datetime", {})
    kept = field.type.store(field, moment)[0]
    text = field.type.write_form(field, kept, SHANGHAI)
    found = field.type.read_text(field, text, SHANGHAI)
    assert field.type.schema_field(field).deserialize(found) == kept or kept.year < 1992


def test_a_moment_is_shown_in_the_zone_that_was_chosen():
    field = prepared("datetime", {})
    use_zone("Asia/Shanghai")
    try:
        assert field.type.show(field, datetime(2026, 5, 1, 8, tzinfo=UTC), "zh") == "2026年5月1日 16:00"
        assert field.type.show(field, datetime(2026, 5, 1, 8, tzinfo=UTC), "en") == "1 May 2026 16:00"
    finally:
        use_zone("UTC")


def test_an_unknown_zone_is_refused_where_it_is_chosen():
    with pytest.raises(KeyError, match="Mars"):
        use_zone("Mars/Olympus")
