"""How much of a file is read before it is refused, so that no upload exhausts a process."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """rows, columns: of the table; cell_chars: of one cell; the rest guards the zip archive of a workbook.

    unpacked_bytes: all entries together; shared_bytes: memory for the shared texts, which have to be held;
    entries: number of files inside; ratio: unpacked to packed size, judged above 16 MiB unpacked.
    """

    rows: int = 1_000_000
    columns: int = 1_000
    cell_chars: int = 1_000_000
    unpacked_bytes: int = 2048 * MIB
    shared_bytes: int = 256 * MIB
    entries: int = 5_000
    ratio: int = 200
