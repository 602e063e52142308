"""Expressions mended as far as they can be: what is wrong in them goes, or gives way to what was probably meant; the
rest stays letter for letter what it says.

Only what is joined by `and` comes apart: each condition of a list of conditions stands for itself. In a text with
braces the broken ones go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial

from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import InvalidDefinition, InvalidExpression
from sartor.platform.expressions import check, parse, print_expression
from sartor.platform.expressions.merging import alternatives, pieces
from sartor.platform.expressions.nodes import Chain, Node, Path, rebuilt, walk
from sartor.platform.publishing.uses.references import Noting, Reference

MISTYPED = 0.8
"""How alike two names are, of 1, of which one is taken for the other mistyped; what merely resembles is not meant."""


@dataclass(frozen=True, slots=True)
class Mended:
    """text: what is left. gone: the parts that were taken out. instead: (what was said, what is said now)."""

    text: str
    gone: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


def mended_text(documents: Documents, kinds: Kinds, key: str, pointer: str, text: str) -> Mended | None:
    """An expression, or a text with some, without what is wrong in it; None where nothing would be left of it."""
    draft = compile_draft(documents, kinds, 0, partial(Reading, sought=(key, pointer)))
    assert isinstance(draft, Reading)
    found = draft.at
    if found is None or found.wish is None:
        return None
    reader = Reader(draft, found)
    try:
        return reader.merged(text) if found.merged else reader.condition(text)
    except InvalidExpression:
        return None


@dataclass(slots=True)
class Reading(Noting):
    """A workbench that remembers how one place is read, right or wrong."""

    sought: tuple[str, str] = ("", "")

    @property
    def at(self) -> Reference | None:
        return next((each for each in self.found if (each.key, each.pointer) == self.sought and each.wish), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """Judges parts of what stands at one place."""

    draft: Reading
    at: Reference

    def condition(self, text: str) -> Mended | None:
        """Of conditions that are joined by `and` those that hold together."""
        node = parse(text)
        parts = node.items if isinstance(node, Chain) and set(node.operators) == {"and"} else (node,)
        kept: list[Node] = []
        gone: list[str] = []
        instead: list[tuple[str, str]] = []
        for part in parts:
            fault = self._fault(print_expression(part))
            other = self._otherwise(part, fault) if fault is not None else part
            if other is None:
                gone.append(print_expression(part))
            else:
                kept.append(other)
                instead += [] if other is part else [(print_expression(part), print_expression(other))]
        if not kept or (not gone and not instead):
            return None
        left = kept[0] if len(kept) == 1 else Chain(("and",) * (len(kept) - 1), tuple(kept))
        return Mended(print_expression(left), tuple(gone), tuple(instead))

    def merged(self, text: str) -> Mended | None:
        """A text without the braces that say nothing any more, or with what they fall back on."""
        result, gone = text, []
        for piece in reversed([each for each in pieces(text) if each.merged]):
            parts = alternatives(piece.text)
            sound = [each for each in parts if self._fault(each) is None]
            if sound == parts:
                continue
            gone += [each for each in parts if each not in sound]
            if sound:
                result = result[: piece.start] + " " + " ?? ".join(sound) + " " + result[piece.end :]
            else:
                result = result[: piece.start - 2] + result[piece.end + 2 :]
        return Mended(result, tuple(reversed(gone))) if gone and result.strip() else None

    def _fault(self, text: str) -> InvalidExpression | InvalidDefinition | None:
        wish = self.at.wish
        assert wish is not None
        try:
            check(text, self.draft.scope, wish.entity, expect=wish.expect, roots=wish.roots, aggregates=wish.aggregates)
        except (InvalidExpression, InvalidDefinition) as fault:
            return fault
        return None

    def _otherwise(self, part: Node, fault: InvalidExpression | InvalidDefinition) -> Node | None:
        """The same with the field that was probably meant, where there is one and it fits."""
        near = fault.near if isinstance(fault, InvalidExpression) else None
        for each in self._paths(part, near or ""):
            made = rebuilt(part, partial(_put, each))
            if self._fault(print_expression(made)) is None:
                return made
        return None

    @staticmethod
    def _paths(part: Node, near: str) -> Iterator[Path]:
        for each in walk(part) if near else ():
            if isinstance(each, Path):
                for place, step in enumerate(each.steps):
                    if SequenceMatcher(None, step, near).ratio() < MISTYPED:
                        continue
                    yield replace(each, steps=(*each.steps[:place], near, *each.steps[place + 1 :]))


def _put(path: Path, node: Node) -> Node:
    """The path, where it stands; every other node as it is."""
    return path if isinstance(node, Path) and node.position == path.position else node
