"""Where the cards of a dashboard stand: no two over one another, each risen as far as it can, as in its designer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sartor.platform.model import Card


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
