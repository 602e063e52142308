"""Texts with expressions in them: `Dear {{ contact.name ?? 'customer' }}`. Taken apart here, never run as a template.

What stands between the braces is one expression of the language. Where it is a chain of `??`, each part of it is an
expression by itself, so that a date may fall back on a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.nodes import Chain, Node
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.printer import print_expression
from sartor.platform.text import gettext as _

OPEN, CLOSE = "{{", "}}"
QUOTES = "'\""


@dataclass(frozen=True, slots=True)
class Piece:
    """A plain text, or the text of an expression. start, end: where it stands, braces not counted."""

    text: str
    start: int
    merged: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def pieces(text: str) -> list[Piece]:
    """A text, taken apart.

    :raises InvalidExpression: where braces are not closed, with their place.
    """
    found = []
    place = 0
    while (opened := text.find(OPEN, place)) >= 0:
        if opened > place:
            found.append(Piece(text[place:opened], place))
        closed = _closing(text, opened + len(OPEN))
        found.append(Piece(text[opened + len(OPEN) : closed], opened + len(OPEN), merged=True))
        place = closed + len(CLOSE)
    if place < len(text):
        found.append(Piece(text[place:], place))
    return found


def _closing(text: str, place: int) -> int:
    """Where the braces close; those inside a quoted text do not."""
    start, quoted = place - len(OPEN), ""
    while place < len(text):
        char = text[place]
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in QUOTES:
            quoted = char
        elif text.startswith(CLOSE, place):
            return place
        place += 1
    said = _("The braces {{ are not closed; write }} behind the expression.")
    raise InvalidExpression(said, position=start)


def replaced(text: str, change: Callable[[str], str]) -> str:
    """The text with every expression as `change` gives it."""
    result = text
    for piece in reversed([each for each in pieces(text) if each.merged]):
        result = result[: piece.start] + change(piece.text) + result[piece.end :]
    return result


def merged_in(text: str) -> list[str]:
    """Every expression of a text, the parts of a chain of `??` one by one."""
    return [part for each in pieces(text) if each.merged for part in alternatives(each.text)]


def alternatives(text: str) -> list[str]:
    """The parts of a chain of `??`, each an expression; the expression itself where it is no such chain."""
    return [print_expression(each) for each in either(parse(text))]


def either(node: Node) -> Iterator[Node]:
    """The same, of a parsed expression."""
    if isinstance(node, Chain) and set(node.operators) == {"??"}:
        yield from node.items
    else:
        yield node
