"""Long files are read and written in constant memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from sartor.platform.records.files.reading import open_table
from sartor.platform.records.files.writing import CsvWriter, XlsxWriter

ROWS = {".csv": 40_000, ".xlsx": 4_000}


def write(path: Path, rows: int) -> None:
    with path.open("wb") as stream:
        writer = (CsvWriter if path.suffix == ".csv" else XlsxWriter)(
            stream, ["id", "name", "note"], purpose="transfer"
        )
        for number in range(rows):
            writer.write([number, f"Company {number}", "a note, of some length"])
        writer.close()


def read(path: Path, rows: int) -> None:
    assert sum(1 for _row in open_table(path, name=path.name).rows()) == rows


def peak(work: Callable[[Path, int], None], path: Path, rows: int) -> int:
    tracemalloc.start()
    work(path, rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_four_times_the_rows_take_no_more_memory(tmp_path: Path, suffix: str) -> None:
    few = ROWS[suffix]
    for work in (write, read):
        small = peak(work, tmp_path / f"small{suffix}", few)
        large = peak(work, tmp_path / f"large{suffix}", 4 * few)
        assert large < small + 2_500_000, (work.__name__, small, large)
