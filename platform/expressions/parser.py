"""Text to tree, within limits, with errors that say where and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.grammar import GRAMMAR
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
    walk,
)
from sartor.platform.expressions.numbers import EXACT, negative
from sartor.platform.text import gettext as _
from sartor.platform.text import near

MAX_LENGTH = 4_000  # characters
MAX_NODES = 500
MAX_NESTING = 24  # calls, brackets and conditions inside one another; an `if` in the else of another is beside it
MAX_HEIGHT = 60  # the same with each operator of a chain and each else counted
MAX_DIGITS = 38

COMPARISONS = {"==": "=", "＝": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">"}
SIGNS = {"＆": "&", "？？": "??", "＋": "+", "－": "-", "−": "-", "×": "*", "＊": "*", "÷": "/", "／": "/"}
WORDS = ("and", "or", "not", "in", "is", "between", "blank")

# Spellings as functions of what has an operator.
BLANK_CALLS = {"isblank": False, "isnull": False, "isempty": False, "notblank": True, "notempty": True}
CASES = ("if", "case", "ifs")
FALLBACK_CALLS = ("nullvalue", "ifblank", "coalesce")


class _Build(Transformer):
    """Makes nodes while Lark reduces; it is called bottom-up, so no depth of text can overflow the stack."""

    def start(self, found: list) -> Node:
        return found[0]

    def _chain(self, found: list) -> Node:
        operators = tuple(SIGNS.get(sign, sign).lower() for sign in map(str, found[1::2]))
        return Chain(operators, tuple(found[0::2]), position=found[0].position)

    either = both = joined = fallback = sum = product = _chain

    def negate(self, found: list) -> Node:
        return Not(found[1], position=found[0].start_pos)

    def minus(self, found: list) -> Node:
        sign, operand = found
        value = operand.value if isinstance(operand, Literal) else None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Literal(negative(value), operand.percent, position=sign.start_pos)
        return Minus(operand, position=sign.start_pos)

    def compare(self, found: list) -> Node:
        left, sign, right = found
        return Compare(COMPARISONS.get(str(sign), str(sign)), left, right, position=left.position)

    def is_in(self, found: list) -> Node:
        return In(found[0], found[-1], position=found[0].position)

    def is_not_in(self, found: list) -> Node:
        return In(found[0], found[-1], True, position=found[0].position)

    def between(self, found: list) -> Node:
        value, low, high = (each for each in found if isinstance(each, Node))
        return Between(value, low, high, position=value.position)

    def not_between(self, found: list) -> Node:
        value, low, high = (each for each in found if isinstance(each, Node))
        return Between(value, low, high, True, position=value.position)

    def blank(self, found: list) -> Node:
        return Blank(found[0], position=found[0].position)

    def not_blank(self, found: list) -> Node:
        return Blank(found[0], True, position=found[0].position)

    def text(self, found: list) -> Node:
        quote = found[0][0]
        return Literal(found[0][1:-1].replace(quote * 2, quote), position=found[0].start_pos)

    def number(self, found: list) -> Node:
        return Literal(_number(found[0], str(found[0])), position=found[0].start_pos)

    def percent(self, found: list) -> Node:
        written = Decimal(_number(found[0], found[0].rstrip("%％ \t\r\n")))
        return Literal(written.scaleb(-2, EXACT), percent=True, position=found[0].start_pos)

    def date(self, found: list) -> Node:
        return Literal(_moment(found[0]), position=found[0].start_pos)

    def true(self, found: list) -> Node:
        return Literal(True, position=found[0].start_pos)

    def false(self, found: list) -> Node:
        return Literal(False, position=found[0].start_pos)

    def null(self, found: list) -> Node:
        return Literal(None, position=found[0].start_pos)

    def path(self, found: list) -> Node:
        return Path(tuple(map(str, found)), position=found[0].start_pos)

    def arguments(self, found: list) -> list:
        return [each for each in found if isinstance(each, Node)]

    def items(self, found: list) -> Node:
        items = next((each for each in found if isinstance(each, list)), [])
        return Items(tuple(items), position=items[0].position if items else 0)

    def call(self, found: list) -> Node:
        name, position = found[0].lower(), found[0].start_pos
        arguments = next((each for each in found if isinstance(each, list)), [])
        return _spelled(name, arguments, position) or Call(name, tuple(arguments), position=position)


def _spelled(name: str, arguments: list[Node], position: int) -> Node | None:
    """The operator that a function name stands for, if it does."""
    if name in ("and", "or") and len(arguments) > 1:
        return Chain((name,) * (len(arguments) - 1), tuple(arguments), position=position)
    if name in ("and", "or") and arguments:
        return arguments[0]
    if name in BLANK_CALLS and len(arguments) == 1:
        return Blank(arguments[0], BLANK_CALLS[name], position=position)
    if name in FALLBACK_CALLS and len(arguments) > 1:
        return Chain(("??",) * (len(arguments) - 1), tuple(arguments), position=position)
    return None


def _number(token: Token, written: str) -> int | Decimal:
    if sum(char.isdigit() for char in written) > MAX_DIGITS:
        raise InvalidExpression(
            _("The number %(number)s has more than %(most)s digits.", number=written[:20] + "…", most=MAX_DIGITS),
            position=token.start_pos or 0,
        )
    return Decimal(written) if "." in written else int(written)


def _moment(token: Token) -> date | datetime:
    """`d'2026-05-01'` is a day, `d'2026-05-01T10:30Z'` an instant."""
    written = token[2:-1].strip()
    try:
        if len(written) == 10:
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidExpression(
        _("%(date)s is no date: write d'2026-05-01', or d'2026-05-01T10:30Z' for an instant.", date=str(token)),
        position=token.start_pos or 0,
    )


@lru_cache
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Build(), maybe_placeholders=False)


def parse(text: str) -> Node:
    """The tree of an expression; raises InvalidExpression with the position of the first fault."""
    if len(text) > MAX_LENGTH:
        raise InvalidExpression(
            _("The expression has %(n)s characters; at most %(most)s are allowed.", n=len(text), most=MAX_LENGTH),
            position=MAX_LENGTH,
        )
    if not text.strip():
        raise InvalidExpression(_("The expression is empty."))
    try:
        node: Any = _lark().parse(text)  # the transformer makes nodes of what Lark would make a tree
    except UnexpectedInput as fault:
        raise _explained(fault, text) from None
    _limit(node)
    return node


def expected(text: str) -> frozenset[str]:
    """The kinds of word that may follow an unfinished text; raises UnexpectedInput where it is already wrong."""
    parser = _lark().parse_interactive(text[:MAX_LENGTH])
    parser.exhaust_lexer()
    return frozenset(parser.accepts())


def _limit(node: Node) -> None:
    """Refuse trees that are too big or too deep, without recursing."""
    nodes = list(walk(node))
    if len(nodes) > MAX_NODES:
        raise InvalidExpression(
            _("The expression has %(n)s parts; at most %(most)s are allowed.", n=len(nodes), most=MAX_NODES),
            position=nodes[MAX_NODES].position,
        )
    nesting: dict[int, int] = {}
    height: dict[int, int] = {}
    for each in reversed(nodes):
        below = each.children()
        steps = len(below) if isinstance(each, Chain) and each.operators[0] in "+-*/&" else 1
        height[id(each)] = steps + max((height[id(child)] for child in below), default=0)
        nesting[id(each)] = max((nesting[id(child)] + (not _continues(each, child)) for child in below), default=1)
        if nesting[id(each)] > MAX_NESTING:
            message = _("The expression is nested more than %(most)s deep; move a part into a field.", most=MAX_NESTING)
            raise InvalidExpression(message, position=each.position)
        if height[id(each)] > MAX_HEIGHT:
            message = _(
                "More than %(most)s operations build on one another; move a part into a field.", most=MAX_HEIGHT
            )
            raise InvalidExpression(message, position=each.position)


def _continues(node: Node, child: Node) -> bool:
    """An `if` in the last place of another, which is only a longer list of cases."""
    if not (isinstance(node, Call) and isinstance(child, Call)) or child is not node.arguments[-1]:
        return False
    return node.name in CASES and child.name in CASES


def _explained(fault: UnexpectedInput, text: str) -> InvalidExpression:
    position = fault.pos_in_stream if fault.pos_in_stream is not None else len(text)
    if isinstance(fault, UnexpectedToken) and fault.token.type == "$END":
        return InvalidExpression(
            _("The expression ends too early: something is missing at the end."), position=len(text)
        )
    if isinstance(fault, UnexpectedToken):
        position, found = fault.token.start_pos or 0, str(fault.token)
    else:
        found = _word(text, position)
    if isinstance(fault, UnexpectedCharacters) and found[:1] in ("'", '"'):
        return InvalidExpression(
            _("The text that starts with %(found)s has no closing quote.", found=found), position=position
        )
    close = near(found.lower(), WORDS)
    if close and close != found.lower():
        message = _("“%(found)s” is not understood here; did you mean “%(near)s”?", found=found, near=close)
    else:
        message = _("“%(found)s” is not understood here.", found=found)
    return InvalidExpression(message, position=position, near=close)


def _word(text: str, position: int) -> str:
    rest = text[position : position + 40]
    taken = _while(rest, lambda char: char.isalnum() or char == "_")
    return taken or rest[:12]


def _while(text: str, fits: Callable[[str], bool]) -> str:
    for end, char in enumerate(text):
        if not fits(char):
            return text[:end]
    return text
