"""What a field type is: everything that the platform must know about one kind of value, in one class.

A value has four forms. The *value* is what rules, formulas and pages work with (Decimal, date, Money …). *Columns*
are what is stored: `store` makes them, and storage turns them into what the database wants. *Wire columns* are what
reading gives: JSON-ready texts and numbers, so that the API never builds a Decimal or a date only to print it.
*Text* is what files and people write.

A field type asks and receives: it names its columns and whether it wants the title of what it points to. It never
joins, executes or renders.

Readers select the columns that are not shadows. A field with `members` has no columns: `store` answers one value for
each member, `load_members` and `dump_members` get one tuple for each, the wire value first.

Expressions know simpler values still (an amount without its currency, the key of a stage): `operand` and `attribute`
make them, `from_operand` goes back.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

import marshmallow as ma

from sartor.platform.expressions.types import Type
from sartor.platform.fields.drawing import Drawing
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief
from sartor.platform.model import Field, Model
from sartor.platform.model.formula import Formula
from sartor.platform.registry import Plugin, Registry
from sartor.platform.text import fold
from sartor.platform.text import gettext as _


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


LIMITS = ("minimum", "maximum", "max_length", "max", "currency")
"""Options that say which values may be written; those that are there may be others."""


@dataclass(frozen=True, slots=True)
class Column:
    """One physical column of a field: its name is the field's `stored_as` and this suffix.

    scale: digits after the point, for DECIMAL. target: the entity whose table a foreign key points to.
    shadow: written for comparing and sorting, never read back; shadows come last.
    """

    suffix: str
    kind: ColumnKind
    scale: int = 0
    target: str | None = None
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """A side table for a field with many values: one row for each, in this kind of column, in the order given.

    target as in Column. folded: compared and unique by `text.fold`, so the side table keeps that form too.
    """

    kind: ColumnKind
    target: str | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says where a record is meant: to be found by id, unique field or title."""

    targets: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts in one file are to be read.

    date_format: `%Y-%m-%d` and so on; None accepts dates that begin with the year. decimal_mark: `.` or `,`.
    exact: the file was written for transfer (`write_text` with that purpose), so `0.15` is 15 %, not 0.15 %.
    """

    language: str = "en"
    zone: str = "UTC"
    date_format: str | None = None
    decimal_mark: str = "."
    region: str = "CN"
    exact: bool = False


class FieldType(Plugin):
    """Subclass in a module of this package, fill in the blanks; the registry finds it.

    group: palette group in the builder (text, number, time, choice, relation, people, computed).
    widget: the kind of input on forms. operators: keys of `operators.py` that filters offer, the default first.
    example: JSON as `schema_field` takes it and `dump` gives it, for a field with `example_options`.
    """

    group: ClassVar[str]
    widget: ClassVar[str]
    operators: ClassVar[Sequence[str]]

    example_options: ClassVar[Mapping[str, Any]] = {}
    family: Registry[FieldType] | None = None
    """The registry that holds this type, for types that are made of others."""

    computed: ClassVar[bool] = False
    """The writer makes the value; nobody else may send one (but for the purpose `migrate`)."""
    asks_title: ClassVar[bool] = False
    """Reading hands `dump` the title of the target and whether it is deleted, after the columns."""
    tells_blanks: ClassVar[bool] = False
    """`dump_wire` is asked about blank values, too: the other columns may tell why there is none."""
    sortable: ClassVar[bool] = True
    aggregates: ClassVar[Sequence[str]] = ()
    """Totals that make sense: `sum avg min max`."""
    choosing: ClassVar[Mapping[str, str]] = {}
    """Where no list of choices is designed and values are one of few all the same: JSON of each -> operator for it."""
    coloured: ClassVar[bool] = False
    """A value may have a colour of its own (`colour` of the `options` that its input is told)."""
    align: ClassVar[str] = "start"
    system: ClassVar[bool] = False
    """Every entity has such a field by itself; the builder does not offer it."""
    unique: ClassVar[bool] = False
    """No two live records may agree in it, whatever the definition says."""
    in_files: ClassVar[bool] = True
    """The value fits into one cell of a file."""
    unused: ClassVar[Sequence[str]] = ("formula",)
    """Properties of every field that mean nothing for this type; the builder does not ask for them."""
    starter: ClassVar[Mapping[str, Any]] = {}
    """Options that a new field begins with in the builder."""

    @classmethod
    def about(cls) -> dict[str, Any]:
        told = {"group": cls.group, "widget": cls.widget, "system": cls.system, "unused": list(cls.unused)}
        needs = any(cls.options_schema.get(word) for word in ("required", "minProperties"))
        return super().about() | told | {"starter": dict(cls.starter) if cls.starter or needs else None}

    @abstractmethod
    def columns(self, field: Field) -> tuple[Column, ...]:
        """The value's column first; then companions (currency) and shadows (`__fold`, `__sort`)."""

    def holds(self) -> frozenset[ColumnKind]:
        """What the column of the value may hold, whatever the field's options say; nothing where there is no column."""
        example = Field(name="x", entity="x", type=self, label="x", stored_as="x", options=self.example_options)
        return frozenset(column.kind for column in self.columns(example)[:1])

    def members(self, field: Field) -> Members | None:
        """The side table, for a field with many values."""
        return None

    @abstractmethod
    def expression_type(self, field: Field, model: Model) -> Type:
        """What the field is in an expression."""

    def targets(self, field: Field) -> tuple[str, ...]:
        """Entities whose records the value points to."""
        return ()

    def on_delete(self, field: Field) -> str:
        """When a record that the value points to is deleted: `refuse` that, or `clear` the value."""
        return "clear"

    def owns(self, field: Field) -> tuple[str, str] | None:
        """For lines: the entity whose records belong to this one, and their lookup back to it."""
        return None

    def pipelines(self, field: Field) -> tuple[str, ...]:
        """For a stage: the pipelines that it may follow."""
        return ()

    def inputs(self, field: Field) -> Iterable[tuple[str, tuple[str, ...]]]:
        """What a computed value is made from: (entity, path) pairs. Cycles, rights and recomputation follow these."""
        return ((field.entity, path) for path in field.formula.paths) if field.formula else ()

    def told(self, field: Field, said: Any) -> Any:
        """The value behind the JSON that reading gave. A value that was written under another design (a choice that
        is gone, a text longer than today's limit) is not judged: it is there."""
        try:
            return self.schema_field(field).deserialize(said)
        except ma.ValidationError:
            return self.unjudged(field, said)

    def unjudged(self, field: Field, said: Any) -> Any:
        """The same for what the design of today refuses."""
        kept = {name: value for name, value in field.options.items() if name not in LIMITS}
        try:
            return self.schema_field(replace(field, options=kept)).deserialize(said)
        except ma.ValidationError:
            return tuple(said) if isinstance(said, list) else said

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        """For an attribute in expressions (`amount.currency`): the suffix of the column that holds it."""
        return None

    def attribute_values(self, field: Field, name: str) -> Mapping[Any, Any]:
        """For an attribute that follows from the key (`stage.outcome`): its value for each key."""
        return {}

    def attribute_aliases(self, field: Field, name: str) -> Mapping[str, str]:
        """For an attribute with a column of its own: what stands there, where that is not what is meant."""
        return {}

    def ranks(self, field: Field) -> tuple[str, ...]:
        """Keys in the order that lists follow; none where values have an order of their own."""
        return ()

    def pointer(self, entity: str, number: int) -> Any:
        """The value that points to a record."""
        return number

    def stored_target(self, field: Field, entity: str) -> str:
        """Where a value says which entity it points to: what is stored for that entity."""
        return entity

    def operand(self, field: Field, value: Any) -> Any:
        """What an expression calculates with when it names the field."""
        return value

    def attribute(self, field: Field, value: Any, name: str) -> Any:
        """What an expression gets behind a dot."""
        return self.attribute_values(field, name).get(self.operand(field, value))

    def from_operand(self, field: Field, operand: Any) -> Any:
        """The value that an expression has worked out for the field.

        :raises ValueError: when the field cannot take it.
        """
        return operand

    def prepare(self, field: Field, model: Model) -> Any:
        """Work out `field.details` once per revision; raise InvalidDefinition for options that cannot work."""
        return None

    def conditions(self, field: Field) -> Mapping[str, tuple[str, str]]:
        """Conditions among the options: by option, the entity whose records they are about, and the text."""
        return {}

    def furnish(self, field: Field, details: Any, conditions: Mapping[str, Formula]) -> Any:
        """`details`, completed by the conditions once they are compiled."""
        return details

    # ---- JSON in and out

    @abstractmethod
    def schema_field(self, field: Field) -> ma.fields.Field:
        """Parses JSON into a value. Never `required`: that is the writer's rule."""

    @abstractmethod
    def json_schema(self, field: Field) -> dict[str, Any]:
        """JSON Schema of what `dump` gives, for the API's description; null is understood."""

    def dump(self, field: Field, value: Any) -> Any:
        """JSON of a value, with or without the title of its target."""
        return value

    def computed_schema(self, field: Field) -> dict[str, Any]:
        """JSON Schema of the values of a computed field of this type, which may be more than people can send."""
        return self.json_schema(field)

    def dump_wire(self, field: Field) -> Callable[..., Any] | None:
        """A function from wire columns to JSON; None where the first wire column is the JSON already."""
        return None

    # ---- columns in and out

    def store(self, field: Field, value: Any) -> tuple[Any, ...]:
        """One Python value for each column, shadows included; one for each member of a field with members.

        :raises ValueError: when a computed value does not fit.
        """
        return (value,)

    def load(self, field: Field, *columns: Any) -> Any:
        """The value from wire columns; followed by title and whether it is deleted where the reader asked for them."""
        return columns[0]

    def dump_members(self, field: Field, members: Sequence[tuple[Any, ...]]) -> Any:
        """JSON of the members in order: `(value,)`, or `(id, title, deleted)` where the reader asked for titles."""
        return [member[0] for member in members]

    def load_members(self, field: Field, members: Sequence[tuple[Any, ...]]) -> Any:
        """The value from the same tuples."""
        return tuple(member[0] for member in members)

    def folds(self, field: Field) -> bool:
        """Whether the value is one text that is compared in another form than it is written in."""
        written = [column for column in self.columns(field) if not column.shadow]
        return len(written) == 1 and any(column.suffix == "__fold" for column in self.columns(field))

    def fold(self, field: Field, text: str) -> str:
        """The form in which a text compared with this field is looked for in its `__fold` column."""
        return fold(text)

    def groups(self, field: Field, text: str, other: str) -> bool:
        """Whether two values, as they are shown, stand in one group of a list; spellings have no order of their own."""
        return self.fold(field, text) == self.fold(field, other) if self.folds(field) else text == other

    # ---- text in and out

    @abstractmethod
    def read_text(self, field: Field, cell: Any, reading: Reading) -> Any:
        """A cell of a file, or what a person typed, as JSON for `schema_field` (or `Wanted`).

        :raises ValueError: with a sentence for the person who wrote the file.
        """

    def write_text(self, field: Field, value: Any, purpose: str, language: str) -> Any:
        """A cell for a file. purpose: `spreadsheet` (for people) or `transfer` (exact)."""
        return value

    def core_text(self, field: Field, value: Any) -> str | None:
        """What of a value another type may still hold that cannot take all of it; None where nothing is the core."""
        return None

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        """JSON for `schema_field` from the inputs of a form; `get("")` are the texts of the field's own input.

        A value of several parts asks for each by the name that it has in JSON: `get("currency")`.
        """
        texts = get("")
        return self.read_text(field, texts[-1], reading) if texts and texts[-1].strip() else None

    def write_form(self, field: Field, value: Any, reading: Reading) -> Any:
        """What stands in the inputs: a text, a tuple of texts (many values) or texts by part. Undoes `read_form`."""
        return "" if value is None else str(value)

    # ---- for people

    def show(self, field: Field, value: Any, language: str) -> str:
        """The value as a person reads it."""
        return "" if value is None else str(value)

    def drawing(self, field: Field, value: Any) -> Drawing | None:
        """A picture of the value, shown with the text on the record's own page and among the fields of a paper."""
        return None

    def widget_options(self, field: Field, language: str) -> Mapping[str, Any]:
        """What the input needs to know.

        The settings of its widget by name; `options`, a list of `value`, `text` and, where they have one, `colour`;
        `targets` and `filter` for what searches records.
        """
        return {}

    def search_text(self, field: Field, value: Any) -> str | None:
        """What search should find the record by."""
        return None

    def literal(self, field: Field, value: Any) -> str:
        """The JSON value written in the expression language, for filters made by clicking."""
        if not isinstance(value, str):
            raise Refused(_("%(value)s is not a text.", value=brief(value)), "type")
        return quoted(value)


def quoted(text: str) -> str:
    """A text as a literal of the expression language."""
    return "'" + text.replace("'", "''") + "'"
