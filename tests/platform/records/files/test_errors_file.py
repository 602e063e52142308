"""Rows that an import refused, to be corrected and imported again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables import read

from sartor.platform.records.files.errors_file import ErrorsFile, added_columns, without_added
from sartor.platform.records.files.reading import open_table


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_refused_rows_come_with_their_number_and_every_reason(tmp_path: Path, suffix: str) -> None:
    table = read("name,phone\nAnna,+86 138\nMeier, Ben,5\n")
    with ErrorsFile(tmp_path / f"errors{suffix}", table.columns) as errors:
        for row in table.rows():
            errors.write(row, ["There is no such city."])
    found = open_table(tmp_path / f"errors{suffix}", name="errors")
    first, second = found.rows()
    assert found.columns == ("name", "phone", "row", "reason")
    assert first.values[:2] == ("Anna", "+86 138")
    assert (str(first.values[2]), first.values[3]) == ("2", "There is no such city.")
    assert str(second.values[3]).startswith("Row 3 has 3 cells")
    assert errors.rows == 2


def test_the_added_columns_give_way_to_columns_of_the_same_name() -> None:
    assert added_columns(["row", "name"]) == ("row (2)", "reason")


@pytest.mark.parametrize(
    ("columns", "own"),
    [
        (["name", "row", "reason"], ("name",)),
        (["row", "name", "row (2)", "reason"], ("row", "name")),
        (["name", "reason"], ("name", "reason")),
        (["row", "reason", "name"], ("row", "reason", "name")),
    ],
)
def test_a_corrected_file_is_known_by_its_last_columns(columns: list[str], own: tuple[str, ...]) -> None:
    assert without_added(columns) == own
