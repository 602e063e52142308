"""A day of the calendar, without a time and without a zone."""

from __future__ import annotations

from datetime import date
from typing import Any

from sartor.platform.expressions.types import DATE, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.clock import day_from_json, day_from_text, show_day
from sartor.platform.fields.refusal import Parsed
from sartor.platform.model import Field, Model

PERIODS = (
    "in_period", "in_last_days", "in_next_days", "on", "before", "after", "not_before", "not_after", "between",
    "not_between", "not_on", "not_in_period", "over_days_ago", "in_over_days", "is_yesterday", "is_tomorrow", "is_past",
    "is_future", "is_blank", "is_not_blank",
)  # fmt: skip


class Date(FieldType):
    key = "date"
    label = {"en": "Date", "zh": "日期"}
    icon = "calendar"
    group = "time"
    widget = "date"
    operators = PERIODS
    aggregates = ("min", "max")
    example = "2026-05-01"
    options_schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.DATE),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return DATE

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(day_from_json)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def dump(self, field: Field, value: date | None) -> str | None:
        return value.isoformat() if value else None

    def load(self, field: Field, *columns: Any) -> date | None:
        return date.fromisoformat(columns[0]) if columns[0] else None

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return self.dump(field, day_from_text(cell, reading))

    def write_text(self, field: Field, value: date | None, purpose: str, language: str) -> Any:
        return value if purpose == "spreadsheet" else self.dump(field, value)

    def write_form(self, field: Field, value: date | None, reading: Reading) -> str:
        return self.dump(field, value) or ""

    def show(self, field: Field, value: date | None, language: str) -> str:
        return show_day(value, language) if value else ""

    def literal(self, field: Field, value: Any) -> str:
        return f"d'{day_from_json(value).isoformat()}'"
