"""Telephone numbers in conditions that are written by hand: a number is found however it is written, on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import crm
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from worlds import World, open_world

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import Question
from sartor.platform.records.memory.state import Loader, Loadings
from sartor.platform.records.memory.values import RecordValues

WRITTEN = {
    "8613800000000": ["+86 138-0000-0000", "13800000000", "１３８ ００００ ００００", "0086 13800000000"],
    "862112345678": ["021-12345678", "(021) 1234 5678", "+86 21 12345678"],
    "10086": ["10086", "100 86"],
    "12025550123": ["+1 202 555 0123", "+1 (202) 555-0123"],
}
SAME = {text: digits for digits, texts in WRITTEN.items() for text in texts}
CONDITIONS = {
    "mobile = '{}'": lambda kept, said: kept == said,
    "mobile != '{}'": lambda kept, said: kept != said,
    "mobile in ['{}', '10010']": lambda kept, said: kept == said,
    "(mobile ?? '10010') = '{}'": lambda kept, said: kept == said,
    "trim(mobile) = '{}'": lambda kept, said: kept == said,
    "contains(mobile, '{}')": lambda kept, said: said in kept,
    "startswith(mobile, '{}')": lambda kept, said: kept.startswith(said),
}
Ask = Callable[[str], tuple[set[str], set[str]]]


@pytest.fixture(scope="module")
def ask(module_database_url: str) -> Iterator[Ask]:
    """What a condition holds for, by the numbers as kept: asked of the database, and worked out in Python."""
    world = open_world(module_database_url, crm.documents())
    account = world.make("account", name="A")
    ids = [world.make("contact", name=text, account=account, mobile=text) for text in SAME]
    yield lambda condition: _both(world, ids, condition)
    world.database.close()


def _both(world: World, ids: list[str], condition: str) -> tuple[set[str], set[str]]:
    formula = check(condition, ModelScope(world.model), "contact")
    page = world.reader.page(world.system, Question("contact", (("name",),), where=(formula,), limit=100))
    return {row["name"] for row in page.rows}, _worked_out(world, ids, formula)


def _worked_out(world: World, ids: list[str], formula: Any) -> set[str]:
    with world.database.work() as work:
        loader = Loader(work, Loadings(world.tables))
        loader.load("contact", [decode_id(each) for each in ids])
        states = [loader.state("contact", decode_id(each)) for each in ids]
        values = [RecordValues(state, loader, world.system.env()) for state in states]
        return {each.get("name") for each, made in zip(states, values, strict=True) if made.evaluate(formula)}


@settings(max_examples=40)
@given(st.sampled_from(list(CONDITIONS)), st.sampled_from(list(SAME)))
@example("mobile = '{}'", "+86 138-0000-0000")
def test_a_number_is_found_however_it_is_written(ask: Ask, condition: str, said: str) -> None:
    holds = CONDITIONS[condition]
    expected = {text for text, digits in SAME.items() if holds(digits, SAME[said])}
    assert ask(condition.format(said)) == (expected, expected)


@pytest.mark.parametrize(
    ("condition", "digits"),
    [
        ("contains(mobile, '138-00')", {"8613800000000"}),
        ("contains(mobile, 'abc')", set()),
        ("mobile = 'abc'", set()),
        ("mobile = name", None),
    ],
)
def test_parts_words_and_other_texts_mean_the_same_to_both(ask: Ask, condition: str, digits: Any) -> None:
    found, worked_out = ask(condition)
    assert found == worked_out
    if digits is not None:
        assert {SAME[text] for text in found} == digits
