"""Makes nodes while Lark reduces; it is called bottom-up, so no depth of text can overflow the stack."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from lark import Token, Transformer

from sartor.platform.errors import InvalidExpression
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
from sartor.platform.expressions.numbers import EXACT, negative
from sartor.platform.text import gettext as _

MAX_DIGITS = 38

COMPARISONS = {"==": "=", "＝": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">"}
SIGNS = {"＆": "&", "？？": "??", "＋": "+", "－": "-", "−": "-", "×": "*", "＊": "*", "÷": "/", "／": "/"}

# Spellings as functions of what has an operator.
BLANK_CALLS = {"isblank": False, "isnull": False, "isempty": False, "notblank": True, "notempty": True}
FALLBACK_CALLS = ("nullvalue", "ifblank", "coalesce")


class Build(Transformer):
    """One method for each rule of the grammar."""

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
