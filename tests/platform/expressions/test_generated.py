"""Formulas that nobody thought of: generated ones agree everywhere, or are refused with a reason."""

from __future__ import annotations

from deals import Tables, deals, plain
from formulas import filters, formulas
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import Env, Expression, evaluate, parse, print_expression


def _checked(checked, text: str) -> Expression | None:
    """None for a formula that is refused: too deep, too wide."""
    try:
        return checked(text)
    except InvalidExpression:
        return None


@given(text=formulas())
def test_what_is_printed_is_read_back_the_same(text: str) -> None:
    printed = print_expression(parse(text))
    assert parse(printed) == parse(text)
    assert print_expression(parse(printed)) == printed


@given(texts=st.lists(formulas(), min_size=1, max_size=5), found=st.lists(deals, min_size=1, max_size=4))
def test_generated_formulas_agree(tables: Tables, checked, env: Env, texts: list[str], found: list) -> None:
    tables.fill(found)
    for expression in filter(None, (_checked(checked, text) for text in texts)):
        try:
            answers = tables.values([expression], env)
        except InvalidExpression:
            continue
        expected = [plain(evaluate(expression, row, env)) for row in found]
        assert (expression.text, [plain(row[0]) for row in answers]) == (expression.text, expected)


@given(text=filters(), found=st.lists(deals, min_size=1, max_size=6))
def test_generated_conditions_find_the_same_rows(tables: Tables, checked, env: Env, text: str, found: list) -> None:
    expression = _checked(checked, text)
    if expression is None:
        return
    tables.fill(found)
    expected = [number for number, row in enumerate(found) if evaluate(expression, row, env)]
    try:
        assert tables.where(expression, env) == expected
    except InvalidExpression:
        return
