"""From tree to checked term: names are resolved, types fit, every implicit conversion is written out.

Each fault is an InvalidExpression with its position and, where there is one, the name that was probably meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import coercion
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions import ALIASES, FUNCTIONS
from sartor.platform.expressions.membership import membership
from sartor.platform.expressions.names import named
from sartor.platform.expressions.nodes import (
    Between,
    Blank,
    Call,
    Chain,
    Compare,
    In,
    Items,
    Literal,
    Minus,
    Node,
    Not,
    Path,
)
from sartor.platform.expressions.operators import added, compared, multiplied
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.scope import Scope
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import BOOLEAN, NULL, TEXT, Type, common, list_of, plain
from sartor.platform.text import between, near
from sartor.platform.text import gettext as _


@dataclass
class Checker:
    """One check of one expression. `owners` remembers whose field each step of a path is, for renames."""

    scope: Scope
    entity: str
    roots: Mapping[str, str] = field(default_factory=dict)
    aggregates: bool = False
    inside_aggregate: bool = False
    volatile: bool = False
    functions: set[str] = field(default_factory=set)
    owners: dict[int, tuple[tuple[str, str] | None, ...]] = field(default_factory=dict)
    keys: dict[int, tuple[str, str]] = field(default_factory=dict)
    sets: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def visit(self, node: Node) -> Term:
        return _VISIT[type(node)](self, node)

    def fault(self, node: Node, message: str, close: str | None = None) -> InvalidExpression:
        return InvalidExpression(message, position=node.position, near=close)

    # -- what functions ask for -------------------------------------------------------------------------------

    def condition(self, node: Node) -> Term:
        term = self.visit(node)
        if term.type.name not in ("boolean", "null"):
            said = type_words(term.type, self.scope)
            raise self.fault(
                node,
                _("“%(text)s” is %(type)s; a condition is expected here.", text=print_expression(node), type=said),
            )
        return term

    def coerced(self, term: Term, wanted: Type) -> Term:
        return coercion.coerced(self, term, wanted)

    def unified(self, found: Sequence[Term]) -> tuple[Type, list[Term]]:
        """The terms and their common type; texts written out become keys where a choice is among them."""
        found = coercion.literals_like(self, found)
        kind = plain(found[0].type)
        for term in found[1:]:
            both = common(kind, term.type)
            if both is None:
                told = {"left": type_words(kind, self.scope), "right": type_words(term.type, self.scope)}
                raise self.fault(term.node, _("These cannot be one value: %(left)s and %(right)s.", **told))
            kind = both
        return kind, [coercion.widened(term, kind) for term in found]

    def field_term(self, steps: tuple[str, ...], node: Node) -> Term | None:
        """The field at a path, None where there is none; used by functions that look at the same record."""
        try:
            return self.visit(Path(steps, position=node.position))
        except InvalidExpression:
            return None

    # -- arguments --------------------------------------------------------------------------------------------

    def arguments(self, function: Function, node: Call) -> list[Term]:
        self.count(function, node)
        params = list(function.params)
        while params and len(params) < len(node.arguments) and params[-1].many:
            params.append(params[-1])
        return [self.argument(param, each) for param, each in zip(params, node.arguments, strict=False)]

    def count(self, function: Function, node: Call) -> None:
        least = sum(not param.optional for param in function.params)
        most = None if function.params and function.params[-1].many else len(function.params)
        given = len(node.arguments)
        if given < least or (most is not None and given > most):
            raise self.fault(
                node, _("Write %(signature)s; %(n)s values were given.", signature=function.signature, n=given)
            )

    def argument(self, param: Param, node: Node) -> Term:
        term = self.visit(node)
        if param.literal and not isinstance(node, Literal | Items):
            raise self.fault(node, _("“%(name)s” must be written out here, not computed.", name=param.name))
        return coercion.argument(self, term, param.kind)


def _literal(self: Checker, node: Literal) -> Term:
    if node.value == "":
        return Term("const", TEXT, value=None, node=node)
    return Term("const", coercion.type_of(node.value), value=node.value, node=node)


def _not(self: Checker, node: Not) -> Term:
    return Term("not", BOOLEAN, (self.condition(node.operand),), node=node)


def _minus(self: Checker, node: Minus) -> Term:
    term = self.visit(node.operand)
    if not term.type.number and term.type.name != "duration":
        raise self.fault(node, _("There is no negative of %(type)s.", type=type_words(term.type, self.scope)))
    return Term("negate", plain(term.type), (term,), node=node)


def _chain(self: Checker, node: Chain) -> Term:
    first = node.operators[0]
    if first in ("and", "or"):
        return Term(first, BOOLEAN, tuple(map(self.condition, node.items)), node=node)
    if first == "??":
        kind, found = self.unified([self.visit(item) for item in node.items])
        return Term("coalesce", kind, tuple(found), node=node, owner=coercion.owner_of(found))
    if first == "&":
        return Term("join", TEXT, tuple(coercion.as_text(self, self.visit(item)) for item in node.items), node=node)
    term, written = self.visit(node.items[0]), node.items[0]
    for count, (operator, item) in enumerate(zip(node.operators, node.items[1:], strict=True), 1):
        written = Chain(node.operators[:count], node.items[: count + 1], position=node.position)
        combine = added if operator in "+-" else multiplied
        term = combine(self, operator, term, self.visit(item), written)
    return term


def _compare(self: Checker, node: Compare) -> Term:
    for side in (node.left, node.right):
        if isinstance(side, Literal) and side.value in (None, ""):
            other = print_expression(node.left if side is node.right else node.right)
            hint = f"{other} is {'not ' if node.operator == '!=' else ''}blank"
            raise self.fault(side, _("Nothing is equal to null or empty text; write “%(hint)s”.", hint=hint), hint)
    return compared(self, node.operator, self.visit(node.left), self.visit(node.right), node)


def _between(self: Checker, node: Between) -> Term:
    """One operation, unless the bounds ask for the value in two forms (an instant and its day)."""
    value, low, high = self.visit(node.value), self.visit(node.low), self.visit(node.high)
    signs = ("<", ">") if node.negated else (">=", "<=")
    bounds = zip(signs, (node.low, node.high), (low, high), strict=True)
    first, last = (
        compared(self, sign, value, term, Compare(sign, node.value, bound, position=node.position))
        for sign, bound, term in bounds
    )
    if all(pair.op == "compare" and pair.args[0] is value for pair in (first, last)):
        return Term("between", BOOLEAN, (value, first.args[1], last.args[1]), value=node.negated, node=node)
    return Term("or" if node.negated else "and", BOOLEAN, (first, last), node=node)


def _blank(self: Checker, node: Blank) -> Term:
    return Term("blank", BOOLEAN, (self.visit(node.value),), value=node.negated, node=node)


def _items(self: Checker, node: Items) -> Term:
    if not node.items:
        return Term("list", list_of(NULL), (), node=node)
    kind, found = self.unified([self.visit(item) for item in node.items])
    return Term("list", list_of(kind), tuple(found), node=node)


def _call(self: Checker, node: Call) -> Term:
    function = FUNCTIONS.get(ALIASES.get(node.name, node.name))
    maps = self.scope.function_maps()
    if function is None and node.name in maps:
        return coercion.mapped(self, node, maps[node.name])
    if function is None:
        close = near(node.name, [*FUNCTIONS, *ALIASES, *maps])
        message = _("There is no function %(name)s().", name=node.name)
        if close:
            message += between() + _("Did you mean %(near)s()?", near=close)
        raise self.fault(node, message, close)
    self.functions.add(function.name)
    self.volatile = self.volatile or function.volatile
    if function.build:
        return function.build(self, function, node)
    return called(self, function, node, self.arguments(function, node))


def called(self: Checker, function: Function, node: Call, args: Sequence[Term]) -> Term:
    returns: Type | Callable[..., Type] = function.returns
    kind = returns if isinstance(returns, Type) else returns(*args)
    return Term("call", kind, tuple(args), node=node, function=function)


_VISIT: dict[type[Node], Callable[[Any, Any], Term]] = {
    Literal: _literal,
    Path: named,
    Not: _not,
    Minus: _minus,
    Chain: _chain,
    Compare: _compare,
    Between: _between,
    Blank: _blank,
    Items: _items,
    In: membership,
    Call: _call,
}
