"""Choosing between values."""

from __future__ import annotations

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import comparable_member, owner_of
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.nodes import Call, Node
from sartor.platform.expressions.term import Term, null
from sartor.platform.expressions.types import BOOLEAN, NULL
from sartor.platform.text import gettext as _


def choose(checker: Checking, node: Call, pairs: list[tuple[Node, Node]], otherwise: Node | None) -> Term:
    """A case term: conditions and results in turn, the last one for all else; an `if` in the last place is unrolled."""
    conditions = [checker.condition(when) for when, _then in pairs]
    results = [checker.visit(then) for _when, then in pairs]
    results.append(checker.visit(otherwise) if otherwise is not None else null(NULL, node))
    kind, found = checker.unified(results)
    if kind.name == "null":
        return null(NULL, node)
    args = [each for pair in zip(conditions, found[:-1], strict=True) for each in pair]
    last = found[-1]
    tail = last.args if last.op == "case" else (last,)
    return Term("case", kind, (*args, *tail), node=node, owner=owner_of(found))


def _if(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    condition, then, *otherwise = node.arguments
    return choose(checker, node, [(condition, then)], otherwise[0] if otherwise else None)


def _case(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    given = list(node.arguments)
    otherwise = given.pop() if len(given) % 2 else None
    return choose(checker, node, list(zip(given[::2], given[1::2], strict=True)), otherwise)


def _any_of(checker: Checking, function: Function, node: Call) -> Term:
    """One membership test per value, joined by or (any_of) or and (all_of)."""
    checker.count(function, node)
    members, wanted = (checker.visit(each) for each in node.arguments)
    if members.type.name != "list" or wanted.op != "list":
        raise checker.fault(node, _("Write %(name)s(field with many values, ['a', 'b']).", name=function.name))
    tests = tuple(_member(checker, value, members, node) for value in wanted.args)
    return Term("or" if function.name == "any_of" else "and", BOOLEAN, tests, node=node)


def _member(checker: Checking, value: Term, members: Term, node: Call) -> Term:
    return Term("in_list", BOOLEAN, comparable_member(checker, value, members, node), value=False, node=node)


FUNCTIONS = (
    Function(
        name="if",
        params=(Param("condition", "boolean"), Param("then", "any"), Param("else", "any", optional=True)),
        returns=NULL,
        help={
            "en": "One of two values, by a condition; blank without an else.",
            "zh": "按条件取两个值之一；没有否则值时为空。",
        },
        example=("if(1 < 2, 'yes', 'no')", "'yes'"),
        build=_if,
    ),
    Function(
        name="case",
        aliases=("ifs",),
        params=(
            Param("when", "boolean"),
            Param("then", "any"),
            Param("when, then, …, else", "any", optional=True, many=True),
        ),
        returns=NULL,
        help={
            "en": "The value after the first condition that holds; a single last value is for all else.",
            "zh": "第一个成立的条件之后的值；最后单独的值用于其余情况。",
        },
        example=("case(1 > 2, 'a', 2 > 1, 'b', 'c')", "'b'"),
        build=_case,
    ),
    Function(
        name="any_of",
        params=(Param("values", "list"), Param("wanted", "list")),
        returns=BOOLEAN,
        help={"en": "Whether a field with many values holds any of these.", "zh": "多值字段是否包含其中任意一个。"},
        example=("any_of(['a', 'b'], ['b', 'c'])", "true"),
        build=_any_of,
    ),
    Function(
        name="all_of",
        params=(Param("values", "list"), Param("wanted", "list")),
        returns=BOOLEAN,
        help={"en": "Whether a field with many values holds all of these.", "zh": "多值字段是否包含全部这些值。"},
        example=("all_of(['a', 'b'], ['b', 'c'])", "false"),
        build=_any_of,
    ),
)
