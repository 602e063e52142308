"""Filters made by clicking: what they say, and of which records they are true."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from example_fields import make_field, prepared

from sartor.platform.errors import Invalid
from sartor.platform.expressions import TEXT, Env, Type, check, evaluate, list_of
from sartor.platform.expressions.env import EPOCH
from sartor.platform.fields.operators import OPERATORS, condition

TYPES: dict[str, Type] = {"it": TEXT, "many": list_of(TEXT)}


class Scope:
    def field(self, entity: str, name: str) -> Type | None:
        return TYPES.get(name)

    def names(self, entity: str) -> list[str]:
        return list(TYPES)

    def labels(self, entity: str) -> Mapping[str, str]:
        return {}

    def called(self, entity: str) -> str:
        return entity

    def function_maps(self) -> dict:
        return {}


class Record:
    def __init__(self, value: object) -> None:
        self.value = value

    def get(self, path: tuple[str, ...]) -> object:
        return self.value


def holds(key: str, value: object, *given: str, env: Env = EPOCH) -> bool:
    name, kind = ("many", "tags") if isinstance(value, tuple) else ("it", "text")
    operator = OPERATORS[key]
    literals = [prepared(kind, {}).type.literal(prepared(kind, {}), each) for each in given]
    return bool(evaluate(check(operator.expression(name, literals), Scope(), "deal"), Record(value), env))


@pytest.mark.parametrize("key", ["is_not", "not_contains", "none_of"])
def test_a_blank_is_not_what_was_named(key):
    assert holds(key, None, "abc")
    assert not holds(key, "ABC", "abc")


@pytest.mark.parametrize(("key", "text"), [("contains", "为"), ("starts_with", "上海"), ("ends_with", "有限公司")])
def test_parts_of_texts_are_found(key, text):
    assert holds(key, "上海华为有限公司", text)
    assert not holds(key, None, text)


def test_lists_are_asked_for_some_all_or_none():
    assert holds("has_any", ("VIP", "fair"), "vip", "x")
    assert not holds("has_all", ("VIP", "fair"), "vip", "x")
    assert holds("has_none", ("VIP",), "x")
    assert holds("has_none", (), "x")


def test_quotes_and_braces_in_a_value_stay_text():
    assert holds("is", "it's {0}", "it's {0}")


def test_a_filter_is_said_in_both_languages():
    assert OPERATORS["between"].said(["1", "5"], "en") == "is between 1 and 5"
    assert OPERATORS["one_of"].said(["零售", "金融"], "zh") == "是其中一个 零售、金融"
    assert OPERATORS["in_last_days"].label["en"] == "is in the last … days"


def test_an_operator_that_the_field_does_not_offer_is_refused_with_the_near_one():
    field = make_field("text", {})
    with pytest.raises(Invalid, match="no filter “contain”") as caught:
        condition(field, "it", "contain", ["x"])
    assert caught.value.problems[0].near == "contains"


@pytest.mark.parametrize(("key", "values"), [("between", ["1"]), ("is", []), ("is_blank", ["1"]), ("one_of", [])])
def test_too_few_or_too_many_values_are_refused(key, values):
    with pytest.raises(Invalid, match="number of values"):
        condition(prepared("decimal", {}), "it", key, values)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [("decimal", "is", "abc"), ("date", "on", "yesterday"), ("date", "in_period", "this_decade")]
    + [("date", "in_last_days", 0), ("date", "in_last_days", "7"), ("user", "one_of", "me"), ("text", "is", 5)],
)
def test_a_value_that_does_not_fit_is_refused(kind, key, value):
    with pytest.raises(Invalid):
        condition(prepared(kind, {}), "it", key, [value])


def test_a_phone_is_asked_for_by_its_digits():
    assert condition(prepared("phone", {}), "it", "is", ["138-0000-0000"]) == "it = '8613800000000'"


def test_a_moment_is_asked_for_by_its_day():
    assert condition(prepared("datetime", {}), "it", "on", ["2026-05-01"]) == "it = d'2026-05-01'"
