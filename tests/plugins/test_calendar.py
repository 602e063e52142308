"""A calendar: records on their days in the reader's zone, one question for what is shown, rights as in lists."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from crm import documents
from hypothesis import given
from hypothesis import strategies as st
from offices import open_office
from visits import Visitor

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.fields.date import Date
from sartor.plugins.calendar.clock import clock
from sartor.plugins.calendar.days import Span, span

TODAY = date(2026, 5, 13)
VIEW = {"label": "Calendar", "entity": "deal", "type": "calendar", "order": 40, "columns": {"name": {"order": 1}},
        "options": {"start": "close_on", "colour": "stage"}}  # fmt: skip
EVENT = {
    "label": "Event", "title": "name", "fields": {
        "name": {"type": "text", "label": "Name", "order": 1},
        "begins": {"type": "datetime", "label": "Begins", "order": 2},
        "ends": {"type": "datetime", "label": "Ends", "order": 3},
    },
}  # fmt: skip
EVENTS = {"label": "Events", "entity": "event", "type": "calendar", "order": 1, "columns": {"name": {"order": 1}},
          "options": {"end": "ends"}}  # fmt: skip
READ = {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}
GUEST = {"label": "Guest", "grants": {"event": {**READ, "condition": "name != 'Camp'"}, "deal": READ}}


@pytest.mark.parametrize(
    ("shown", "first", "last", "weeks"),
    [
        (Span("month", TODAY), date(2026, 4, 27), date(2026, 5, 31), 5),
        (Span("month", date(2026, 2, 1)), date(2026, 1, 26), date(2026, 3, 1), 5),
        (Span("month", date(2027, 2, 28)), date(2027, 2, 1), date(2027, 2, 28), 4),
        (Span("week", TODAY), date(2026, 5, 11), date(2026, 5, 17), 1),
        (Span("day", TODAY), TODAY, TODAY, 1),
    ],
)
def test_a_page_shows_whole_weeks(shown, first, last, weeks):
    assert (shown.first, shown.last, len(shown.weeks)) == (first, last, weeks)


def test_steps_lead_to_the_month_or_week_beside():
    month = span("month", "2026-01-31", TODAY)
    assert month.after().about == date(2026, 2, 1)
    assert month.before().about == date(2025, 12, 31)
    assert span("week", None, TODAY).after().about == date(2026, 5, 20)
    assert span("day", "2026-03-01", TODAY).before().about == date(2026, 2, 28)


@pytest.mark.parametrize("said", ["yesterday", "0000-00-00", "9999-12-31", "", None])
def test_what_is_no_day_is_today(said):
    assert span("nonsense", said, TODAY) == Span("month", TODAY)


ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca")


@pytest.mark.hypothesis
@given(st.sampled_from(ZONES), st.datetimes(datetime(1935, 1, 1), datetime(2037, 1, 1)), st.integers(0, 60))
def test_what_clocks_show_is_the_moment_that_the_zone_says(zone, wall, before):
    """An hour that is skipped goes forward; of one that comes twice the first is meant."""
    there = ZoneInfo(zone)
    hours = clock(there, wall.date() - timedelta(days=before), wall.date() + timedelta(days=3))
    offset = [each for begins, each in hours if begins <= wall.isoformat()][-1]
    moment = (wall - timedelta(seconds=offset)).replace(tzinfo=UTC)
    assert moment == wall.replace(tzinfo=there).astimezone(UTC)
    shown = moment.astimezone(there).replace(tzinfo=None)
    assert shown == wall or shown > wall


def test_the_night_of_a_change_has_two_offsets():
    night = date(2026, 10, 4)
    assert clock(ZoneInfo("Australia/Lord_Howe"), night, night) == [
        ("2026-10-04T00:00:00", 37800.0),
        ("2026-10-04T02:30:00", 39600.0),
    ]


@pytest.fixture(scope="module")
def office(module_database_url, tmp_path_factory):
    events = {"entity/event": EVENT, "view/event.calendar": EVENTS}
    design = documents() | events | {"role/guest": GUEST, "view/deal.calendar": VIEW}
    with open_office(module_database_url, tmp_path_factory.mktemp("office"), design) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "rep")
        office.hire("guest", "guest")
        account = office.make("account", {"name": "Contoso"})
        for name, day in (("Towers", "2026-05-13"), ("Bridge", "2026-06-01"), ("Undated", None)):
            office.make("deal", {"name": name, "account": account, "close_on": day})
        office.make("event", {"name": "Fair", "begins": "2026-04-29T16:30:00Z", "ends": "2026-05-02T08:00:00Z"})
        office.make("event", {"name": "Over", "begins": "2026-04-01T08:00:00Z", "ends": "2026-04-02T08:00:00Z"})
        yield office


def days(seen, title):
    """The days on which a record stands."""
    parts = seen.markup.split('data-day="')[1:]
    return [part[:10] for part in parts if f">{title}</a>" in part]


def test_a_record_stands_on_its_day(office):
    seen = Visitor(office, "boss").get("/app/crm/deal/calendar?day=2026-05-01")
    assert days(seen, "Towers") == ["2026-05-13"]
    assert days(seen, "Bridge") == []
    assert "Undated" not in seen.text


def test_what_lasts_stands_on_each_of_its_days_in_the_zone_of_the_reader(office):
    seen = Visitor(office, "boss").get("/app/crm/event/calendar?day=2026-05-01")
    assert days(seen, "Fair") == ["2026-04-30", "2026-05-01", "2026-05-02"]
    assert "00:30" in seen.text
    assert "Over" not in seen.text


def test_links_keep_the_filter_and_a_filter_keeps_the_month(office):
    seen = Visitor(office, "boss").get("/app/crm/deal/calendar?day=2026-05-01&filter=name = 'Towers'")
    assert any("day=2026-06-01" in each and "filter=" in each for each in seen.links())
    assert any("day=2026-05-01" in each and "filter=&" in f"{each}&" for each in seen.links())


def test_others_records_are_not_on_it(office):
    assert "Towers" not in Visitor(office, "ann").get("/app/crm/deal/calendar?day=2026-05-01").text


def test_publishing_made_an_index_for_each_question(office):
    with office.workspace.database.read() as connection:
        found = {each["column_names"][0] for each in sa.inspect(connection).get_indexes("event")}
    assert {"begins", "ends"} <= found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"start": "name"}, "name is neither a date"),
        ({"start": "gone"}, "no field gone"),
        ({"start": "close_on", "end": "closed_at"}, "Both must be dates"),
    ],
)
def test_options_that_cannot_work_are_refused(office, options, said):
    design = {**office.workspace.serving().design.documents, "view/deal.calendar": {**VIEW, "options": options}}
    assert said in str([each.message for each in office.workspace.compiler.check(design)])


def test_an_entity_without_a_date_has_no_calendar(office):
    bare = {"label": "Bare", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 1}}}
    view = {**VIEW, "entity": "bare", "options": {}}
    design = {**office.workspace.serving().design.documents, "entity/bare": bare, "view/bare.days": view}
    assert "needs a date" in str([each.message for each in office.workspace.compiler.check(design)])


FULL = 205


@pytest.fixture(scope="module")
def full(office):
    """A month with more than one page of records: a day with nearly all of them, and some that last over days."""
    made = [{"name": f"Talk {n:03}", "begins": f"2027-03-10T0{n % 9}:00:00Z"} for n in range(FULL)]
    made += [{"name": f"Late {n}", "begins": "2027-03-24T01:00:00Z"} for n in range(5)]
    made += [{"name": "Camp", "begins": "2027-03-09T01:00:00Z", "ends": "2027-03-11T01:00:00Z"}]
    for each in made:
        office.make("event", each)
    return "/app/crm/event/calendar?day=2027-03-10"


def more(seen, iso):
    """What the link below a day says, and where it leads."""
    day = next(part for part in seen.markup.split('data-day="')[1:] if part.startswith(iso))
    found = re.search(r'href="([^"]+)" aria-label="[^"]*">([^<]+ more)<', day)
    return (found[2], html.unescape(found[1])) if found else None


def test_a_day_tells_how_many_more_there_are_and_shows_the_rest(office, full):
    seen = Visitor(office, "boss").get(full)
    told, where = more(seen, "2027-03-10")
    assert (told, days(seen, "Camp")) == ("202 more", ["2027-03-09", "2027-03-10", "2027-03-11"])
    assert days(seen, "Late 4") == ["2027-03-24"]
    assert more(seen, "2027-03-24") is None
    day = Visitor(office, "boss").get(where)
    assert days(day, "Talk 100") == ["2027-03-10"]
    told, rows = more(day, "2027-03-10")
    assert told == "5 more"
    listed = " ".join(Visitor(office, "boss").get(rows).text.split())
    assert "Event where Begins is 10 Mar 2027" in listed
    assert "All 205" in listed


def test_what_the_filter_or_the_rights_leave_out_is_not_counted(office, full):
    assert more(Visitor(office, "boss").get(f"{full}&filter=name != 'Camp'"), "2027-03-10")[0] == "201 more"
    seen = Visitor(office, "guest").get(full)
    assert (more(seen, "2027-03-10")[0], days(seen, "Camp")) == ("201 more", [])


class Term(Date):
    """A type that no calendar has heard of."""

    key = "term"


def test_a_date_of_a_type_from_elsewhere_fits_by_what_its_column_holds():
    extensions = Extensions.installed()
    extensions.fields.register(Term)
    schema = Kinds(extensions.seal()).schema("view")
    options = next(part["properties"]["options"] for key, part in schema["allOf"].parts.items() if key == "calendar")
    fits = options["properties"]["start"]["x-fits"]
    assert {"date", "datetime", "term", "rollup"} <= {*fits}
    assert "text" not in fits
    assert options["properties"]["colour"]["x-fits"] == ["choice", "stage"]
