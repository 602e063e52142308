"""The checked tree: every node has a type, every name is resolved, every implicit conversion is written out.

Both back ends walk this tree, so that neither decides anything about types. Operations (`op`):
values: const, field, attribute (of a choice), list, call, fit (rounded to a scale), size (of a list);
conditions: and, or, not, compare, between, in_items, in_list, in_range, blank; choices: case, coalesce;
texts: join, as_text, fold, label (of a choice), mapped (by an option set); numbers: add, subtract, multiply, divide,
negate; moments: shift (a day or an instant moved), elapsed (between instants), elapsed_days, local_date, and for
durations longer, shorter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.expressions.function import Function
from sartor.platform.expressions.nodes import Literal, Node
from sartor.platform.expressions.types import Type

NOWHERE = Literal(None)  # the node of what was never written


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """value: of a const; the path of a field; the operator of a comparison; what else an operation needs.

    owner: (entity, field) that a field or a choice comes from. row: depends on the record. env: on the environment.
    """

    op: str
    type: Type
    args: tuple[Term, ...] = ()
    value: Any = None
    node: Node = NOWHERE
    function: Function | None = None
    owner: tuple[str, str] | None = None
    maps: Mapping[str, Any] = field(default_factory=dict)
    row: bool = field(init=False, default=False)
    env: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        spelled = self.op == "as_text" and self.args[0].type.name == "instant"
        own_env = spelled or self.op in ("local_date", "label") or bool(self.function and self.function.env)
        object.__setattr__(self, "row", self.op == "field" or self._aggregates or any(arg.row for arg in self.args))
        object.__setattr__(self, "env", own_env or any(arg.env for arg in self.args))

    @property
    def called(self) -> Function:
        """The function of a call."""
        if self.function is None:
            raise TypeError(f"{self.op} calls no function")
        return self.function

    @property
    def _aggregates(self) -> bool:
        return bool(self.function and self.function.aggregate)

    @property
    def constant(self) -> bool:
        """The same for every record."""
        return not self.row


def terms(term: Term) -> Iterator[Term]:
    """The term and all below it."""
    waiting = [term]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(current.args)


def null(kind: Type, node: Node = NOWHERE) -> Term:
    return Term("const", kind, value=None, node=node)
