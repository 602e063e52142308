"""A checked expression, and its evaluation in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.accepting import finished
from sartor.platform.expressions.checker import Checker
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.meaning import meant
from sartor.platform.expressions.nodes import Node
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.python import compiled, over_rows
from sartor.platform.expressions.scope import PathSteps, Scope, Values
from sartor.platform.expressions.term import Term, terms
from sartor.platform.expressions.types import Type
from sartor.platform.model.formula import Formula
from sartor.platform.text import did_you_mean


@dataclass(frozen=True)
class Expression:
    """text: canonical form. type: of the result. paths: every field path read. volatile: the value changes without the
    record (time, reader, rates). functions: names of those called. node: as parsed."""

    text: str
    type: Type
    paths: frozenset[PathSteps]
    volatile: bool
    functions: frozenset[str]
    node: Node = field(compare=False)
    term: Term = field(compare=False, repr=False)
    aggregates: bool = field(default=False, compare=False, repr=False)

    @cached_property
    def program(self) -> Callable[[Values, Env], object]:
        """For one record; made when it is first run, since most expressions of a design wait long for that."""
        return _over_rows_only if self.aggregates else compiled(self.term)


def check(
    text: str,
    scope: Scope,
    entity: str,
    *,
    expect: Type | None = None,
    roots: Mapping[str, str] | None = None,
    aggregates: bool = False,
) -> Expression:
    """The expression over the fields of an entity; raises InvalidExpression with position and suggestion.

    expect: what the result has to be (a number is rounded to its scale, written texts become keys of its choices).
    roots: further first names, such as {"old": entity, "parent": other}. aggregates: over rows, as in a measure.
    """
    checker = Checker(scope, entity, roots or {}, aggregates)
    try:
        node = parse(text)
        term = checker.visit(node)
        if expect is not None:
            term = checker.coerced(term, expect)
    except InvalidExpression as refused:
        raise _with_value(refused, text, expect) from None
    return Expression(
        text=print_expression(node),
        type=term.type,
        paths=frozenset(each.value for each in terms(term) if each.op in ("field", "attribute")),
        volatile=checker.volatile,
        functions=frozenset(checker.functions),
        node=node,
        term=term,
        aggregates=aggregates,
    )


def _with_value(refused: InvalidExpression, text: str, expect: Type | None) -> InvalidExpression:
    """Says also how the value is written that the text names, where no other name was meant."""
    value = meant(text, expect) if expect is not None and refused.near is None else None
    return InvalidExpression(refused.message + did_you_mean(value), position=refused.position, near=refused.near)


def aggregate(text: str, scope: Scope, entity: str, *, roots: Mapping[str, str] | None = None) -> Expression:
    """A measure: `count()`, `sum(base(amount))`, `sum(amount) / count()`."""
    return check(text, scope, entity, roots=roots, aggregates=True)


def _over_rows_only(values: Values, env: Env) -> object:
    raise TypeError("an aggregate is evaluated over rows")


def evaluate(expression: Formula, values: Values, env: Env) -> object:
    """The value for one record; what cannot be computed is None. Raises Invalid where a value is not of its type."""
    return _typed(expression, expression.program(values, env))


def evaluate_rows(expression: Formula, rows: Sequence[Values], env: Env) -> object:
    """The value of a measure over records in memory."""
    return _typed(expression, over_rows(expression.term, rows, env))


def _typed(expression: Formula, value: object) -> object:
    if expression.type.name == "decimal" and isinstance(value, int):
        value = Decimal(value)
    if expression.term.op in ("field", "attribute"):
        return value
    return finished(value)
