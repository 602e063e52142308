"""Texts with expressions in them, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.merging import alternatives, merged_in, pieces, replaced


def test_a_text_is_taken_apart_at_its_braces():
    found = pieces("Dear {{ name }}, {{amount}}!")
    assert [(each.text, each.merged) for each in found] == [
        ("Dear ", False), (" name ", True), (", ", False), ("amount", True), ("!", False),
    ]  # fmt: skip


def test_braces_in_a_quoted_text_do_not_close():
    assert merged_in("{{ name ?? '}}' }}{{ \"{{\" }}") == ["name", "'}}'", "'{{'"]


@pytest.mark.parametrize("text", ["Dear {{ name", "{{ name }", "{{ 'name }}"])
def test_braces_left_open_are_refused_with_their_place(text):
    with pytest.raises(InvalidExpression) as refused:
        pieces(text)
    assert refused.value.position == text.index("{{")


def test_each_part_of_a_chain_is_an_expression_by_itself():
    assert alternatives("due_on ?? account.name ?? 'soon'") == ["due_on", "account.name", "'soon'"]
    assert alternatives("upper(a ?? b)") == ["upper(a ?? b)"]


@given(st.text())
def test_what_holds_no_braces_is_left_as_it_is(text):
    plain = text.replace("{{", "")
    assert "".join(each.text for each in pieces(plain)) == plain
    assert replaced(plain, str.upper) == plain
