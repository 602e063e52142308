"""Tree to text, in the one canonical form: lower-case words, single quotes, only the parentheses that are needed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sartor.platform.expressions.nodes import (
    Between,
    Blank,
    Call,
    Chain,
    Compare,
    In,
    Items,
    Literal,
    LiteralValue,
    Minus,
    Node,
    Not,
    Path,
)
from sartor.platform.expressions.numbers import EXACT

BINDING = {"or": 1, "and": 2, "&": 5, "??": 6, "+": 7, "-": 7, "*": 8, "/": 8}
NEGATION, COMPARISON, SIGN, ATOM = 3, 4, 9, 10


def print_expression(node: Node) -> str:
    """The canonical text; `parse` of it gives an equal tree."""
    return _PRINT[type(node)](node)


def binding(node: Node) -> int:
    """How strongly the outermost operator binds: larger is tighter."""
    if isinstance(node, Chain):
        return BINDING[node.operators[0]]
    if isinstance(node, Not):
        return NEGATION
    if isinstance(node, Compare | In | Between | Blank):
        return COMPARISON
    return SIGN if isinstance(node, Minus) else ATOM


def _within(node: Node, least: int) -> str:
    text = print_expression(node)
    return text if binding(node) >= least else f"({text})"


def _chain(node: Chain) -> str:
    least = BINDING[node.operators[0]] + 1
    parts = [_within(node.items[0], least)]
    for operator, item in zip(node.operators, node.items[1:], strict=True):
        parts += [operator, _within(item, least)]
    return " ".join(parts)


def literal(value: LiteralValue, percent: bool = False) -> str:
    """A value as it is written in an expression."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"d'{value.replace(tzinfo=None).isoformat()}Z'"
    if isinstance(value, date):
        return f"d'{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if percent:
        return _digits(Decimal(value).scaleb(2, EXACT)).removesuffix(".0") + "%"
    return _digits(value) if isinstance(value, Decimal) else str(value)


def _digits(value: Decimal) -> str:
    """Without trailing zeros; one decimal stays, or the number would be read back as an integer."""
    whole, _point, decimals = f"{value:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def _in(node: In) -> str:
    word = "not in" if node.negated else "in"
    return f"{_within(node.value, 5)} {word} {_within(node.choices, 5)}"


def _between(node: Between) -> str:
    word = "not between" if node.negated else "between"
    return f"{_within(node.value, 5)} {word} {_within(node.low, 5)} and {_within(node.high, 5)}"


def _list(items: tuple[Node, ...]) -> str:
    return ", ".join(print_expression(item) for item in items)


_PRINT = {
    Literal: lambda node: literal(node.value, node.percent),
    Path: lambda node: ".".join(node.steps),
    Not: lambda node: f"not {_within(node.operand, NEGATION)}",
    Minus: lambda node: f"-{_within(node.operand, ATOM)}",
    Chain: _chain,
    Compare: lambda node: f"{_within(node.left, 5)} {node.operator} {_within(node.right, 5)}",
    In: _in,
    Between: _between,
    Blank: lambda node: f"{_within(node.value, 5)} is {'not ' if node.negated else ''}blank",
    Items: lambda node: f"[{_list(node.items)}]",
    Call: lambda node: f"{node.name}({_list(node.arguments)})",
}
