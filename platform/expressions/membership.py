"""`in`: lists written out, ranges of days, fields with many values."""

from __future__ import annotations

from sartor.platform.expressions import coercion
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.nodes import Compare, In, Items, Literal, Node
from sartor.platform.expressions.operators import compared
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN
from sartor.platform.text import gettext as _


def membership(checker: Checking, node: In) -> Term:
    """Whether a value is among others."""
    value = checker.visit(node.value)
    if isinstance(node.choices, Items):
        return _among_items(checker, node, node.choices, value)
    choices = checker.visit(node.choices)
    if choices.type.name == "range":
        day = coercion.argument(checker, value, "day")
        return Term("in_range", BOOLEAN, (day, choices), value=node.negated, node=node)
    if choices.type.name != "list":
        message = _(
            "After “in” comes a list such as ['a', 'b'], a range or a field with many values, not %(type)s.",
            type=choices.type,
        )
        raise checker.fault(node.choices, message)
    pair = coercion.comparable_member(checker, value, choices, node)
    return Term("in_list", BOOLEAN, pair, value=node.negated, node=node)


def _among_items(checker: Checking, node: In, items: Items, value: Term) -> Term:
    if value.type.name == "list":
        text = print_expression(node.value)
        message = _("“%(text)s” holds many values; write any_of(%(text)s, […]).", text=text)
        raise checker.fault(node, message, f"any_of({text}, {print_expression(items)})")
    for item in items.items:
        if isinstance(item, Literal) and item.value in (None, ""):
            message = _("Nothing is equal to null or empty text; write “is blank” beside the list.")
            raise checker.fault(item, message, "is blank")
    tests = [_test(checker, node, "=", value, item) for item in items.items]
    if not tests:
        return Term("const", BOOLEAN, value=node.negated, node=node)
    if any(test.op != "compare" for test in tests) or len({_form(test.args[0]) for test in tests}) > 1:
        return _each(checker, node, items, value)
    args = (tests[0].args[0], *(test.args[1] for test in tests))
    return Term("in_items", BOOLEAN, args, value=node.negated, node=node)


def _test(checker: Checking, node: In, operator: str, value: Term, item: Node) -> Term:
    """The comparison with one item."""
    written = Compare(operator, node.value, item, position=item.position)
    return compared(checker, operator, value, checker.visit(item), written)


def _form(term: Term) -> tuple[str, object]:
    """In which form a value is compared: as an instant or a day, folded fully or simply."""
    return term.op, term.value if term.op == "fold" else None


def _each(checker: Checking, node: In, items: Items, value: Term) -> Term:
    """Items that ask for the value in several forms: one comparison each."""
    operator = "!=" if node.negated else "="
    tests = tuple(_test(checker, node, operator, value, item) for item in items.items)
    return Term("and" if node.negated else "or", BOOLEAN, tests, node=node)
