"""Where the cards of a dashboard stand, no two over one another, each risen as far as it can, as in its designer; and
how many records of a list one has room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sartor.platform.model import Card

UNIT, AROUND = 64, 95
"""Pixels of a row of the grid, and of what is no record: the gap below a card, its borders, heading and foot."""
LEAST_ON_PHONE = 272
"""Pixels of the lowest card there, with the gap below it."""
SINGLE, DOUBLE = (36, 38), (53, 55)
"""Pixels of a record on one line or on two: on a desk, and on a phone, where letters are greater."""


def room(height: int, has_second_line: bool) -> int:
    """How many whole records of a list a card shows everywhere; what would be cut at its edge is left out."""
    desk, phone = DOUBLE if has_second_line else SINGLE
    whole = UNIT * height
    return max(1, min((whole - AROUND) // desk, (max(whole, LEAST_ON_PHONE) - AROUND) // phone))


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the twelve columns, counted from 0."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: Box) -> bool:
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not beside and self.y < other.y + other.height and other.y < self.y + self.height


def boxes_of(cards: Iterable[Card]) -> dict[str, Box]:
    """The places of cards by name, in the order in which they are read."""
    given = {card.name: Box(card.x, card.y, card.width, card.height) for card in cards}
    apart: dict[str, Box] = {}
    for name in _reading(given):
        box = given[name]
        while (other := _met(box, apart.values())) is not None:
            box = replace(box, y=other.y + other.height)
        apart[name] = box
    risen: dict[str, Box] = {}
    for name in _reading(apart):
        box = apart[name]
        while box.y > 0 and _met(up := replace(box, y=box.y - 1), risen.values()) is None:
            box = up
        risen[name] = box
    return {name: risen[name] for name in _reading(risen)}


def _reading(boxes: Mapping[str, Box]) -> list[str]:
    return sorted(boxes, key=lambda name: (boxes[name].y, boxes[name].x, name))


def _met(box: Box, others: Iterable[Box]) -> Box | None:
    return next((other for other in others if box.meets(other)), None)
