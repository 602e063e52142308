"""Choices, tags and everything that points to records."""

from __future__ import annotations

import marshmallow as ma
import pytest
from example_fields import make_field, make_model, prepared

from sartor.platform.errors import InvalidDefinition
from sartor.platform.fields.base import Reading, Wanted
from sartor.platform.fields.children import Lines
from sartor.platform.fields.pointing import Offered
from sartor.platform.fields.refusal import Refused
from sartor.platform.model import Linked, Reference
from sartor.platform.model.ids import encode_id

ONE, TWO = encode_id(1), encode_id(2)


def refused(key, options):
    """The problem that preparing a field meets."""
    with pytest.raises(InvalidDefinition) as caught:
        prepared(key, options)
    return caught.value.problems[0]


def test_a_choice_is_found_by_key_and_by_its_name_in_any_language(read):
    assert [read("choice", word, set="industry") for word in ("retail", "零售", " RETAIL ", "it")] == [
        "retail", "retail", "retail", "it",
    ]  # fmt: skip


def test_an_unknown_choice_is_refused_with_the_near_key(parse):
    with pytest.raises(ma.ValidationError, match="“retial” is not one of the choices. Did you mean retail") as caught:
        parse("choice", "retial", set="industry")
    assert caught.value.messages[0].near == "retail"


def test_who_writes_words_is_told_the_words_that_are_known(read):
    with pytest.raises(Refused, match="Known: IT, Retail"):
        read("choice", "wool", set="industry")
    with pytest.raises(Refused, match="Did you mean Retail") as caught:
        read("choice", "retial", set="industry")
    assert caught.value.args[0].near == "retail"


def test_a_retired_choice_is_kept_and_not_offered(parse):
    choices = {"old": {"label": "Old", "retired": True}, "new": {"label": "New"}}
    field = prepared("choice", {"choices": choices})
    assert parse("choice", "old", choices=choices) == "old"
    assert [each["value"] for each in field.type.widget_options(field, "en")["options"]] == ["new"]
    assert field.type.show(field, "gone", "en") == "gone"


def test_an_unknown_option_set_is_refused_with_the_near_one():
    problem = refused("choice", {"set": "industri"})
    assert (problem.field, problem.near) == ("/options/set", "industry")


def test_choices_stand_in_the_order_of_the_set_once_each(parse):
    assert parse("choices", ["retail", "it", "retail"], set="industry") == ("it", "retail")


def test_a_label_with_a_comma_is_one_choice(read):
    choices = {"a": {"label": "Wood, metal"}, "b": {"label": "Glass"}}
    assert read("choices", "Wood, metal", choices=choices) == ("a",)
    assert read("choices", "a; Glass", choices=choices) == ("a", "b")


def test_tags_that_differ_in_case_are_one(parse):
    assert parse("tags", ["VIP", " vip ", "", "展会"]) == ("VIP", "展会")
    with pytest.raises(ma.ValidationError, match="at most 40"):
        parse("tags", ["x" * 41])


def test_a_tag_with_a_comma_survives_a_file_for_transfer(read):
    field = prepared("tags", {})
    cell = field.type.write_text(field, ("a, b", "c"), "transfer", "en")
    assert read("tags", cell, Reading(exact=True)) == ("a, b", "c")


def test_a_list_without_end_is_refused(parse):
    with pytest.raises(ma.ValidationError, match="501 values are too many"):
        parse("tags", [str(number) for number in range(501)])


@pytest.mark.parametrize("data", [ONE, ONE.lower(), {"id": ONE}, {"id": ONE, "title": "any"}])
def test_a_lookup_is_sent_as_an_id_or_as_it_was_read(parse, data):
    assert parse("lookup", data, entity="account") == 1


@pytest.mark.parametrize(
    "data", [1, "1", "U" * 13, "Z" * 13, {"id": 1}, {"title": "x"}, {"id": ONE, "name": "x"}, [ONE]]
)
def test_what_is_no_id_is_refused(parse, data):
    with pytest.raises(ma.ValidationError):
        parse("lookup", data, entity="account")


def test_a_required_lookup_refuses_that_its_target_is_deleted():
    field = prepared("lookup", {"entity": "account"}, required=True)
    assert field.type.on_delete(field) == "refuse"
    field = prepared("lookup", {"entity": "account"})
    assert field.type.on_delete(field) == "clear"


def test_the_title_of_a_record_in_the_recycle_bin_says_so():
    field = prepared("lookup", {"entity": "account"})
    value = field.type.load(field, 1, "Acme", True)
    assert value == Linked("account", 1, "Acme", True)
    assert field.type.dump(field, value) == {"id": ONE, "title": "Acme", "deleted": True}
    assert field.type.show(field, value, "en") == "Acme (in the recycle bin)"


def test_a_record_that_may_not_be_seen_has_no_title():
    field = prepared("lookup", {"entity": "account"})
    assert field.type.dump(field, field.type.load(field, 1, None, False)) == {"id": ONE, "title": None}


def test_a_file_names_records_by_title_and_a_form_by_id():
    field = prepared("lookup", {"entity": "account"})
    assert field.type.read_text(field, " GTXPro ", Reading()) == Wanted(("account",), "GTXPro")
    assert field.type.read_form(field, lambda _part: [TWO], Reading()) == TWO
    assert field.type.read_form(field, lambda _part: ["Acme"], Reading()) == Wanted(("account",), "Acme")


def test_the_condition_on_what_is_offered_is_compiled_elsewhere():
    field = prepared("lookup", {"entity": "account", "filter": "name is not blank"})
    assert field.type.conditions(field) == {"filter": ("account", "name is not blank")}
    assert field.type.furnish(field, None, {}) == Offered(None)


def test_an_unknown_entity_is_refused_with_the_near_one():
    problem = refused("lookup", {"entity": "acount"})
    assert (problem.field, problem.near) == ("/options/entity", "account")


def test_links_are_kept_once_each_in_the_order_given(parse):
    assert parse("link", [TWO, {"id": ONE}, TWO], entity="product") == (2, 1)


def test_a_reference_names_the_entity_of_its_record(parse):
    entities = {"account": {"order": 2}, "contact": {"order": 1}}
    assert parse("reference", {"entity": "contact", "id": ONE}, entities=entities) == Reference("contact", 1)
    with pytest.raises(ma.ValidationError, match="cannot point to “product”. Known: contact, account"):
        parse("reference", {"entity": "product", "id": ONE}, entities=entities)


def test_a_reference_in_a_file_may_name_its_entity():
    field = prepared("reference", {"entities": {"account": {}, "contact": {}}})
    assert field.type.read_text(field, "contact: Li Na", Reading()) == Wanted(("contact",), "Li Na")
    assert field.type.read_text(field, "Re: Li Na", Reading()) == Wanted(("account", "contact"), "Re: Li Na")


def test_new_lines_are_a_list_and_changes_are_by_id(parse):
    options = {"entity": "deal_line", "lookup": "deal"}
    assert parse("children", [{"name": "a"}], **options) == Lines(add=({"name": "a"},))
    change = {"add": [], "update": {ONE: {"name": "b"}}, "remove": [TWO]}
    assert parse("children", change, **options) == Lines((), {1: {"name": "b"}}, (2,))


@pytest.mark.parametrize(
    "data",
    ["x", [1], {"new": []}, {"update": []}, {"update": {"x": {}}}, {"remove": [1]}, {"update": {ONE: 1}}]
    + [{"update": {ONE: {}}, "remove": [ONE]}],
)
def test_what_changes_no_lines_is_refused(parse, data):
    with pytest.raises(ma.ValidationError):
        parse("children", data, entity="deal_line", lookup="deal")


def test_lines_need_a_lookup_back():
    problem = refused("children", {"entity": "deal_line", "lookup": "product"})
    assert (problem.field, problem.near) == ("/options/lookup", "deal")


def test_a_model_knows_who_points_to_an_entity():
    field = make_field("reference", {"entities": {"account": {}, "contact": {}}})
    assert field in make_model(field).lookups_to("contact")


def test_a_title_that_is_a_number_is_told_as_a_text():
    """A record may be called by a number, such as an invoice by its own; what points to it says a text all the same."""
    field = prepared("lookup", {"entity": "account"})
    assert field.type.dump_wire(field)(1, 7, False) == {"id": ONE, "title": "7"}
    value = field.type.load(field, 1, 0, False)
    assert (field.type.show(field, value, "en"), field.type.dump(field, value)) == ("0", {"id": ONE, "title": "0"})
