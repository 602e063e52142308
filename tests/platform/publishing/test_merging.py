"""Two people and one document: what goes together, what clashes, and what merging again gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.publishing.change_sets.merging import Clash, merge, put_at, taken_from
from sartor.platform.publishing.diff import ABSENT


def test_changes_of_different_properties_go_together():
    made = merge({"a": 1, "b": {"x": 1, "y": 1}}, {"a": 2, "b": {"x": 1, "y": 1}}, {"a": 1, "b": {"x": 1, "z": 1}})
    assert (made.document, made.clashes) == ({"a": 2, "b": {"x": 1, "z": 1}}, [])


def test_the_same_change_by_both_is_no_clash():
    assert merge({"a": 1}, {"a": 2, "b": 3}, {"a": 2, "b": 3}).clashes == []


def test_two_values_for_one_property_clash_and_mine_stands_until_it_is_decided():
    made = merge({"a": {"b": 1}, "c": 0}, {"a": {"b": 2}, "c": 0}, {"a": {"b": 3}, "c": 9})
    assert made.clashes == [Clash(("/a/b",), 1, 2, 3)]
    assert (made.document, made.base) == ({"a": {"b": 2}, "c": 9}, {"a": {"b": 1}, "c": 9})


def test_taking_out_what_the_other_one_changed_clashes():
    made = merge({"f": {"x": 1}}, {}, {"f": {"x": 2}})
    assert made.clashes == [Clash(("/f",), {"x": 1}, ABSENT, {"x": 2})]


def test_a_whole_document_taken_out_while_the_other_one_changed_it_clashes():
    assert merge({"x": 1}, ABSENT, {"x": 2}).clashes == [Clash(("",), {"x": 1}, ABSENT, {"x": 2})]
    assert merge({"x": 1}, ABSENT, {"x": 1}).document is ABSENT


def test_two_new_documents_of_one_name_go_together_as_far_as_they_agree():
    made = merge(ABSENT, {"label": "A", "x": 1}, {"label": "B", "y": 1})
    assert made.document == {"label": "A", "x": 1, "y": 1}
    assert [each.places for each in made.clashes] == [("/label",)]


def test_another_type_and_other_options_are_decided_as_a_pair():
    was = {"type": "text", "options": {"max_length": 10}, "label": "L"}
    made = merge({"f": was}, {"f": {"type": "money", "label": "L"}}, {"f": {**was, "options": {"max_length": 20}}})
    assert [each.places for each in made.clashes] == [("/f/type", "/f/options")]
    assert made.document == {"f": {"type": "money", "label": "L"}}


@pytest.mark.parametrize("place", ["", "/a", "/a/b~1c", "/new/part"])
def test_a_value_that_is_put_somewhere_is_found_there(place):
    assert taken_from(put_at({"a": {"b/c": 1}}, place, {"v": 1}), place) == {"v": 1}


LEAVES = st.integers(0, 2) | st.booleans() | st.lists(st.integers(0, 1), max_size=2)
DOCUMENTS = st.recursive(LEAVES, lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=8)
MAPS = st.dictionaries(st.sampled_from("abc"), DOCUMENTS, max_size=3)


@given(MAPS, MAPS, MAPS)
def test_merging_again_gives_the_same_clashes_and_nothing_else(base, mine, theirs):
    once = merge(base, mine, theirs)
    again = merge(once.base, once.document, theirs)
    assert again.document == once.document
    assert [each.places for each in again.clashes] == [each.places for each in once.clashes]


@given(MAPS, MAPS, MAPS)
def test_nothing_that_i_changed_is_lost_and_without_clashes_neither_is_theirs(base, mine, theirs):
    made = merge(base, mine, theirs)
    for name in base.keys() | mine.keys():
        if not isinstance(mine.get(name), dict) and mine.get(name) != base.get(name) and name in mine:
            assert made.document[name] == mine[name]
    if mine == base:
        assert made.document == theirs
    if theirs == base:
        assert made.document == mine
