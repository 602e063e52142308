"""Every type can become every other type: a value converts, suffers, or fails, and never breaks the conversion."""

from __future__ import annotations

import itertools

import pytest
from example_fields import TYPES, prepared

from sartor.platform.publishing.values.conversion import Converter, Verdict

MADE = sorted(each.key for each in TYPES if not each.computed and not each.system and each.group != "computed")
STORED = [key for key in MADE if TYPES[key].owns(prepared(key, TYPES[key].example_options)) is None]


def converter(old, new):
    before, after = (prepared(key, TYPES[key].example_options) for key in (old, new))
    return Converter(before, after, lambda wanted: 7 if wanted.text == "上海华为" else None)


def example(key):
    field = prepared(key, TYPES[key].example_options)
    return field.type.schema_field(field).deserialize(TYPES[key].example)


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(STORED, 2)))
def test_an_example_of_each_type_converts_to_each_other_one_or_says_why_not(old, new):
    outcome = converter(old, new)(example(old))
    assert outcome.verdict in Verdict
    assert (outcome.verdict is Verdict.FAILED) == (outcome.value is None)
    assert outcome.verdict is Verdict.EXACT or outcome.reason


SAME_MEANING = ["text > long_text", "integer > decimal", "integer > text", "email > text",
                "date > text", "decimal > text", "rating > integer", "url > text"]  # fmt: skip


@pytest.mark.parametrize("pair", SAME_MEANING)
def test_a_type_that_can_hold_the_value_gets_it_exactly(pair):
    old, new = pair.split(" > ")
    assert converter(old, new)(example(old)).verdict is Verdict.EXACT


def test_an_amount_gives_its_number_to_a_type_that_has_no_currency():
    outcome = converter("money", "decimal")(example("money"))
    assert (outcome.verdict, str(outcome.value)) == (Verdict.INEXACT, "1234.50")


def test_a_value_that_was_met_before_is_not_worked_out_again(monkeypatch):
    made, values = [], converter("text", "integer")
    parsed = Converter._parsed
    monkeypatch.setattr(Converter, "_parsed", lambda self, *given: made.append(given) or parsed(self, *given))
    assert {values(each).value for each in ("12", "12", "12")} == {12}
    assert len(made) == 1
