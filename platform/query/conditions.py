"""A filter taken apart: its conditions one by one, and what each says in the words of the filter operators.

The operators' own patterns are matched against the tree, so whatever can be clicked together is also understood again,
and nothing else is guessed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import Node, parse, print_expression
from sartor.platform.expressions.nodes import Call, Chain, Items, Literal, Minus, Path
from sartor.platform.fields.operators import OPERATORS, PERIODS, Needs, Operator

PATH, FIRST, SECOND, ALL = "hole_path", "hole_first", "hole_second", "hole_all"
ALSO = (
    ("is_not", "{path} != {0}"),
    ("not_on", "{path} != {0}"),
    ("not_in_period", "{path} not in {0}"),
    ("not_between", "{path} not between {0} and {1}"),
    ("none_of", "{path} not in {all}"),
    ("is_true", "{path}"),
    ("is_not_true", "not {path}"),
    ("in_next_days", "{path} between today() and today() + {0}"),
)
"""Other spellings of the same, as people write them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """operator: None where the condition is more than one operator can say. values: as literals of the language."""

    text: str
    path: tuple[str, ...] = ()
    operator: Operator | None = None
    values: tuple[Node, ...] = ()


def conditions_of(text: str | None) -> list[Condition]:
    """The conditions that all have to hold. What does not parse is one condition that nobody understands."""
    if not text or not text.strip():
        return []
    try:
        tree = parse(text)
    except InvalidExpression:
        return [Condition(text)]
    return [understood(each) for each in _conjuncts(tree)]


def joined(texts: Iterable[str]) -> str:
    """One filter of several conditions, each of which may be an `or`."""
    trees = [each for text in texts if text.strip() for each in _conjuncts(parse(text))]
    if len(trees) < 2:
        return print_expression(trees[0]) if trees else ""
    return print_expression(Chain(("and",) * (len(trees) - 1), tuple(trees)))


def _conjuncts(tree: Node) -> Iterator[Node]:
    if isinstance(tree, Chain) and set(tree.operators) == {"and"}:
        for item in tree.items:
            yield from _conjuncts(item)
    else:
        yield tree


def understood(tree: Node) -> Condition:
    """The condition in the words of the first operator that can say it."""
    return next(readings(tree), Condition(print_expression(tree)))


def readings(tree: Node) -> Iterator[Condition]:
    """The condition in the words of every operator that can say it: `=` is *is* of a text and *is on* of a day."""
    text = print_expression(tree)
    for operator, pattern in _patterns():
        holes: dict[str, Node] = {}
        fits = _fits(pattern, tree, holes)
        path = holes.get(PATH)
        if fits and isinstance(path, Path):
            values = _values(operator, holes)
            if values is not None:
                yield Condition(text, path.steps, operator, values)


@cache
def _patterns() -> tuple[tuple[Operator, Node], ...]:
    spelled = [(each, each.pattern) for each in OPERATORS.values()]
    spelled += [(OPERATORS[key], pattern) for key, pattern in ALSO]
    return tuple((each, parse(pattern.format(FIRST, SECOND, path=PATH, all=ALL))) for each, pattern in spelled)


def _fits(pattern: Any, tree: Any, holes: dict[str, Node]) -> bool:
    """Whether a tree is a pattern with its holes filled; the same hole must be filled alike."""
    if isinstance(pattern, Path) and pattern.steps[0] in (PATH, FIRST, SECOND, ALL):
        name = pattern.steps[0]
        known = holes.setdefault(name, tree)
        return isinstance(tree, Node) and known == tree and (name != PATH or isinstance(tree, Path))
    if isinstance(pattern, tuple):
        alike = isinstance(tree, tuple) and len(tree) == len(pattern)
        return alike and all(_fits(each, other, holes) for each, other in zip(pattern, tree, strict=True))
    if type(pattern) is not type(tree):
        return False
    if not isinstance(pattern, Node):
        return bool(pattern == tree)
    names = [each.name for each in fields(pattern) if each.compare]
    return all(_fits(getattr(pattern, name), getattr(tree, name), holes) for name in names)


def _values(operator: Operator, holes: Mapping[str, Node]) -> tuple[Node, ...] | None:
    """What was given to the operator; None where it is no plain value."""
    if operator.needs is Needs.MANY:
        items = holes[ALL]
        return items.items if isinstance(items, Items) and all(map(_is_plain, items.items)) else None
    given = tuple(holes[name] for name in (FIRST, SECOND) if name in holes)
    if operator.needs is Needs.PERIOD:
        return given if period_of(given[0]) else None
    return given if all(map(_is_plain, given)) else None


def _is_plain(node: Node) -> bool:
    return isinstance(node, Literal) or (isinstance(node, Minus) and isinstance(node.operand, Literal))


def period_of(node: Node) -> str | None:
    """The key of the period that a range names."""
    if not isinstance(node, Call):
        return None
    text = print_expression(node)
    return next((period.key for period in PERIODS.values() if period.range == text), None)


def plain_value(node: Node) -> Any:
    """The value of a literal."""
    if isinstance(node, Minus):
        return -plain_value(node.operand)
    assert isinstance(node, Literal)
    return node.value
