"""Lists of other records that palettes offer, and the columns that such a list begins with."""

from __future__ import annotations

from sartor.builder.palettes.related_lists import related_lists


def columns(office, entity: str, other: str) -> list[str]:
    model = office.workspace.serving().model
    return next(each["columns"] for each in related_lists(model, entity) if each["entity"] == other)


def test_lines_begin_with_what_was_designed_of_them(office):
    found = columns(office, "deal", "deal_line")
    assert set(found) >= {"product", "product_name", "quantity", "amount"}
    assert not {"id", "version", "created_at", "deal", "owner", "department"} & set(found)


def test_a_list_begins_with_its_title_and_fields_of_one_value(office):
    found = columns(office, "account", "deal")
    assert found[0] == "name"
    assert len(found) == 4
    assert not {"id", "version", "created_at", "account", "lines", "contacts"} & set(found)


def test_a_lookup_that_is_not_published_yet_is_offered_on_the_form_of_what_it_points_to(office, boss):
    entity = {
        "label": "Rental",
        "title": "name",
        "fields": {
            "name": {"type": "text", "label": "Name"},
            "deal": {"type": "lookup", "label": "Deal", "options": {"entity": "deal"}},
        },
    }
    office.workspace.publisher.sets.put("entity/rental", entity, name="renting")
    try:
        assert "rental" in boss.get("/build/renting/forms/deal.main").text
    finally:
        office.workspace.publisher.sets.discard(name="renting")
