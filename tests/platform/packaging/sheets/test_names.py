"""What tables are called: one of them, and many."""

from __future__ import annotations

import pytest

from sartor.platform.packaging.sheets.names import plural, singular


@pytest.mark.parametrize(
    ("many", "one"),
    [("Customers", "Customer"), ("Price lists", "Price list"), ("Companies", "Company"), ("Boxes", "Box"),
     ("People", "People"), ("Sales staff", "Sales staff"), ("News", "News"), ("Series", "Series")],
)  # fmt: skip
def test_many_and_one(many: str, one: str) -> None:
    assert (singular(many), plural(one)) == (one, many)
