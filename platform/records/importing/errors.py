"""The rows that an import refused, as a file that can be corrected and imported again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sartor.platform.records.files.errors_file import ErrorsFile
from sartor.platform.records.files.table import Table
from sartor.platform.records.importing import ledger
from sartor.platform.storage.engine import Database


def write_errors(database: Database, number: int, table: Table, path: Path) -> int:
    """Write refused rows with their reasons, and rows whose record lacks something that was named later.

    :return: how many rows.
    """
    refused = ledger.entries(database, number, noted=True)
    waiting = next((entry for entry in refused if entry.reasons), None)
    with ErrorsFile(path, table.columns) as errors:
        for row in table.rows():
            while waiting is not None and waiting.row < row.number:
                waiting = next((entry for entry in refused if entry.reasons), None)
            if waiting is not None and waiting.row == row.number:
                errors.write(row, [told(reason) for reason in waiting.reasons])
        return errors.rows


def told(reason: Mapping[str, Any]) -> str:
    """`column: what is wrong`."""
    field, message = reason.get("field"), str(reason["message"])
    return f"{field}: {message}" if field else message
