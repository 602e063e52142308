"""A design of which a plugin is gone: its records are shown all the same, and nothing of them is lost.

A field of a type that there is not keeps its column: what stands there is shown as it is and written by nobody. A view
of such a type is a list, a report a table. What cannot be shown so, a side table say, is left out and stays there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.expressions.types import BOOLEAN, DATE, INSTANT, INTEGER, TEXT, Type, decimal
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.schemas import closed
from sartor.platform.model import Field, Model

LIST, TABLE = "list", "table"
OF_FIELD = ("type", "label", "help", "order", "level", "origin", "sensitive", "stored_as", "formerly", "inert")
"""What a field still is without its type."""
TYPES = {
    ColumnKind.TEXT: TEXT,
    ColumnKind.INTEGER: INTEGER,
    ColumnKind.BOOLEAN: BOOLEAN,
    ColumnKind.DATE: DATE,
    ColumnKind.INSTANT: INSTANT,
    ColumnKind.DECIMAL: decimal(),
    ColumnKind.ID: INTEGER,
}
PYTHON: Mapping[ColumnKind, Callable[[Any], Any]] = {
    ColumnKind.DATE: date.fromisoformat,
    ColumnKind.INSTANT: datetime.fromisoformat,
    ColumnKind.DECIMAL: Decimal,
}


def borne(documents: Documents, extensions: Extensions) -> Documents:
    """The same documents with what can be shown in place of what is gone; the very same where nothing is."""
    found = {key: _borne(key, document, extensions) for key, document in documents.items()}
    return documents if all(found[key] is each for key, each in documents.items()) else found


def _borne(key: str, document: Document, extensions: Extensions) -> Document:
    kind, _slash, name = key.partition("/")
    if kind == "entity":
        return _with_lost_fields(name, document, extensions)
    if kind == "view" and document["type"] not in extensions.views:
        return {**document, "type": LIST, "options": {}}
    if kind == "report" and document["chart"] not in extensions.charts:
        return {**document, "chart": TABLE, "options": {}}
    return document


def _with_lost_fields(name: str, document: Document, extensions: Extensions) -> Document:
    fields: Mapping[str, Any] = document["fields"]
    if all(is_known(part, extensions) for part in fields.values()):
        return document
    table = document.get("stored_as", name)
    shown = {each: _lost(each, part, table, extensions) for each, part in fields.items()}
    return {**document, "fields": {each: part for each, part in shown.items() if part is not None}}


def is_known(part: Mapping[str, Any], extensions: Extensions) -> bool:
    """Whether a field's type is there, and that of its result where it has one."""
    result = part.get("options", {}).get("result", {}).get("type", part["type"])
    return part["type"] in extensions.fields and result in extensions.fields


def _lost(name: str, part: Mapping[str, Any], table: str, extensions: Extensions) -> Any:
    if is_known(part, extensions):
        return part
    kind = extensions.kept(table, part.get("stored_as", name))
    if kind is None:
        return None
    bare = {word: value for word, value in part.items() if word in OF_FIELD}
    return {**bare, "type": Lost.key, "options": {"kind": kind.value}, "read_only": True}


def lost_parts(documents: Documents, extensions: Extensions) -> Iterator[tuple[str, str, str]]:
    """What is gone: definition, pointer, and the name of the type."""
    for key, document in documents.items():
        if key.startswith("entity/"):
            for name, part in document["fields"].items():
                if not is_known(part, extensions):
                    yield key, f"/fields/{name}/type", part["type"]
        if key.startswith("view/") and document["type"] not in extensions.views:
            yield key, "/type", document["type"]
        if key.startswith("report/") and document["chart"] not in extensions.charts:
            yield key, "/chart", document["chart"]


class Lost(FieldType):
    """In no registry, so that nobody can design one. Its option says what its column holds."""

    key = "lost"
    label = {"en": "Type that is missing", "zh": "缺失的类型"}
    icon = "plug-x"
    group = "text"
    widget = "readonly"
    operators = ("is_blank", "is_not_blank")
    example = "?"
    options_schema = closed({})
    in_files = False

    def kind(self, field: Field) -> ColumnKind:
        return ColumnKind(field.options["kind"])

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", self.kind(field)),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return TYPES[self.kind(field)]

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(PYTHON.get(self.kind(field), lambda value: value))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {}

    def read_text(self, field: Field, cell: Any, reading: Reading) -> Any:
        return cell


LOST = Lost()
