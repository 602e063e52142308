"""The first look at a file: its columns with samples, what each seems to hold, and which field it seems to be for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.fields.wording import cell_text
from sartor.platform.records.files.guess import Guess, guess_columns
from sartor.platform.records.files.mapping import Suggestion
from sartor.platform.records.files.table import Row, Table
from sartor.platform.records.importing.doubting import plausible
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.targets import fillable, require_import, suggestions
from sartor.platform.text import pick

LOOKED_AT = 200
SHOWN = 20
SAMPLES = 5


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column. chosen: the field that it goes into as the plan stands, None where it is left out.

    dates: the format that the plan says its days are written in.
    """

    column: str
    samples: tuple[str, ...]
    guess: Guess
    suggestion: Suggestion | None
    chosen: str | None
    dates: str | None = None

    def as_dict(self) -> dict[str, Any]:
        guess, said = self.guess, self.suggestion
        return {
            "column": self.column,
            "samples": list(self.samples),
            "kind": guess.kind,
            "certain": guess.certain,
            "formats": list(guess.formats),
            "misfits": list(guess.misfits),
            "blank_words": list(guess.blank_words),
            "blanks": guess.blanks,
            "suggestion": None
            if said is None
            else {"field": said.target, "score": said.score, "reason": said.reason, "sure": said.sure},
            "chosen": self.chosen,
        }


@dataclass(frozen=True, slots=True)
class FilePreview:
    """The file as it would be read. rows: about how many; missing: needed fields that no column fills."""

    table: Table
    columns: tuple[ColumnPreview, ...]
    sample: tuple[Row, ...]
    missing: tuple[str, ...]

    @property
    def plan_dates(self) -> dict[str, str]:
        """Date formats that are clear from the sample, for columns whose days do not begin with the year."""
        return {each.column: each.guess.formats[0] for each in self.columns if _is_clear_date(each.guess)}

    def as_dict(self) -> dict[str, Any]:
        table = self.table
        return {
            "name": table.name, "format": table.format, "encoding": table.encoding, "delimiter": table.delimiter,
            "sheets": list(table.sheets), "sheet": table.sheet, "header_row": table.header_row,
            "rows": table.row_count_hint, "columns": [each.as_dict() for each in self.columns],
            "sample": [{"row": row.number, "cells": [cell_text(cell) for cell in row.values]} for row in self.sample],
            "missing": list(self.missing), "dates": self.plan_dates,
            "warnings": [problem.as_dict() for problem in table.warnings],
        }  # fmt: skip


def preview_file(plan: ImportPlan, table: Table, context: Context) -> FilePreview:
    """Look at the beginning of a file.

    :raises Forbidden: without the right to import such records.
    """
    entity = require_import(context, plan)
    rows = table.sample(LOOKED_AT)
    guesses = guess_columns(table.columns, rows)
    resembling = suggestions(table.columns, entity, context, migrate=plan.migrate)
    proposed = plausible(resembling, entity, rows, guesses)
    sure = {column: each.target for column, each in proposed.items() if each.sure}
    chosen = sure if plan.columns is None else plan.columns
    columns = tuple(
        ColumnPreview(
            column,
            _samples(rows, place),
            guesses[column],
            proposed.get(column),
            chosen.get(column) or None,
            plan.dates.get(column),
        )
        for place, column in enumerate(table.columns)
    )
    filled = {path.partition(".")[0] for path in chosen.values() if path}
    missing = tuple(
        pick(item.label)
        for item in fillable(entity, context, migrate=plan.migrate)
        if item.required and item.default is None and item.name not in filled and not item.type.pipelines(item)
    )
    return FilePreview(table, columns, tuple(rows[:SHOWN]), missing)


def _samples(rows: list[Row], place: int) -> tuple[str, ...]:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for row in rows:
        text = cell_text(row.values[place])
        if text is not None:
            found.setdefault(text[:80])
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _is_clear_date(guess: Guess) -> bool:
    dated = guess.kind in ("date", "datetime") and len(guess.formats) == 1
    return dated and not guess.formats[0].startswith("Y-M-D")
