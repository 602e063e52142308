"""What stood beside a card that is gone from a dashboard: it shares the room, so that no hole is left."""

from __future__ import annotations

from typing import Any

CARDS = "cards"
"""The map of a dashboard that they stand in."""
PLACE = ("x", "y", "width", "height")


def close_up(cards: dict[str, Any], gone: Any) -> None:
    """Widen the cards of the row that a card stood in, in proportion; what stands below rises by itself.

    A row of cards that are not all as high, or do not begin in the same row of the grid, stays: what is below a lower
    one may stand beside a higher one. So does one that is not drawn properly yet.
    """
    if not all(isinstance(each.get(name), int) for each in [gone, *cards.values()] for name in PLACE):
        return
    top, bottom = gone["y"], gone["y"] + gone["height"]
    row = [each for each in cards.values() if each["y"] < bottom and top < each["y"] + each["height"]]
    if any((each["y"], each["height"]) != (top, gone["height"]) for each in row):
        return
    start, room = min(each["x"] for each in [gone, *row]), sum(each["width"] for each in [gone, *row])
    whole, taken = room - gone["width"], 0
    for each in sorted(row, key=lambda each: int(each["x"])):
        left = start + round(taken * room / whole)
        taken += each["width"]
        each["x"], each["width"] = left, start + round(taken * room / whole) - left
