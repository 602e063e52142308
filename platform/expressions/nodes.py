"""The tree of a parsed expression: what was written, before anything is known about names and types.

Positions count characters from 0 and take no part in equality. A chain (`a + b - c`, `p and q and r`) is one node, so
that long sums are wide and not deep; every later walk may therefore recurse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

LiteralValue = str | int | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Node:
    position: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> tuple[Node, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value; `percent` remembers that 0.15 was written 15%."""

    value: LiteralValue
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Path(Node):
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Minus(Node):
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operands of one precedence, left to right; `operators` has one less than `items`."""

    operators: tuple[str, ...]
    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Compare(Node):
    operator: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    choices: Node
    negated: bool = False

    def children(self) -> tuple[Node, ...]:
        return (self.value, self.choices)


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node
    negated: bool = False

    def children(self) -> tuple[Node, ...]:
        return (self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Blank(Node):
    value: Node
    negated: bool = False

    def children(self) -> tuple[Node, ...]:
        return (self.value,)


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list written in brackets."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order written."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children()))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """A copy in which every node is what `change` makes of it, children first."""
    below = tuple(rebuilt(child, change) for child in node.children())
    if isinstance(node, Not | Minus):
        copy: Node = replace(node, operand=below[0])
    elif isinstance(node, Chain | Items):
        copy = replace(node, items=below)
    elif isinstance(node, Call):
        copy = replace(node, arguments=below)
    elif isinstance(node, Compare):
        copy = replace(node, left=below[0], right=below[1])
    elif isinstance(node, In):
        copy = replace(node, value=below[0], choices=below[1])
    elif isinstance(node, Between):
        copy = replace(node, value=below[0], low=below[1], high=below[2])
    elif isinstance(node, Blank):
        copy = replace(node, value=below[0])
    else:
        copy = node
    return change(copy)
