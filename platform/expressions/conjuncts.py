"""A filter as a list of simple conditions, so that a page can show and edit it as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    Node,
    Path,
)
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.printer import literal, print_expression

FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
SEARCHES = ("contains", "startswith", "endswith")
SETS = ("any_of", "all_of")
TESTS = ("is blank", "is not blank")


@dataclass(frozen=True)
class Operand:
    """What a field is compared with. text: as written; value: of a literal; constant: whether it is one."""

    text: str
    value: LiteralValue = None
    constant: bool = False

    @classmethod
    def of(cls, value: LiteralValue) -> Operand:
        """An operand from a Python value."""
        return cls(literal(value), value, True)


@dataclass(frozen=True)
class Condition:
    """path: the field, None for a condition too complex for a sentence, of which `text` is all that is known.

    operator: a comparison, `in`, `not in`, `between`, `not between`, `is blank`, `is not blank`, `contains`,
    `startswith`, `endswith`, `any_of`, `all_of`. values: none, one, two (between) or any number (in and the last two).
    """

    path: tuple[str, ...] | None
    operator: str = ""
    values: tuple[Operand, ...] = ()
    text: str = ""


def conjuncts(node: Node | str) -> list[Condition]:
    """The conditions that a filter joins by `and` at its top."""
    node = parse(node) if isinstance(node, str) else node
    parts = node.items if isinstance(node, Chain) and node.operators[0] == "and" else (node,)
    return [_condition(part) for part in parts]


def from_conjuncts(conditions: Iterable[Condition]) -> str:
    """The filter that joins conditions by `and`, in canonical form; empty for none."""
    parts = [_text(condition) for condition in conditions]
    return print_expression(parse(" and ".join(parts))) if parts else ""


def _condition(node: Node) -> Condition:
    path, operator, values = _simple(node) or (None, "", ())
    text = print_expression(node)
    return Condition(path.steps if path else None, operator, tuple(map(_operand, values)), text)


def _simple(node: Node) -> tuple[Path, str, tuple[Node, ...]] | None:
    """(path, operator, values) of a node that is a sentence."""
    if isinstance(node, Path):
        return node, "=", (Literal(True),)
    if isinstance(node, Compare):
        return _compared(node)
    if isinstance(node, Between) and isinstance(node.value, Path):
        return node.value, "not between" if node.negated else "between", (node.low, node.high)
    if isinstance(node, Blank) and isinstance(node.value, Path):
        return node.value, TESTS[node.negated], ()
    if isinstance(node, In) and isinstance(node.value, Path):
        values = node.choices.items if isinstance(node.choices, Items) else (node.choices,)
        return node.value, "not in" if node.negated else "in", values
    return _called(node) if isinstance(node, Call) else None


def _compared(node: Compare) -> tuple[Path, str, tuple[Node, ...]] | None:
    if isinstance(node.left, Path):
        return node.left, node.operator, (node.right,)
    if isinstance(node.right, Path):
        return node.right, FLIPPED[node.operator], (node.left,)
    return None


def _called(node: Call) -> tuple[Path, str, tuple[Node, ...]] | None:
    path, value = node.arguments if len(node.arguments) == 2 else (None, None)
    if not isinstance(path, Path) or value is None:
        return None
    if node.name in SEARCHES:
        return path, node.name, (value,)
    if node.name in SETS and isinstance(value, Items):
        return path, node.name, value.items
    return None


def _operand(node: Node) -> Operand:
    if isinstance(node, Literal):
        return Operand(print_expression(node), node.value, True)
    return Operand(print_expression(node))


def _text(condition: Condition) -> str:
    if condition.path is None:
        return f"({condition.text})"
    path, values = ".".join(condition.path), [value.text for value in condition.values]
    operator = condition.operator
    if operator in TESTS:
        return f"{path} {operator}"
    if operator in SEARCHES:
        return f"{operator}({path}, {values[0]})"
    if operator in SETS:
        return f"{operator}({path}, [{', '.join(values)}])"
    if operator in ("between", "not between"):
        return f"{path} {operator} ({values[0]}) and ({values[1]})"
    if operator in ("in", "not in"):
        one = len(values) == 1 and not condition.values[0].constant
        return f"{path} {operator} {values[0]}" if one else f"{path} {operator} [{', '.join(values)}]"
    return f"{path} {operator} ({values[0]})"
