"""Reading what forms send."""

from __future__ import annotations

import pytest

from sartor.platform.errors import BadRequest
from sartor.platform.ui.formdata import read_form


def test_parts_of_a_field_come_together():
    pairs = [("amount.amount", "1"), ("amount.currency", "CNY"), ("name", "x")]
    assert read_form(pairs) == {"amount": {"amount": "1", "currency": "CNY"}, "name": "x"}


def test_a_field_with_many_values_may_be_empty():
    assert read_form([("tags[]", "")]) == {"tags": []}
    assert read_form([("tags[]", ""), ("tags[]", "a"), ("tags[]", "b")]) == {"tags": ["a", "b"]}


def test_lines_keep_the_order_of_the_form():
    pairs = [("items[]", ""), ("items[7].name", "b"), ("items[2].name", "a"), ("items[7].price.amount", "3")]
    assert read_form(pairs) == {"items": [{"name": "b", "price": {"amount": "3"}}, {"name": "a"}]}


def test_a_line_may_hold_many_values():
    assert read_form([("items[0].tags[]", "x"), ("items[0].tags[]", "y")]) == {"items": [{"tags": ["x", "y"]}]}


def test_the_last_value_of_a_checkbox_counts():
    assert read_form([("hot", "false"), ("hot", "true")]) == {"hot": "true"}


def test_numbered_values_are_a_mapping():
    assert read_form([("map[0]", "name"), ("map[3]", "")]) == {"map": {"0": "name", "3": ""}}


def test_the_forms_own_fields_are_left_out():
    assert read_form([("_csrf", "t"), ("_version", "3"), ("name", "x")]) == {"name": "x"}


@pytest.mark.parametrize("name", ["", "a b", "a[", "a.[0]", "A", "a..b", "a[0][1]", "é"])
def test_a_name_that_no_widget_sends_is_refused(name):
    with pytest.raises(BadRequest, match="form field"):
        read_form([(name, "x")])


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "1"), ("a.b", "2")],
        [("a", "1"), ("a[]", "2")],
        [("a", "1"), ("a[0].b", "2")],
    ],
)
def test_a_field_sent_in_two_forms_is_refused(pairs):
    with pytest.raises(BadRequest, match="“a” is sent both"):
        read_form(pairs)


def test_a_flood_of_values_is_refused():
    with pytest.raises(BadRequest, match="20000"):
        read_form([("a", "")] * 20_001)
