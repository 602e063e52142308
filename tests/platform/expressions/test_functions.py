"""Every function explains itself in two languages, and its example is true."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from deals import Row, Tables, plain, row_of

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import Env, evaluate, evaluate_rows
from sartor.platform.expressions.function import Function
from sartor.platform.expressions.functions import ALIASES, FUNCTIONS, GROUPS

EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@EACH
def test_a_function_has_help_in_two_languages(function: Function) -> None:
    assert re.search(r"[a-z]", function.help["en"])
    assert re.search(r"[一-鿿]", function.help["zh"])
    assert function.help["en"].endswith(".")


@EACH
def test_the_example_of_a_function_is_true(function: Function, checked, deal, env: Env) -> None:
    text, result = function.example
    rows = [deal(amount=Decimal(amount), owner=owner) for amount, owner in ((50, 7), (150, 7), (250, 8))]
    over_rows = function in GROUPS["aggregates"]
    expression = checked(text, aggregates=over_rows)
    row = deal(amount=Decimal(1250))
    found = evaluate_rows(expression, rows, env) if over_rows else evaluate(expression, row, env)
    assert plain(found) == plain(evaluate(checked(result), row, env))


FIXED = [each for each in FUNCTIONS.values() if each.params and not each.params[-1].many]


@pytest.mark.parametrize("function", FIXED, ids=lambda function: function.name)
def test_a_function_refuses_too_many_values(function: Function, checked) -> None:
    with pytest.raises(InvalidExpression, match="Write"):
        checked(f"{function.name}({', '.join(['amount'] * 6)})")


def test_names_are_not_taken_twice() -> None:
    assert len(FUNCTIONS) == sum(map(len, GROUPS.values()))
    assert not set(ALIASES) & set(FUNCTIONS)


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_means_its_function(alias: str, checked) -> None:
    text = FUNCTIONS[ALIASES[alias]].example[0]
    assert ALIASES[alias] in checked(text.replace(ALIASES[alias] + "(", alias.upper() + "(")).functions


AMOUNTS = [
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.5", "伍角整"),
    ("10", "壹拾元整"),
    ("10.05", "壹拾元零伍分"),
    ("1001", "壹仟零壹元整"),
    ("10000", "壹万元整"),
    ("100100", "壹拾万零壹佰元整"),
    ("1000000", "壹佰万元整"),
    ("100000000", "壹亿元整"),
    ("100000001.5", "壹亿零壹元伍角整"),
    ("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
    ("-3.455", "负叁元肆角陆分"),
    ("-0.001", "零元整"),
]


@pytest.mark.parametrize(("amount", "words"), AMOUNTS)
def test_an_amount_is_written_as_on_an_invoice(value, amount: str, words: str) -> None:
    assert value("rmbupper(amount)", amount=Decimal(amount)) == words


def test_amounts_in_words_agree(tables: Tables, checked, env: Env) -> None:
    cents = [0, 1, 5, 10, 50, 99, 100, 101, 110, 1000, 1005, 10010, 100000, 10**9, 10**10 + 1, 10**16 - 1, 12030045]
    rows: list[Row] = [row_of({"amount": Decimal(sign * each).scaleb(-2)}) for each in cents for sign in (1, -1)]
    tables.fill(rows)
    expression = checked("rmbupper(amount)")
    assert tables.values([expression], env) == [[evaluate(expression, row, env)] for row in rows]


PATTERNS = [
    ("1[3-9]\\d{9}", ["13800000000"], ["1380000000", "23800000000", "138000000000"]),
    ("[A-Z]{2}-?\\d+|x*", ["AB-1", "AB12", "xxx"], ["A-1", "AB-", "xy"]),
    ("[^a-c]+\\.", ["xyz."], ["abc.", "xyz"]),
    ("a{2,}", ["aa", "aaaa"], ["a"]),
    ("a{0,2}b?", ["ab", "b", "aa"], ["aaa", "bb"]),
    ("[\\d\\-]+", ["1-2"], ["a"]),
    (".*上海.*", ["在上海", "上海\n"], ["北京"]),
]


@pytest.mark.parametrize(("pattern", "fits", "misfits"), PATTERNS)
def test_a_pattern_fits_the_whole_text_everywhere(tables, checked, env, pattern, fits, misfits) -> None:
    rows = [row_of({"name": text}) for text in (*fits, *misfits)]
    expression = checked(f"matches(name, '{pattern}')")
    tables.fill(rows)
    expected = [True] * len(fits) + [False] * len(misfits)
    assert [evaluate(expression, row, env) for row in rows] == expected
    assert [found for (found,) in tables.values([expression], env)] == expected
