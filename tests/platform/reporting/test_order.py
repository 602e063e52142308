"""Groups stand in one order, whatever the database answered first."""

from __future__ import annotations

from itertools import permutations

from sartor.platform.query.question import Term
from sartor.platform.reporting.axes import FieldAxis
from sartor.platform.reporting.order import Ordering


class Namesakes(FieldAxis):
    """An axis whose groups all have the same name."""

    name = "account"

    def __init__(self) -> None:
        pass

    def place(self, key: str) -> str:
        return "Ann"


def test_groups_of_one_name_and_one_number_stand_by_their_keys() -> None:
    ordering = Ordering([Namesakes()], [Term("count", True)], lambda name, key: 1, "count")
    keys = [("a",), ("b",), ("c",), (None,)]
    assert {tuple(ordering.of(each)) for each in permutations(keys)} == {tuple(keys)}
