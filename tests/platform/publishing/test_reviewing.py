"""A change set looked at: each change can be taken out, and what is published is what was looked at."""

import pytest
from workshops import text, with_field

from sartor.platform.errors import Conflict, InvalidDefinition, Outdated
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.names.rewriting import Rename


@pytest.fixture
def reviews(workshop):
    return Reviews(workshop.publisher.sets)


def the(reviews, part):
    return next(each for each in reviews.told() if part in each.sentence)


def test_a_property_taken_out_is_what_it_was_and_the_rest_stays(workshop, reviews):
    document = workshop.document("entity/account")
    document["fields"]["name"]["label"] = "Company"
    document["fields"]["tags"]["help"] = "Words"
    workshop.edit({"entity/account": document})
    reviews.take_out(the(reviews, "Company").id, by=9)
    fields = workshop.publisher.sets.document("entity/account")["fields"]
    assert (fields["name"]["label"], fields["tags"]["help"]) == ("Name", "Words")
    assert workshop.publisher.sets.get().edits["entity/account"].by == 9


def test_moves_are_taken_out_together(workshop, reviews):
    view = workshop.document("view/deal.all")
    view["columns"]["amount"]["order"], view["columns"]["name"]["order"] = 0, 9
    workshop.edit({"view/deal.all": view})
    reviews.take_out(the(reviews, "moved").id)
    assert workshop.publisher.sets.names() == []


def test_the_first_entries_of_a_map_are_taken_out_one_by_one_and_leave_no_map(workshop, reviews):
    view = workshop.document("view/deal.all")
    view["colours"] = {each: {"label": each, "when": "amount > 5", "colour": "red"} for each in ("late", "early")}
    workshop.edit({"view/deal.all": view})
    reviews.take_out(the(reviews, "late").id)
    assert list(workshop.publisher.sets.document("view/deal.all")["colours"]) == ["early"]
    reviews.take_out(the(reviews, "early").id)
    assert workshop.publisher.sets.names() == []


def test_a_rename_taken_out_leaves_no_trace(workshop, reviews):
    workshop.publisher.sets.rename(Rename("entity/deal", "worth", "amount"))
    reviews.take_out(the(reviews, "name worth").id)
    assert workshop.publisher.sets.names() == []
    workshop.publisher.sets.rename(Rename("entity/product", "good"))
    reviews.take_out(the(reviews, "name good").id)
    assert workshop.publisher.sets.names() == []


def test_a_rename_taken_out_keeps_what_else_was_changed(workshop, reviews):
    sets = workshop.publisher.sets
    sets.rename(Rename("entity/deal", "worth", "amount"))
    deal = dict(sets.document("entity/deal"))
    sets.put(
        "entity/deal", {**deal, "fields": {**deal["fields"], "worth": {**deal["fields"]["worth"], "label": "Sum"}}}
    )
    reviews.take_out(the(reviews, "name worth").id)
    assert [each.sentence for each in reviews.told()] == ["Field Sum of Deal: label “Sum”, was “Amount”"]


def test_a_new_definition_taken_out_is_gone(workshop, reviews):
    workshop.edit({"view/deal.mine": {**workshop.document("view/deal.all"), "default": False}})
    reviews.take_out(the(reviews, "added").id)
    assert workshop.publisher.sets.names() == []


def test_what_others_stand_on_is_not_taken_out(workshop, reviews):
    view = workshop.document("view/deal.all")
    view["columns"]["nick"] = {"order": 9}
    workshop.edit({**with_field(workshop, "nick", text(), entity="deal"), "view/deal.all": view})
    with pytest.raises(InvalidDefinition, match="stand on it"):
        reviews.take_out(the(reviews, "Field New").id)
    assert len(reviews.told()) == 2


def test_what_stands_on_a_change_is_named_and_goes_with_it(workshop, reviews):
    view = workshop.document("view/deal.all")
    view["columns"]["nick"] = {"order": 9}
    view["label"] = "All of them"
    workshop.edit({**with_field(workshop, "nick", text(), entity="deal"), "view/deal.all": view})
    change = the(reviews, "Field New").id
    (other,) = reviews.standing_on(change)
    assert other.sentence.startswith("Column New added to list")
    reviews.take_out(change, also=[other.id])
    (left,) = reviews.told()
    assert "All of them" in left.sentence


def test_nothing_stands_on_a_change_that_goes_alone(workshop, reviews):
    workshop.edit({**with_field(workshop, "nick", text(), entity="deal")})
    assert reviews.standing_on(the(reviews, "Field New").id) == []


def test_a_change_that_has_changed_since_is_another_one(workshop, reviews):
    workshop.edit(with_field(workshop, "nick", text("One")))
    seen = the(reviews, "added").id
    workshop.edit(with_field(workshop, "nick", text("Two")))
    with pytest.raises(Conflict, match="any more"):
        reviews.take_out(seen)


def test_only_what_was_looked_at_is_published(workshop):
    sets = workshop.publisher.sets
    workshop.edit(with_field(workshop, "nick", text("One")))
    seen = sets.get().mark
    workshop.edit(with_field(workshop, "nick", text("Two")))
    with pytest.raises(Outdated, match="looked at"):
        workshop.publisher.publish(Publication(seen=seen))
    assert workshop.publisher.publish(Publication(seen=sets.get().mark)) == 2


def test_a_change_set_that_has_a_title_stays_without_edits(workshop):
    sets = workshop.publisher.sets
    sets.call("spring", "Spring", by=7)
    workshop.edit(with_field(workshop, "nick", text()), "spring")
    sets.discard(["entity/account"], name="spring")
    assert [(each.name, each.title, each.edits) for each in sets.heads()] == [("spring", "Spring", 0)]
    sets.discard(name="spring")
    assert sets.heads() == []


def test_it_is_known_in_which_revision_a_definition_became_what_it_is(workshop):
    workshop.publish(with_field(workshop, "nick", text()))
    workshop.publish(with_field(workshop, "other", text(), entity="contact"))
    assert workshop.publisher.published_by("entity/account").number == 2
    assert workshop.publisher.published_by("entity/product").number == 1


def test_samples_of_values_are_no_part_of_what_was_published(workshop):
    workshop.make("account", name="A", tax_id="no number")
    workshop.publish(with_field(workshop, "tax_id", {"type": "integer", "label": "Tax id", "order": 20}))
    assert "no number" not in str(workshop.publisher.revision(2).summary)
