"""Typing of arithmetic and comparisons: which operands go together, and what comes out."""

from __future__ import annotations

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import as_date, folded, like
from sartor.platform.expressions.nodes import Minus, Node
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import (
    BOOLEAN,
    DURATION,
    INTEGER,
    PLACES,
    Type,
    common,
    decimal,
)
from sartor.platform.text import between
from sartor.platform.text import gettext as _

ORDERED = ("integer", "decimal", "date", "instant", "duration")


def added(checker: Checking, operator: str, left: Term, right: Term, node: Node) -> Term:
    """`+` and `-`: numbers, a day and a number of days, instants and durations."""
    op = "add" if operator == "+" else "subtract"
    left, right = _nulls(left, right, op)
    one, other = left.type, right.type
    if one.number and other.number:
        kind = INTEGER if one.name == other.name == "integer" else decimal(max(one.places, other.places))
        return Term(op, kind, (left, right), node=node)
    if one.name in ("date", "instant") and (
        other.name == "integer" or (one.name, other.name) == ("instant", "duration")
    ):
        by = (
            right
            if operator == "+"
            else Term("negate", other, (right,), node=Minus(right.node, position=node.position))
        )
        return Term("shift", Type(one.name), (left, by), node=node)
    if operator == "+" and other.name in ("date", "instant") and one.name in ("integer", "duration"):
        return added(checker, operator, right, left, node)
    if one.name == other.name == "duration":
        return Term("longer" if operator == "+" else "shorter", DURATION, (left, right), node=node)
    if operator == "-" and one.name == other.name == "instant":
        return Term("elapsed", DURATION, (left, right), node=node)
    if operator == "-" and one.name in ("date", "instant") and other.name in ("date", "instant"):
        return Term("elapsed_days", INTEGER, (as_date(left), as_date(right)), node=node)
    message = _uncomputed(checker, left, operator, right)
    if "text" in (one.name, other.name):
        message += between() + _("Texts are joined by &.")
    raise checker.fault(node, message, "&" if "text" in (one.name, other.name) else None)


def _uncomputed(checker: Checking, left: Term, operator: str, right: Term) -> str:
    told = {
        "left": type_words(left.type, checker.scope),
        "sign": operator,
        "right": type_words(right.type, checker.scope),
    }
    return _("This cannot be computed: %(left)s %(sign)s %(right)s.", **told)


def _nulls(left: Term, right: Term, op: str) -> tuple[Term, Term]:
    """Null takes the type that fits the other side."""
    if left.type.name == "null":
        left = Term("const", INTEGER if right.type.name in ("null", "date", "instant") else right.type, node=left.node)
    if right.type.name == "null":
        right = Term("const", INTEGER if left.type.name in ("date", "instant") else left.type, node=right.node)
    return left, right


def multiplied(checker: Checking, operator: str, left: Term, right: Term, node: Node) -> Term:
    """`*` keeps up to 12 decimals, `/` always gives 12."""
    left, right = _nulls(left, right, operator)
    if not (left.type.number and right.type.number):
        raise checker.fault(node, _uncomputed(checker, left, operator, right))
    if operator == "/":
        return Term("divide", decimal(PLACES), (left, right), node=node)
    if left.type.name == right.type.name == "integer":
        return Term("multiply", INTEGER, (left, right), node=node)
    return Term("multiply", decimal(min(left.type.places + right.type.places, PLACES)), (left, right), node=node)


def compared(checker: Checking, operator: str, left: Term, right: Term, node: Node) -> Term:
    """A comparison; an instant beside a day is compared by its local date."""
    left, right = like(checker, left, right), like(checker, right, left)
    if "null" in (left.type.name, right.type.name):
        return Term("const", BOOLEAN, value=False, node=node)
    if {left.type.name, right.type.name} == {"date", "instant"}:
        left, right = as_date(left), as_date(right)
    kind = common(left.type, right.type)
    if kind is None or kind.name in ("list", "range"):
        raise _refused(checker, left, right, node)
    if operator not in ("=", "!=") and kind.name not in ORDERED:
        raise checker.fault(
            node, _("There is no order in %(type)s; only = and != compare it.", type=type_words(kind, checker.scope))
        )
    if kind.name == "text":
        left, right = folded(left, right)
    return Term("compare", BOOLEAN, (left, right), value=operator, node=node)


def _refused(checker: Checking, left: Term, right: Term, node: Node) -> InvalidExpression:
    hint = None
    for one, other in ((left, right), (right, left)):
        hint = hint or _hint(one, other)
    told = {"left": type_words(left.type, checker.scope), "right": type_words(right.type, checker.scope)}
    message = _("These cannot be compared: %(left)s and %(right)s.", **told)
    if hint:
        message += between() + _("Write %(hint)s.", hint=hint)
    return checker.fault(node, message, hint)


def _hint(term: Term, other: Term) -> str | None:
    """What would make a term comparable with the other."""
    written = term.value if term.op == "const" and isinstance(term.value, str) else None
    if written and other.type.number:
        return written if written.replace(".", "", 1).isdigit() else None
    if written and other.type.name in ("date", "instant"):
        return f"d'{written}'" if len(written) == 10 else "d'2026-05-01'"
    if written and other.type.name == "boolean":
        return "true" if written.lower() in ("true", "yes", "是") else "false"
    if term.type.name == "list":
        return f"any_of({print_expression(term.node)}, […])"
    if term.type.name == "range":
        return f"{print_expression(other.node)} in {print_expression(term.node)}"
    if term.type.name in ("choice", "record") and other.type.name == "text":
        return (
            f"label({print_expression(term.node)})"
            if term.type.name == "choice"
            else f"{print_expression(term.node)}.name"
        )
    return None
