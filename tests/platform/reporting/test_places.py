"""Places of cards: the same as on the canvas of their designer (`grid.test.ts`)."""

from __future__ import annotations

from sartor.platform.model import Card
from sartor.platform.reporting.places import Box, boxes_of, room


def boxes(**cards: tuple[int, int, int, int]) -> dict[str, Box]:
    return boxes_of(Card(name, None, *place) for name, place in cards.items())


def test_cards_that_lie_apart_stay_where_they_are():
    found = boxes(a=(0, 0, 6, 2), b=(6, 0, 6, 2), c=(0, 2, 12, 3))
    assert found == {"a": Box(0, 0, 6, 2), "b": Box(6, 0, 6, 2), "c": Box(0, 2, 12, 3)}


def test_cards_over_one_another_make_room():
    assert boxes(a=(0, 0, 6, 4), b=(0, 1, 6, 4))["b"] == Box(0, 4, 6, 4)


def test_cards_rise_as_far_as_they_can():
    assert boxes(a=(0, 3, 4, 2), b=(4, 9, 4, 2)) == {"a": Box(0, 0, 4, 2), "b": Box(4, 0, 4, 2)}


def test_they_are_read_row_by_row():
    assert list(boxes(low=(0, 2, 6, 2), right=(6, 0, 6, 2), left=(0, 0, 6, 2))) == ["left", "right", "low"]


def test_a_card_has_room_for_whole_records():
    assert [room(height, True) for height in (1, 3, 4, 5, 8)] == [1, 1, 3, 4, 7]
    assert [room(height, False) for height in (1, 3, 4, 5, 8)] == [1, 2, 4, 5, 10]
