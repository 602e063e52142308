"""Long files are read and written in constant memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from sartor.platform.records.files.reading import open_table
from sartor.platform.records.files.writing import CsvWriter, XlsxWriter

ROWS = {".csv": 20_000, ".xlsx": 12_000}


def write(path: Path, rows: int) -> None:
    with path.open("wb") as stream:
        writer = (CsvWriter if path.suffix == ".csv" else XlsxWriter)(
            stream, ["id", "name", "note"], purpose="transfer"
        )
        for number in range(rows):
            writer.write([number, f"Company {number}", "a note, of some length"])
        writer.close()


def stream(path: Path, rows: int) -> None:
    assert sum(1 for _row in open_table(path, name=path.name).rows()) == rows


def hold(path: Path, rows: int) -> None:
    assert len(list(open_table(path, name=path.name).rows())) == rows


def peak(work: Callable[[Path, int], None], path: Path, rows: int) -> int:
    tracemalloc.start()
    work(path, rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_go_through_without_being_held(tmp_path: Path, suffix: str) -> None:
    path, rows = tmp_path / f"deals{suffix}", ROWS[suffix]
    writing, reading, holding = (peak(work, path, rows) for work in (write, stream, hold))
    assert writing * 3 < holding
    assert reading * 3 < holding
