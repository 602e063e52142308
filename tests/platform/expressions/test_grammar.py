"""What is written is read as docs/expressions.md says, and printed in one form."""

from __future__ import annotations

import pytest

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import parse, print_expression

CANONICAL = [
    ("STAGE_OF = 'Won' AND Not x", "STAGE_OF = 'Won' and not x"),
    ("If(a <> b, 1.50, 15 %)", "if(a != b, 1.5, 15%)"),
    ("a = b or c and d", "a = b or c and d"),
    ("(a or b) and c", "(a or b) and c"),
    ("a - (b - c) - d", "a - (b - c) - d"),
    ("(a - b) - c", "(a - b) - c"),
    ("a * (b + c) / d", "a * (b + c) / d"),
    ("-(a + b)", "-(a + b)"),
    ("a ?? b & c", "a ?? b & c"),
    ("a & b = c", "a & b = c"),
    ("not a = b", "not a = b"),
    ("x IN ['a',\"b\"]", "x in ['a', 'b']"),
    ("x not in this_month()", "x not in this_month()"),
    ("x between 1 and 2 and y", "x between 1 and 2 and y"),
    ("ISBLANK(x) or NotBlank(y)", "x is blank or y is not blank"),
    ("x is null", "x is blank"),
    ("AND(a, OR(b, c))", "a and (b or c)"),
    ("nullvalue(a, 0)", "a ?? 0"),
    ("D'2026-05-01' < x", "d'2026-05-01' < x"),
    ("x > d'2026-05-01T10:00+08:00'", "x > d'2026-05-01T02:00:00Z'"),
    ("'it''s'", "'it''s'"),
    ("IF（金额 ≥ 3，'是'，'否'）", "if(金额 >= 3, '是', '否')"),
    ("old.a = parent.b.c", "old.a = parent.b.c"),
]


@pytest.mark.parametrize(("written", "printed"), CANONICAL)
def test_an_expression_has_one_printed_form(written: str, printed: str) -> None:
    assert print_expression(parse(written)) == printed
    assert parse(printed) == parse(written)


@pytest.mark.parametrize(
    ("strong", "weak"),
    [("*", "+"), ("+", "??"), ("??", "&"), ("&", "="), ("=", "and"), ("and", "or")],
)
def test_operators_bind_in_the_documented_order(strong: str, weak: str) -> None:
    assert parse(f"a {weak} b {strong} c") == parse(f"a {weak} (b {strong} c)")
    assert parse(f"a {strong} b {weak} c") == parse(f"(a {strong} b) {weak} c")


def test_not_binds_weaker_than_a_comparison() -> None:
    assert parse("not a = b and c") == parse("(not (a = b)) and c")


FAULTS = [
    ("x >= 10 andd y", 8, "and"),
    ("x = ", 4, None),
    ("x = 'abc", 4, None),
    ("x y", 2, None),
    ("a = b = c", 6, None),
    ("1 + * 2", 4, None),
    ("x $ y", 2, None),
    ("", 0, None),
    ("d'2026-02-30' = x", 0, None),
    ("x > d'2026-05-01 10:00'", 4, None),
    ("f(a, )", 5, None),
    ("x isnt blank", 2, "is"),
]


@pytest.mark.parametrize(("text", "position", "near"), FAULTS)
def test_a_fault_is_named_with_its_position(text: str, position: int, near: str | None) -> None:
    with pytest.raises(InvalidExpression) as fault:
        parse(text)
    assert (fault.value.position, fault.value.near) == (position, near)
    assert fault.value.message.endswith((".", "?"))


LIMITS = ["x" * 4001, " or ".join(["a"] * 600), "f(" * 30 + "1" + ")" * 30, "+".join("a" * 100), "9" * 39]


@pytest.mark.parametrize("text", LIMITS, ids=["length", "parts", "nesting", "operations", "digits"])
def test_limits_are_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidExpression, match="at most|than"):
        parse(text)


@pytest.mark.parametrize("text", ["(" * 1900 + "1" + ")" * 1900, "not " * 20 + "x", "-" * 20 + "x"])
def test_what_is_deep_only_in_text_does_not_overflow(text: str) -> None:
    parse(text)


def test_an_if_in_the_else_of_another_is_no_depth() -> None:
    text = "0"
    for number in range(40):
        text = f"if(x = {number}, {number}, {text})"
    assert print_expression(parse(text)) == text
