"""The lists of entities and forms: what each consists of, and what is new or edited in the change set."""

from __future__ import annotations

import pytest

from sartor.platform.publishing.retired.bringing_entities import BringingEntities

SET = "listing"
ENTITY = {
    "label": {"en": "Visit", "zh": "拜访"},
    "title": "name",
    "fields": {"name": {"type": "text", "label": "Name"}},
}


@pytest.fixture
def edits(office):
    sets = office.workspace.publisher.sets
    deal = {**sets.document("entity/deal"), "description": "About a sale"}
    sets.put_all({"entity/visit": ENTITY, "entity/deal": deal}, name=SET)
    yield
    sets.discard(name=SET)


def test_new_and_edited_entities_are_marked_in_their_change_set_only(boss, edits):
    page = boss.get(f"/build/{SET}/entities").text
    assert (page.count("New</span>"), page.count("Edited</span>")) == (1, 1)
    assert "Visit" in page
    assert "Visit" not in boss.get("/build/main/entities").text


def test_records_are_counted_for_what_is_published(boss, office, edits):
    office.make("account", {"name": "Acme"})
    counted = boss.get(f"/build/{SET}/entities/-/records").get_json()
    assert counted["account"] == "1"
    assert "visit" not in counted


def test_a_designer_gets_the_published_definition_without_what_the_engine_keeps(boss, edits):
    page = boss.get(f"/build/{SET}/entities/deal").text
    assert "About a sale" not in page
    assert "stored_as" not in page
    assert 'data-published="null"' in boss.get(f"/build/{SET}/entities/visit").text


def test_what_is_not_there_is_told(boss):
    assert boss.get(f"/build/{SET}/entities/nothing").status_code == 404
    assert boss.get(f"/build/{SET}/forms/nothing").status_code == 404


def test_a_form_is_listed_with_its_entity_and_purpose(boss):
    page = boss.get("/build/main/forms", language="zh").text
    assert "主表单" in page
    assert "deal.main" in page
    assert "deal_line" in boss.get("/build/main/forms/deal.main").text


def test_records_of_retired_entities_are_counted_later_and_for_who_may_know(boss, office, monkeypatch):
    office.hire("dan", "drafting")
    office.publish({"entity/visit": ENTITY})
    office.make("visit", {"name": "V"})
    office.publish({"entity/visit": None})
    counted = boss.get("/build/main/entities/-/records").get_json()
    (key,) = [name for name, text in counted.items() if text == "1 record"]
    monkeypatch.setattr(BringingEntities, "records", lambda _self: pytest.fail("counted"))
    assert f'data-records="{key}"' in boss.get("/build/main/entities").text
    dan = type(boss)(office, "dan")
    page = dan.get("/build/main/entities").text
    assert ("retired on" in page, key in page) == (True, False)
    assert key not in dan.get("/build/main/entities/-/records").get_json()
