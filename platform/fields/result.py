"""A field whose value is computed and is of another type: everything about the value is that type's business."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import marshmallow as ma

from sartor.platform.expressions.types import Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.model import Field, Model

DEEPEST = 20


class Computed(FieldType):
    """`field.details.result` is the same field as if it were of the type of its result."""

    group = "computed"
    widget = "readonly"
    operators = ()
    computed = True
    unused: ClassVar[Sequence[str]] = (
        "default",
        "copy",
        "required",
        "required_if",
        "read_only",
        "read_only_if",
        "unique",
    )

    @abstractmethod
    def result(self, field: Field, model: Model, depth: int = 0) -> Field:
        """The field as if it were of the type of its result; used before there are details, too.

        depth: how many computed fields asked before this one; a circle is refused at `DEEPEST`.
        """

    def as_type(self, field: Field, key: str, options: Mapping[str, Any], model: Model) -> Field:
        """`field` as a field of the type `key`."""
        assert self.family is not None
        kind = self.family[key]
        titled = {"sort_key": True} if field.options.get("sort_key") else {}
        found = replace(field, type=kind, options={**options, **titled}, details=None)
        details = kind.prepare(found, model)
        return found if details is None else replace(found, details=details)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return field.face.type.columns(field.face)

    def holds(self) -> frozenset[ColumnKind]:
        """Its options say what type it is of."""
        return frozenset(ColumnKind)

    def expression_type(self, field: Field, model: Model) -> Type:
        found = field.face if field.details else self.result(field, model)
        kind = found.type.expression_type(found, model)
        # Only a stored form is one that the database can compare by.
        return replace(kind, folds=None) if kind.folds and not getattr(field.details, "stored", True) else kind

    def targets(self, field: Field) -> tuple[str, ...]:
        return field.face.type.targets(field.face) if field.details else ()

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        return field.face.type.attribute_suffix(field.face, name)

    def attribute_values(self, field: Field, name: str) -> Mapping[str, Any]:
        return field.face.type.attribute_values(field.face, name)

    def attribute_aliases(self, field: Field, name: str) -> Mapping[str, str]:
        return field.face.type.attribute_aliases(field.face, name)

    def operand(self, field: Field, value: Any) -> Any:
        return field.face.type.operand(field.face, value)

    def attribute(self, field: Field, value: Any, name: str) -> Any:
        return field.face.type.attribute(field.face, value, name)

    def from_operand(self, field: Field, operand: Any) -> Any:
        return field.face.type.from_operand(field.face, operand)

    def schema_field(self, field: Field) -> ma.fields.Field:
        return field.face.type.schema_field(field.face)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return field.face.type.computed_schema(field.face)

    def dump(self, field: Field, value: Any) -> Any:
        return field.face.type.dump(field.face, value)

    def dump_wire(self, field: Field) -> Callable[..., Any] | None:
        """What is worked out when it is read may come with other decimals, and without companions of the value."""
        face = field.face
        if field.details.stored:
            return face.type.dump_wire(face)
        return lambda *columns: face.type.dump(face, face.type.load(face, *columns))

    def store(self, field: Field, value: Any) -> tuple[Any, ...]:
        return field.face.type.store(field.face, value)

    def load(self, field: Field, *columns: Any) -> Any:
        return field.face.type.load(field.face, *columns)

    def fold(self, field: Field, text: str) -> str:
        return field.face.type.fold(field.face, text)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> Any:
        return field.face.type.read_text(field.face, cell, reading)

    def write_text(self, field: Field, value: Any, purpose: str, language: str) -> Any:
        return field.face.type.write_text(field.face, value, purpose, language)

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        return field.face.type.read_form(field.face, get, reading)

    def write_form(self, field: Field, value: Any, reading: Reading) -> Any:
        return field.face.type.write_form(field.face, value, reading)

    def show(self, field: Field, value: Any, language: str) -> str:
        return field.face.type.show(field.face, value, language)

    def search_text(self, field: Field, value: Any) -> str | None:
        return field.face.type.search_text(field.face, value)

    def literal(self, field: Field, value: Any) -> str:
        return field.face.type.literal(field.face, value)
