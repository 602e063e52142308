"""Text to tree, within limits, with errors that say where and what was probably meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.building import Build
from sartor.platform.expressions.grammar import GRAMMAR
from sartor.platform.expressions.limits import MAX_LENGTH, check_length, check_size
from sartor.platform.expressions.nodes import Node
from sartor.platform.text import gettext as _
from sartor.platform.text import near

WORDS = ("and", "or", "not", "in", "is", "between", "blank")

_FOUND = re.compile(r"\w{1,40}|.{1,12}", re.DOTALL)


@lru_cache
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=Build(), maybe_placeholders=False)


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression; raises InvalidExpression with the position of the first fault."""
    check_length(text)
    if not text.strip():
        raise InvalidExpression(_("The expression is empty."))
    try:
        node: Any = _lark().parse(text)  # the transformer makes nodes of what Lark would make a tree
    except UnexpectedInput as fault:
        raise _explained(fault, text) from None
    check_size(node)
    return node


def expected(text: str) -> frozenset[str]:
    """The kinds of word that may follow an unfinished text; raises UnexpectedInput where it is already wrong."""
    parser = _lark().parse_interactive(text[:MAX_LENGTH])
    parser.exhaust_lexer()
    return frozenset(parser.accepts())


def _explained(fault: UnexpectedInput, text: str) -> InvalidExpression:
    """What Lark stumbled over, in words."""
    if isinstance(fault, UnexpectedToken) and fault.token.type == "$END":
        message = _("The expression ends too early: something is missing at the end.")
        return InvalidExpression(message, position=len(text))
    position = fault.pos_in_stream if fault.pos_in_stream is not None else len(text)
    if isinstance(fault, UnexpectedToken):
        position = fault.token.start_pos or 0
    word = _FOUND.match(text, position)
    found = word[0] if word else ""
    if isinstance(fault, UnexpectedCharacters) and found[:1] in ("'", '"'):
        message = _("The text that starts with %(found)s has no closing quote.", found=found)
        return InvalidExpression(message, position=position)
    return _not_here(found, position)


def _not_here(found: str, position: int) -> InvalidExpression:
    close = near(found.lower(), WORDS)
    if not close or close == found.lower():
        return InvalidExpression(_("“%(found)s” is not understood here.", found=found), position=position)
    message = _("“%(found)s” is not understood here; did you mean “%(near)s”?", found=found, near=close)
    return InvalidExpression(message, position=position, near=close)
