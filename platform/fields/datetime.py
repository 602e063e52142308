"""A moment, in UTC inside and in the reader's zone for people. Kept to the millisecond, as forms can hold it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sartor.platform.expressions.types import INSTANT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.clock import (
    day_from_json,
    instant_from_json,
    instant_from_text,
    local_text,
    show_instant,
    wire,
    zone,
)
from sartor.platform.fields.date import PERIODS
from sartor.platform.fields.refusal import Parsed
from sartor.platform.model import Field, Model


def to_millisecond(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


class Instant(FieldType):
    """What every field with a moment has in common."""

    group = "time"
    operators = PERIODS
    aggregates = ("min", "max")
    example = "2026-05-01T08:00:00.000000Z"
    options_schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.INSTANT),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return INSTANT

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(instant_from_json)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def dump(self, field: Field, value: datetime | None) -> str | None:
        return wire(value) if value else None

    def load(self, field: Field, *columns: Any) -> datetime | None:
        return datetime.fromisoformat(columns[0]) if columns[0] else None

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        return self.dump(field, instant_from_text(cell, reading))

    def write_text(self, field: Field, value: datetime | None, purpose: str, language: str) -> Any:
        """For a spreadsheet the reader's local time without a zone, since cells know none."""
        if value is None or purpose != "spreadsheet":
            return self.dump(field, value)
        return value.astimezone(zone()).replace(tzinfo=None)

    def write_form(self, field: Field, value: datetime | None, reading: Reading) -> str:
        return local_text(value, ZoneInfo(reading.zone), "T") if value else ""

    def show(self, field: Field, value: datetime | None, language: str) -> str:
        return show_instant(value, language) if value else ""

    def literal(self, field: Field, value: Any) -> str:
        """A day will do: an instant beside a day is compared by its local day."""
        if isinstance(value, str) and len(value) == len("2026-05-01"):
            return f"d'{day_from_json(value).isoformat()}'"
        return f"d'{wire(instant_from_json(value))}'"


class Datetime(Instant):
    key = "datetime"
    label = {"en": "Date and time", "zh": "日期时间"}
    icon = "clock"
    widget = "datetime"

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: to_millisecond(instant_from_json(value)))

    def store(self, field: Field, value: datetime | None) -> tuple[datetime | None]:
        return (to_millisecond(value) if value else None,)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"zone": zone().key}
