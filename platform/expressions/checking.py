"""What the rules of single functions and operators may ask of the checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.function import Function
from sartor.platform.expressions.nodes import Call, Node
from sartor.platform.expressions.scope import Scope
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import Type


class Checking(Protocol):
    """One check of one expression.

    aggregates: whether it is over rows; inside_aggregate: whether one row is meant here. volatile: to be set where the
    result changes without the record. owners: (entity, field) for each step of a path, by id of its node; keys: the
    field whose option a written text is; sets: the definitions that say this option; all for renames.
    """

    scope: Scope
    entity: str
    roots: Mapping[str, str]
    aggregates: bool
    inside_aggregate: bool
    volatile: bool
    owners: dict[int, tuple[tuple[str, str] | None, ...]]
    keys: dict[int, tuple[str, str]]
    sets: dict[int, tuple[str, ...]]

    def visit(self, node: Node) -> Term:
        """The checked term of a node."""

    def fault(self, node: Node, message: str, close: str | None = None) -> InvalidExpression:
        """The error to raise at a node."""

    def condition(self, node: Node) -> Term:
        """A node that has to be true or false."""

    def coerced(self, term: Term, wanted: Type) -> Term:
        """A term as a type, or a refusal."""

    def unified(self, found: Sequence[Term]) -> tuple[Type, list[Term]]:
        """Terms and the one type that holds them all."""

    def count(self, function: Function, node: Call) -> None:
        """Refuse a wrong number of arguments."""

    def arguments(self, function: Function, node: Call) -> list[Term]:
        """The arguments of a call as its parameters want them."""

    def field_term(self, steps: tuple[str, ...], node: Node) -> Term | None:
        """A field of the same record, None where there is none."""
