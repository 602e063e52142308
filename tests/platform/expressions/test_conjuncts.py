"""A filter is taken apart into sentences and put together again."""

from __future__ import annotations

import pytest

from sartor.platform.expressions import Condition, Operand, conjuncts, from_conjuncts

SENTENCES = [
    ("amount > 3", ("amount",), ">", ["3"]),
    ("3 < amount", ("amount",), ">", ["3"]),
    ("account.region = 'east'", ("account", "region"), "=", ["'east'"]),
    ("active", ("active",), "=", ["true"]),
    ("owner in reports()", ("owner",), "in", ["reports()"]),
    ("stage not in ['won', 'lost']", ("stage",), "not in", ["'won'", "'lost'"]),
    ("amount between 1 and 2", ("amount",), "between", ["1", "2"]),
    ("name is not blank", ("name",), "is not blank", []),
    ("contains(name, 'a')", ("name",), "contains", ["'a'"]),
    ("all_of(tags, ['a', 'b'])", ("tags",), "all_of", ["'a'", "'b'"]),
]


@pytest.mark.parametrize(("text", "path", "operator", "values"), SENTENCES)
def test_a_simple_condition_is_a_sentence(text: str, path, operator: str, values: list[str]) -> None:
    (found,) = conjuncts(text)
    assert (found.path, found.operator, [value.text for value in found.values]) == (path, operator, values)


def test_what_is_no_sentence_is_kept_as_text() -> None:
    found = conjuncts("(a = 1 or b = 2) and not c")
    assert [(each.path, each.text) for each in found] == [(None, "a = 1 or b = 2"), (None, "not c")]


@pytest.mark.parametrize(
    "text", [" and ".join(text for text, *_rest in SENTENCES), "a or b", "(a or b) and c", "a & b = 'x'"]
)
def test_taking_apart_and_putting_together_settles(text: str) -> None:
    once = from_conjuncts(conjuncts(text))
    assert from_conjuncts(conjuncts(once)) == once


def test_conditions_are_made_from_values() -> None:
    made = [
        Condition(("name",), "=", (Operand.of("it's"),)),
        Condition(("amount",), "<", (Operand("a or b"),)),
        Condition(("stage",), "in", (Operand.of("won"),)),
    ]
    assert from_conjuncts(made) == "name = 'it''s' and amount < (a or b) and stage in ['won']"


def test_no_condition_is_no_filter() -> None:
    assert from_conjuncts([]) == ""
