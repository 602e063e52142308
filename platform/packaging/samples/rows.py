"""The sample rows of blueprints as pages would show them, without installing anything: texts by field."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from io import StringIO
from typing import Any

import marshmallow as ma

from sartor.platform.fields.base import ColumnKind, Reading
from sartor.platform.model import Field, Model
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.samples.dates import sample_day, sample_instant
from sartor.platform.text import language, listed

Row = Mapping[str, str]
MOST = 400
"""Rows of a file that are read: enough for a picture."""


class SampleRows:
    """model: of the blueprints together. today: what the relative days of samples are counted from."""

    def __init__(self, blueprints: Iterable[Blueprint], model: Model, today: date) -> None:
        self.model = model
        self.today = today
        self._files: dict[str, list[str]] = {}
        for blueprint in blueprints:
            for name, text in blueprint.table("samples").items():
                self._files.setdefault(name, []).append(text)
        self._rows: dict[str, list[Row]] = {}

    def of(self, entity: str) -> list[Row]:
        """The rows of an entity, in the order of the files."""
        if entity not in self._rows:
            self._rows[entity] = [row for text in self._files.get(entity, ()) for row in _read(text)]
        return self._rows[entity]

    def text(self, entity: str, name: str, row: Row) -> str:
        """A value in the reader's words; empty for what no sample says (formulas, roll-ups)."""
        cell = row.get(name, "")
        field = self.model.entities[entity].fields.get(name)
        if not cell or field is None:
            return ""
        try:
            return self._title(field, cell) if self.is_pointing(entity, name) else self._said(field, cell)
        except (ValueError, ma.ValidationError):
            return ""

    def is_pointing(self, entity: str, name: str) -> bool:
        """Whether a field leads to other records."""
        field = self.model.entities[entity].fields.get(name)
        return field is not None and bool(field.type.targets(field))

    def _said(self, field: Field, cell: str) -> str:
        value = field.type.schema_field(field).deserialize(self._json(field, cell))
        return str(field.type.show(field, value, language()))

    def _json(self, field: Field, cell: str) -> Any:
        kinds = [column.kind for column in field.type.columns(field)]
        if kinds[:1] == [ColumnKind.DATE]:
            return sample_day(cell, self.today).isoformat()
        if kinds[:1] == [ColumnKind.INSTANT]:
            return sample_instant(cell, self.today, "UTC").isoformat()
        return field.type.read_text(field, cell, Reading(exact=not field.type.members(field)))

    def _title(self, field: Field, cell: str) -> str:
        """The titles of the rows that a cell points to by their keys."""
        target = field.type.targets(field)[0]
        named = [each.strip().rpartition(":") for each in cell.split(";")]
        found = [self._named(entity or target, key) for entity, _colon, key in named]
        return listed(title for title in found if title)

    def _named(self, entity: str, key: str) -> str:
        row = self._by_key.get((entity, key), {})
        return row.get(self.model.entities[entity].title, "") if entity in self.model.entities else ""

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Row]:
        return {(entity, row.get("key", "")): row for entity in self._files for row in self.of(entity)}


def _read(text: str) -> list[Row]:
    rows = csv.DictReader(StringIO(text, newline=""))
    return [row for row, _number in zip(rows, range(MOST), strict=False)]
