"""Change sets and differences."""

import pytest
from workshops import text, with_field

from sartor.platform.errors import BadRequest, NotFound
from sartor.platform.publishing.diff import ABSENT, differences


def test_edits_are_kept_until_they_are_published(workshop):
    sets = workshop.publisher.sets
    sets.put_all(with_field(workshop, "nick", text()), by=7, name="spring")
    found = sets.get("spring")
    assert (found.base, list(found.edits), found.edits["entity/account"].by) == (1, ["entity/account"], 7)
    assert "nick" in sets.documents("spring")["entity/account"]["fields"]
    assert "nick" not in workshop.design.documents["entity/account"]["fields"]
    assert sets.names() == ["spring"]


def test_physical_names_are_not_taken_from_outside(workshop):
    document = workshop.document("entity/account")
    document["stored_as"] = "sys_session"
    document["fields"]["nick"] = text(stored_as="password")
    workshop.publish({"entity/account": document})
    assert workshop.design.model.entity("account").table == "account"
    assert workshop.design.model.field("account", "nick").stored_as == "nick"


def test_edits_can_be_discarded_one_by_one_or_together(workshop):
    sets = workshop.publisher.sets
    sets.put_all({**with_field(workshop, "a", text()), **with_field(workshop, "b", text(), entity="contact")})
    sets.discard(["entity/contact"])
    assert list(sets.get().edits) == ["entity/account"]
    sets.discard()
    assert sets.names() == []


def test_what_is_taken_back_to_what_is_published_is_no_edit(workshop):
    sets, before = workshop.publisher.sets, workshop.document("entity/account")
    made = {"entity/depot": {"label": "Depot", "title": "name", "fields": {"name": text()}}}
    sets.put_all({**with_field(workshop, "nick", text()), **made})
    sets.put_all({"entity/account": before, "entity/depot": None})
    assert sets.names() == []


def test_a_definition_that_is_not_there_cannot_be_deleted(workshop):
    with pytest.raises(NotFound, match="view/deal.board"):
        workshop.publisher.sets.delete("view/deal.bord")


def test_a_name_without_a_kind_is_refused(workshop):
    with pytest.raises(BadRequest, match="KIND/NAME"):
        workshop.publisher.sets.put("deal", {})


def test_a_deleted_view_is_gone_after_the_publish(workshop):
    app = {
        **workshop.document("app/crm"),
        "home": "view/deal.all",
        "items": {"deals": {"target": "view/deal.all", "order": 1}},
    }
    workshop.publisher.sets.delete("view/deal.board")
    workshop.publish({"app/crm": app})
    assert "deal.board" not in workshop.design.model.views


def test_two_revisions_are_compared_property_by_property(workshop):
    document = workshop.document("entity/account")
    document["fields"]["nick"] = text()
    document["fields"]["name"]["label"] = "Company"
    workshop.publish({"entity/account": document})
    found = [(each.pointer, each.before, each.after) for each in workshop.publisher.diff(1, 2)]
    assert found == [("/fields/name/label", "Name", "Company"), ("/fields/nick", ABSENT, text())]


def test_a_document_that_came_or_went_is_one_difference():
    found = differences({"a/x": {"p": 1}}, {"a/y": {"p": 1}})
    assert [(each.key, each.pointer) for each in found] == [("a/x", ""), ("a/y", "")]


def test_null_and_absent_are_told_apart():
    found = differences({"a/x": {"p": None}}, {"a/x": {}})
    assert [(each.before, each.after) for each in found] == [(None, ABSENT)]


def test_a_change_set_that_is_opened_again_after_its_publication_is_called_as_before(workshop):
    sets = workshop.publisher.sets
    sets.call("two_tabs", "Two tabs")
    workshop.publish(with_field(workshop, "nick", text()), "two_tabs")
    assert sets.titles() == {}
    sets.put_all(with_field(workshop, "other", text()), name="two_tabs")
    assert (sets.titles(), sets.get("two_tabs").base) == ({"two_tabs": "Two tabs"}, 2)
