"""A calendar: records on their days in the reader's zone, one question for what is shown, rights as in lists."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from crm import documents
from offices import open_office
from visits import Visitor

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


@pytest.mark.parametrize(
    ("shown", "first", "last", "weeks"),
    [
        (Span("month", TODAY), date(2026, 4, 27), date(2026, 5, 31), 5),
        (Span("month", date(2026, 2, 1)), date(2026, 1, 26), date(2026, 3, 1), 5),
        (Span("month", date(2027, 2, 28)), date(2027, 2, 1), date(2027, 2, 28), 4),
        (Span("week", TODAY), date(2026, 5, 11), date(2026, 5, 17), 1),
    ],
)
def test_a_page_shows_whole_weeks(shown, first, last, weeks):
    assert (shown.first, shown.last, len(shown.weeks)) == (first, last, weeks)


def test_steps_lead_to_the_month_or_week_beside():
    month = span("month", "2026-01-31", TODAY)
    assert month.after().about == date(2026, 2, 1)
    assert month.before().about == date(2025, 12, 31)
    assert span("week", None, TODAY).after().about == date(2026, 5, 20)


@pytest.mark.parametrize("said", ["yesterday", "0000-00-00", "9999-12-31", "", None])
def test_what_is_no_day_is_today(said):
    assert span("nonsense", said, TODAY) == Span("month", TODAY)


@pytest.fixture(scope="module")
def office(module_database_url, tmp_path_factory):
    design = documents() | {"view/deal.calendar": VIEW, "entity/event": EVENT, "view/event.calendar": EVENTS}
    with open_office(module_database_url, tmp_path_factory.mktemp("office"), design) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "rep")
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
