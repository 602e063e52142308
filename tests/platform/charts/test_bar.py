"""Lying bars leave room for the numbers at their ends."""

from __future__ import annotations

import pytest

from sartor.platform.charts.bar import GAP, LETTER, NARROW, beside


@pytest.mark.parametrize(("text", "letters"), [("$3.51M", 6), ("US$225.2万", 10), ("", 0)])
def test_the_longest_number_fits_beside_the_longest_bar_on_a_phone(text: str, letters: int) -> None:
    low, high = beside([100.0, 80.0, None], [text, "1"])
    assert low == 0.0
    assert NARROW * (high - 100.0) / high == pytest.approx(GAP + LETTER * max(letters, 1))


def test_bars_keep_half_of_the_width() -> None:
    assert beside([100.0], ["x" * 60]) == [0.0, 200.0]


def test_bars_to_the_left_get_room_there() -> None:
    low, high = beside([-40.0, -20.0], ["-40"])
    assert (low < -40.0, high) == (True, 0.0)


@pytest.mark.parametrize("heights", [[], [0.0], [None]])
def test_nothing_has_a_range_as_well(heights: list[float | None]) -> None:
    low, high = beside(heights, [])
    assert low < high
