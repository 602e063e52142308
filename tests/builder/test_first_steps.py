"""The first steps: where each leads, and when it counts as done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import partial

import pytest
from offices import Office

from sartor.builder.starting.standing import changes_fields
from sartor.platform.publishing.applying import Publication
from sartor.platform.storage import shipped

START = "/build/main/start"


def step(markup: str, key: str) -> str:
    """The part of the page about one step."""
    found = re.search(rf'<li id="{key}".*?</li>', markup, re.S)
    assert found, key
    return found[0]


@pytest.fixture
def publishing(office: Office) -> Iterator[None]:
    """What is published is rolled back."""
    before = office.workspace.stamp().revision
    yield
    office.workspace.publisher.rollback(before, Publication())


def add_a_field(office: Office) -> None:
    sets = office.workspace.publisher.sets
    deal = deepcopy(dict(sets.document("entity/deal")))
    deal["fields"]["renewal_date"] = {"type": "date", "label": "Renewal date", "order": 900}
    sets.put("entity/deal", deal, by=office.people["boss"])


def test_a_sheet_may_go_into_a_list_that_is_there_too(boss):
    links = re.findall(r'<a class="btn[^"]*" href="([^"]+)"', step(boss.get(START).text, "import"))
    assert links[0].endswith("/apps/from-files")
    assert "/app/crm/deal/r/import" in links
    assert all(boss.get(each).status_code == 200 for each in links)


def test_people_of_the_samples_were_not_invited(office, boss):
    assert 'class="step-done"' in step(boss.get(START).text, "invite")
    for name in office.people.keys() - {"boss"}:
        sample = shipped.Shipped("sales", "user", f"u_{name}", office.people[name])
        office.workspace.database.run(partial(shipped.note, shipped=sample))
    assert 'class="step-open"' in step(boss.get(START).text, "invite")


@pytest.mark.usefixtures("publishing")
def test_a_field_that_was_changed_stays_done_when_it_is_published(office, boss):
    assert 'class="step-open"' in step(boss.get(START).text, "field")
    add_a_field(office)
    assert "edited, not published yet" in step(boss.get(START).text, "field")
    office.workspace.publisher.publish(Publication(by=office.people["boss"]))
    assert 'class="step-done"' in step(boss.get(START).text, "field")


def test_fields_that_a_blueprint_brings_are_nobody_s_own_change():
    before = {"entity/user": {"fields": {}}}
    fields = {"entity/user": {"fields": {"phone": {}}}}
    assert changes_fields(before, fields)
    assert not changes_fields(before, {**fields, "blueprint/base": {}})
