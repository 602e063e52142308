"""No text can hang a process, or raise anything but an error that is meant for people."""

from __future__ import annotations

import string
import time

import pytest
from deals import Tables, deals
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import InvalidExpression, SartorError
from sartor.platform.expressions import Env, evaluate, parse
from sartor.platform.expressions.functions import FUNCTIONS

FIELDS = "amount name closed_on seen_at stage tags owner account. old"
SIGNS = "and or not in between is blank null true 'a' ' 1 0.5 15% ( ) ( ) [ ] , = < ?? & + - * / $ {{ __class__ ；"
WORDS = [*FUNCTIONS, *FIELDS.split(), *SIGNS.split(), "d'2026-05-01'", "\0", "\n"]

ATTACKS = [
    "''.__class__.__mro__[1].__subclasses__()",
    "{{ record.query.delete() }}",
    "9**(9**9)",
    "9" * 38 + " * " + "9" * 38,
    "rept(rept(rept('a', 1000), 1000), 1000)",
    "substitute(rept('aa', 100), 'a', rept('a', 1000))",
    "matches(rept('a', 1000), 'a*a*a*a*a*a*a*a*b')",
    "amount" + " * amount" * 50,
    "days(999999999999)",
    "addmonths(today(), 99999999999999)",
    "round(amount, 99999999999999999999)",
    "left(name, -99999999999999999999)",
    "date(99999999999, 1, 1)",
    "mid(name, 99999999999999999999, 1)",
]


@given(words=st.lists(st.sampled_from(WORDS), max_size=40), noise=st.text(string.printable, max_size=5))
def test_any_text_is_understood_or_refused(checked, deal, env: Env, words: list[str], noise: str) -> None:
    try:
        evaluate(checked(" ".join(words) + noise), deal(), env)
    except SartorError:
        return


@given(text=st.text(max_size=60))
def test_any_characters_are_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except SartorError:
        return


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_costs_little(tables: Tables, checked, deal, env: Env, text: str) -> None:
    tables.fill([deal()])
    began = time.process_time()
    try:
        expression = checked(text)
        assert evaluate(expression, deal(), env) == tables.values([expression], env)[0][0]
    except SartorError:
        pass
    assert time.process_time() - began < 2


WRAPS = [
    "case(amount > 1, 2.5, quantity > 1, {}, 3)",
    "amount / ({} / rate)",
    "roundup({}, 2)",
    "max(rate, amount, {})",
    "average(amount, {})",
    "sum(amount, rate, {})",
    "mod(amount, {})",
    "if({} between 1 and 5, 2, 3)",
    "abs(days(closed_on + round({}, 0), due_on))",
    "year(date(round({}, 0), month(seen_at), 1))",
]


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("depth", [4, 12, 24])
def test_deep_formulas_are_computed_or_refused(tables: Tables, checked, deal, env: Env, wrap: str, depth: int) -> None:
    text = "amount"
    for _level in range(depth):
        text = wrap.format(text)
    tables.fill([deal()])
    try:
        expression = checked(text)
        found = tables.values([expression], env)
    except InvalidExpression:
        return
    assert found == [[evaluate(expression, deal(), env)]]


@given(row=deals)
def test_a_bad_cell_leaves_the_list_working(tables: Tables, checked, env: Env, row) -> None:
    tables.fill([row])
    expressions = [checked(f"{text} is blank") for text in ("1 / quantity", "sqrt(amount)", "closed_on + quantity")]
    assert tables.values(expressions, env) == [[evaluate(each, row, env) for each in expressions]]
