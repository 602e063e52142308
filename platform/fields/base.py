"""What a field type is: everything that the platform must know about one kind of value, in one class.

A value has four forms. The *value* is what rules, formulas and pages work with (Decimal, date, Money …). *Columns*
are what is stored: `store` makes them, and storage turns them into what the database wants. *Wire columns* are what
reading gives: JSON-ready texts and numbers, so that the API never builds a Decimal or a date only to print it.
*Text* is what files and people write.

A field type asks and receives: it names its columns and whether it wants the title of what it points to. It never
joins, executes or renders.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import marshmallow as ma

from sartor.platform.expressions.types import Type
from sartor.platform.model import Field, Model
from sartor.platform.registry import Plugin


class ColumnKind(StrEnum):
    """How a column is stored. Wire form in brackets.

    TEXT (str) · INTEGER (int) · DECIMAL (decimal text) · BOOLEAN (bool) · DATE (`2026-05-01`) ·
    INSTANT (`2026-05-01T08:00:00.000000Z`) · ID (int).
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """One physical column of a field: its name is the field's `stored_as` and this suffix.

    scale: digits after the point, for DECIMAL. target: the entity whose table a foreign key points to.
    """

    suffix: str
    kind: ColumnKind
    scale: int = 0
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """A side table for a field with many values: one row for each, in this kind of column.

    extra: further columns of a member (role of a linked contact). target as in Column.
    """

    kind: ColumnKind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says where a record is meant: to be found by id, unique field or title."""

    targets: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts in one file are to be read.

    date_format: `%Y-%m-%d` and so on; None accepts ISO only. decimal_mark: `.` or `,`.
    """

    language: str = "en"
    zone: str = "UTC"
    date_format: str | None = None
    decimal_mark: str = "."
    region: str = "CN"


class FieldType(Plugin):
    """Subclass in a module of this package, fill in the blanks; the registry finds it.

    group: palette group in the builder (text, number, time, choice, relation, people, computed).
    widget: the kind of input on forms. operators: keys of `operators.py` that filters offer, the default first.
    """

    group: ClassVar[str]
    widget: ClassVar[str]
    operators: ClassVar[Sequence[str]]

    computed: ClassVar[bool] = False
    """The writer makes the value; nobody else may send one (but for the purpose `migrate`)."""
    asks_title: ClassVar[bool] = False
    """Reading hands `dump` the title of the target and whether it is deleted, after the columns."""
    sortable: ClassVar[bool] = True
    aggregates: ClassVar[Sequence[str]] = ()
    """Totals that make sense: `sum avg min max`."""
    align: ClassVar[str] = "start"

    @abstractmethod
    def columns(self, field: Field) -> tuple[Column, ...]:
        """The value's column first; then companions (currency) and shadows (`__fold`, `__sort`)."""

    def members(self, field: Field) -> Members | None:
        """The side table, for a field with many values."""
        return None

    @abstractmethod
    def expression_type(self, field: Field, model: Model) -> Type:
        """What the field is in an expression."""

    def targets(self, field: Field) -> tuple[str, ...]:
        """Entities whose records the value points to."""
        return ()

    def prepare(self, field: Field, model: Model) -> Any:
        """Work out `field.details` once per revision; raise InvalidDefinition for options that cannot work."""
        return None

    # ---- JSON in and out

    @abstractmethod
    def schema_field(self, field: Field) -> ma.fields.Field:
        """Parses JSON into a value. Never `required`: that is the writer's rule."""

    def dump(self, field: Field, value: Any) -> Any:
        """JSON of a value."""
        return value

    def dump_wire(self, field: Field) -> Callable[..., Any] | None:
        """A function from wire columns to JSON; None where the first wire column is the JSON already."""
        return None

    # ---- columns in and out

    def store(self, field: Field, value: Any) -> tuple[Any, ...]:
        """One Python value for each column."""
        return (value,)

    def load(self, field: Field, *columns: Any) -> Any:
        """The value from wire columns."""
        return columns[0]

    # ---- text in and out

    @abstractmethod
    def read_text(self, field: Field, cell: Any, reading: Reading) -> Any:
        """A cell of a file, or what a person typed, as JSON for `schema_field` (or `Wanted`).

        :raises ValueError: with a sentence for the person who wrote the file.
        """

    def write_text(self, field: Field, value: Any, purpose: str, language: str) -> Any:
        """A cell for a file. purpose: `spreadsheet` (for people) or `transfer` (exact)."""
        return value

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        """JSON for `schema_field` from the inputs of a form; `get("")` are the texts of the field's own input."""
        texts = get("")
        return self.read_text(field, texts[0], reading) if texts and texts[0].strip() else None

    # ---- for people

    def show(self, field: Field, value: Any, language: str) -> str:
        """The value as a person reads it."""
        return "" if value is None else str(value)

    def widget_options(self, field: Field, language: str) -> Mapping[str, Any]:
        """What the input needs to know: limits, choices, where to search."""
        return {}

    def search_text(self, field: Field, value: Any) -> str | None:
        """What search should find the record by."""
        return None

    def literal(self, field: Field, value: Any) -> str:
        """The JSON value written in the expression language, for filters made by clicking."""
        from_text = str(value).replace("'", "''")
        return f"'{from_text}'"
