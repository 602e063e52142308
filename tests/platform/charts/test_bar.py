"""Lying bars leave room for the numbers at their ends."""

from __future__ import annotations

import pytest

from sartor.platform.charts.bar import BESIDE, beside


def test_the_range_reaches_beyond_the_longest_bar() -> None:
    low, high = beside([100.0, 80.0, None])
    assert (low, high) == (0.0, 100.0 * (1 + BESIDE))


def test_bars_to_the_left_get_room_there() -> None:
    assert beside([-40.0, -20.0]) == [-50.0, 0.0]


@pytest.mark.parametrize("heights", [[], [0.0], [None]])
def test_nothing_has_a_range_as_well(heights: list[float | None]) -> None:
    low, high = beside(heights)
    assert low < high
