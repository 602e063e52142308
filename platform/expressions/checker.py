"""From tree to checked term: names are resolved, types fit, every implicit conversion is written out.

Each fault is an InvalidExpression with its position and, where there is one, the name that was probably meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import coercion
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions import ALIASES, FUNCTIONS
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
from sartor.platform.expressions.types import BOOLEAN, NULL, TEXT, Type, common, list_of, plain
from sartor.platform.text import gettext as _
from sartor.platform.text import near


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

    def visit(self, node: Node) -> Term:
        return _VISIT[type(node)](self, node)

    def fail(self, node: Node, message: str, close: str | None = None) -> NoReturn:
        raise InvalidExpression(message, position=node.position, near=close)

    # -- what functions ask for -------------------------------------------------------------------------------

    def condition(self, node: Node) -> Term:
        term = self.visit(node)
        if term.type.name not in ("boolean", "null"):
            self.fail(
                node,
                _("“%(text)s” is %(type)s; a condition is expected here.", text=print_expression(node), type=term.type),
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
                self.fail(term.node, _("%(left)s and %(right)s cannot be one value.", left=kind, right=term.type))
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
            self.fail(node, _("Write %(signature)s; %(n)s values were given.", signature=function.signature, n=given))

    def argument(self, param: Param, node: Node) -> Term:
        term = self.visit(node)
        if param.literal and not isinstance(node, Literal | Items):
            self.fail(node, _("“%(name)s” must be written out here, not computed.", name=param.name))
        return coercion.argument(self, term, param.kind)


def _literal(self: Checker, node: Literal) -> Term:
    if node.value == "":
        return Term("const", TEXT, value=None, node=node)
    return Term("const", coercion.type_of(node.value), value=node.value, node=node)


def _path(self: Checker, node: Path) -> Term:
    if self.aggregates and not self.inside_aggregate:
        self.fail(node, _("“%(path)s” has to be inside sum(), count() or the like here.", path=".".join(node.steps)))
    steps, owners = list(node.steps), []
    entity: str | None = self.entity
    if steps[0] in self.roots:
        entity = self.roots[steps.pop(0)]
        owners.append(None)
        if not steps:
            return _record_of(self, node, entity)
    kind, owner, parent = Type("record", entity=entity), None, None
    for step in steps:
        parent, offset = kind, node.position + len(".".join(node.steps[: len(owners)])) + bool(owners)
        kind, owner = _step(self, kind, step, Path(node.steps, position=offset), owner)
        owners.append(owner if entity_of(parent) else None)
    self.owners[id(node)] = tuple(owners)
    if parent.name == "choice":
        whole = Term("field", parent, value=tuple(node.steps[:-1]), node=node)
        return Term("attribute", kind, (whole,), value=tuple(node.steps), node=node, owner=owner)
    return Term("field", kind, value=tuple(node.steps), node=node, owner=owner)


def entity_of(kind: Type) -> str | None:
    return kind.entity if kind.name == "record" else None


def _step(
    self: Checker, kind: Type, step: str, at: Path, owner: tuple[str, str] | None
) -> tuple[Type, tuple[str, str] | None]:
    """What a name after a dot is; an attribute keeps the owner of its field."""
    if step in kind.attributes:
        return kind.attributes[step], owner
    if kind.name == "list":
        self.fail(at, _("“%(step)s” of many records: count or sum them in a roll-up field.", step=step))
    if kind.name != "record" or kind.entity is None:
        names: Iterable[str] = kind.attributes
        message = _("%(type)s has no “%(step)s”.", type=kind, step=step)
    else:
        found = self.scope.field(kind.entity, step)
        if found is not None:
            return found, (kind.entity, step)
        names = list(self.scope.names(kind.entity))
        if kind.entity == self.entity:
            names += self.roots
        message = _("%(entity)s has no field “%(step)s”.", entity=kind.entity, step=step)
    close = near(step.lower(), names)
    if close:
        message += " " + _("Did you mean “%(near)s”?", near=close)
    self.fail(at, message, close)


def _record_of(self: Checker, node: Path, entity: str) -> Term:
    self.owners[id(node)] = (None,)
    return Term("field", Type("record", entity=entity), value=node.steps, node=node)


def _not(self: Checker, node: Not) -> Term:
    return Term("not", BOOLEAN, (self.condition(node.operand),), node=node)


def _minus(self: Checker, node: Minus) -> Term:
    term = self.visit(node.operand)
    if not term.type.number and term.type.name != "duration":
        self.fail(node, _("%(type)s has no negative.", type=term.type))
    return Term("negate", plain(term.type), (term,), node=node)


def _chain(self: Checker, node: Chain) -> Term:
    first = node.operators[0]
    if first in ("and", "or"):
        return Term(first, BOOLEAN, tuple(map(self.condition, node.items)), node=node)
    if first == "??":
        kind, found = self.unified([self.visit(item) for item in node.items])
        return Term("coalesce", kind, tuple(found), node=node)
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
            self.fail(side, _("Nothing is equal to null or empty text; write “%(hint)s”.", hint=hint), hint)
    return compared(self, node.operator, self.visit(node.left), self.visit(node.right), node)


def _between(self: Checker, node: Between) -> Term:
    """One operation, unless the bounds ask for the value in two forms (an instant and its day)."""
    value, low, high = self.visit(node.value), self.visit(node.low), self.visit(node.high)
    signs = ("<", ">") if node.negated else (">=", "<=")
    first, last = compared(self, signs[0], value, low, node), compared(self, signs[1], value, high, node)
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


def _in(self: Checker, node: In) -> Term:
    value = self.visit(node.value)
    if isinstance(node.choices, Items):
        return _in_items(self, node, value)
    choices = self.visit(node.choices)
    if choices.type.name == "range":
        day = coercion.argument(self, value, "day")
        return Term("in_range", BOOLEAN, (day, choices), value=node.negated, node=node)
    if choices.type.name != "list":
        self.fail(
            node.choices,
            _(
                "After “in” comes a list such as ['a', 'b'], a range or a field with many values, not %(type)s.",
                type=choices.type,
            ),
        )
    value, choices = coercion.comparable_member(self, value, choices, node)
    return Term("in_list", BOOLEAN, (value, choices), value=node.negated, node=node)


def _in_items(self: Checker, node: In, value: Term) -> Term:
    if value.type.name == "list":
        self.fail(
            node, _("“%(text)s” holds many values; write any_of(…, […]).", text=print_expression(node.value)), "any_of"
        )
    for item in node.choices.items:
        if isinstance(item, Literal) and item.value in (None, ""):
            self.fail(item, _("Nothing is equal to null or empty text; write “is blank” beside the list."), "is blank")
    pairs = [compared(self, "=", value, self.visit(item), node) for item in node.choices.items]
    if len({type_name(pair.args[0].type) for pair in pairs}) > 1 or len({pair.args[0].op for pair in pairs}) > 1:
        return _many_compared(node, pairs)
    if not pairs:
        return Term("const", BOOLEAN, value=False, node=node)
    args = (pairs[0].args[0], *(pair.args[1] for pair in pairs))
    return Term("in_items", BOOLEAN, args, value=node.negated, node=node)


def type_name(kind: Type) -> str:
    return "number" if kind.number else kind.name


def _many_compared(node: In, pairs: list[Term]) -> Term:
    """Items of several kinds (days and instants): one comparison each."""
    if node.negated:
        return Term("and", BOOLEAN, tuple(replaced(pair, "!=") for pair in pairs), node=node)
    return Term("or", BOOLEAN, tuple(pairs), node=node)


def replaced(term: Term, operator: str) -> Term:
    return Term(term.op, term.type, term.args, value=operator, node=term.node)


def _call(self: Checker, node: Call) -> Term:
    function = FUNCTIONS.get(ALIASES.get(node.name, node.name))
    maps = self.scope.function_maps()
    if function is None and node.name in maps:
        return coercion.mapped(self, node, maps[node.name])
    if function is None:
        close = near(node.name, [*FUNCTIONS, *ALIASES, *maps])
        message = _("There is no function %(name)s().", name=node.name)
        if close:
            message += " " + _("Did you mean %(near)s()?", near=close)
        self.fail(node, message, close)
    self.functions.add(function.name)
    self.volatile = self.volatile or function.volatile
    if function.build:
        return function.build(self, function, node)
    return called(self, function, node, self.arguments(function, node))


def called(self: Checker, function: Function, node: Call, args: Sequence[Term]) -> Term:
    returns: Type | Callable[..., Type] = function.returns
    kind = returns if isinstance(returns, Type) else returns(*args)
    return Term("call", kind, tuple(args), node=node, function=function)


_VISIT = {
    Literal: _literal,
    Path: _path,
    Not: _not,
    Minus: _minus,
    Chain: _chain,
    Compare: _compare,
    Between: _between,
    Blank: _blank,
    Items: _items,
    In: _in,
    Call: _call,
}
