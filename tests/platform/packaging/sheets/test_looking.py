"""A long table is judged by its beginning, and read to its end only for what that cannot tell."""

from __future__ import annotations

from typing import Any

import pytest

from sartor.platform.packaging.sheets import looking

ROWS = 500


@pytest.fixture
def long(propose: Any, monkeypatch: Any) -> Any:
    """What is proposed for a table of which only a fifth is looked at."""
    monkeypatch.setattr(looking, "LOOKED_AT", 100)

    def made(last: str) -> Any:
        lines = [f"K{number},{'open' if number < 300 else 'closed'},{number}" for number in range(ROWS)]
        return propose(orders="\n".join(["order,state,amount", *lines, last])).sheets[0]

    return made


def test_it_says_by_how_many_rows_it_judged(long: Any) -> None:
    assert ((found := long("K500,open,1")).looked, found.rows, found.whole) == (100, ROWS + 1, False)


def test_choices_are_those_of_the_whole_file(long: Any) -> None:
    choices = long("K500,lost,1").column("state").options["choices"].values()
    assert sorted(each["label"] for each in choices) == ["closed", "lost", "open"]


@pytest.mark.parametrize(("last", "key"), [("K500,open,1", True), ("k7,open,1", False), (",open,1", False)])
def test_a_key_is_one_only_if_the_last_row_differs_too(long: Any, last: str, key: bool) -> None:
    assert long(last).column("order").unique is key


def test_rows_with_faults_of_their_own_are_counted_and_not_judged(propose: Any) -> None:
    found = propose(rows="id,when\n1,2026-01-01\n2,2026-01-02,surplus\n3,2026-01-03\n").sheets[0]
    assert (found.looked, found.broken, found.column("when").filled) == (2, 1, 2)
