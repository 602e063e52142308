"""How large an expression may be, so that nothing can hang a process or overflow a stack."""

from __future__ import annotations

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.nodes import Call, Chain, Node, walk
from sartor.platform.text import gettext as _

MAX_LENGTH = 4_000  # characters
MAX_NODES = 500
MAX_NESTING = 24  # calls, brackets and conditions inside one another; an `if` in the else of another is beside it
MAX_HEIGHT = 60  # the same with each operator of a chain and each else counted

CASES = ("if", "case", "ifs")


def check_length(text: str) -> None:
    """:raises InvalidExpression: for a text that is too long."""
    if len(text) > MAX_LENGTH:
        message = _("The expression has %(n)s characters; at most %(most)s are allowed.", n=len(text), most=MAX_LENGTH)
        raise InvalidExpression(message, position=MAX_LENGTH)


def check_size(node: Node) -> None:
    """Refuse trees that are too big or too deep, without recursing."""
    nodes = list(walk(node))
    if len(nodes) > MAX_NODES:
        message = _("The expression has %(n)s parts; at most %(most)s are allowed.", n=len(nodes), most=MAX_NODES)
        raise InvalidExpression(message, position=nodes[MAX_NODES].position)
    nesting: dict[int, int] = {}
    height: dict[int, int] = {}
    for each in reversed(nodes):
        below = each.children()
        height[id(each)] = _steps(each) + max((height[id(child)] for child in below), default=0)
        nesting[id(each)] = max((nesting[id(child)] + (not _continues(each, child)) for child in below), default=1)
        _check_depth(each, nesting[id(each)], height[id(each)])


def _check_depth(node: Node, nesting: int, height: int) -> None:
    if nesting > MAX_NESTING:
        message = _("The expression is nested more than %(most)s deep; move a part into a field.", most=MAX_NESTING)
        raise InvalidExpression(message, position=node.position)
    if height > MAX_HEIGHT:
        message = _("More than %(most)s operations build on one another; move a part into a field.", most=MAX_HEIGHT)
        raise InvalidExpression(message, position=node.position)


def _steps(node: Node) -> int:
    """Operations of a node that build on one another."""
    return len(node.items) if isinstance(node, Chain) and node.operators[0] in ("+", "-", "*", "/", "&") else 1


def _continues(node: Node, child: Node) -> bool:
    """An `if` in the last place of another, which is only a longer list of cases."""
    if not (isinstance(node, Call) and isinstance(child, Call)) or child is not node.arguments[-1]:
        return False
    return node.name in CASES and child.name in CASES
