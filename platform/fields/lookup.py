"""One record of another entity (or of the same one)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from sartor.platform.expressions.types import Type, record
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading, Wanted
from sartor.platform.fields.pointing import (
    LINK_SCHEMA,
    Offered,
    id_from_json,
    known_entity,
    number_of,
    offered_condition,
    picked,
    show_link,
    title_of,
    title_text,
    wire_link,
)
from sartor.platform.fields.refusal import Parsed
from sartor.platform.fields.schemas import closed, entity_name
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field, Linked, Model
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import encode_id

ON_DELETE = {
    "enum": ["refuse", "clear"],
    "title": "When it is deleted",
    "description": "Refuse to delete a record that is named here, or clear this field. A required field refuses, "
    "another one is cleared, unless this says otherwise.",
}


def offer_only(entity: str | None = None) -> dict[str, Any]:
    """The option that narrows what is offered: a condition on `entity`, or on the entity that the options name."""
    of = {"x-entity": entity} if entity else {"x-of": "entity"}
    return {
        "type": "string",
        "title": "Offer only",
        "description": "Condition on the records that are offered.",
        "minLength": 1,
        "maxLength": 4000,
        "x-widget": "condition",
        **of,
    }


class OneRecord(FieldType):
    """What lookups, users and departments have in common."""

    asks_title = True
    operators: ClassVar[Sequence[str]] = ("one_of", "none_of", "is", "is_not", "is_blank", "is_not_blank")
    example = {"id": "00E5V2JQ00003", "title": "上海华为"}

    @abstractmethod
    def entity(self, field: Field) -> str:
        """Whose records the field points to."""

    def targets(self, field: Field) -> tuple[str, ...]:
        return (self.entity(field),)

    def on_delete(self, field: Field) -> str:
        return field.options.get("on_delete") or ("refuse" if field.required else "clear")

    def prepare(self, field: Field, model: Model) -> None:
        known_entity(field, model, "entity", self.entity(field))

    def conditions(self, field: Field) -> dict[str, tuple[str, str]]:
        return offered_condition(field, self.entity(field))

    def furnish(self, field: Field, details: Any, conditions: Mapping[str, Formula]) -> Offered:
        return Offered(conditions.get("filter"))

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.ID, target=self.entity(field)),)

    def expression_type(self, field: Field, model: Model) -> Type:
        return record(self.entity(field))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: id_from_json(value) if value != "" else None)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return LINK_SCHEMA

    def dump(self, field: Field, value: int | Linked | None) -> dict[str, Any] | None:
        if isinstance(value, Linked):
            return wire_link(value.id, value.title, value.deleted)
        return None if value is None else {"id": encode_id(value), "title": None}

    def dump_wire(self, field: Field) -> Callable[..., Any]:
        return wire_link

    def store(self, field: Field, value: int | Linked | None) -> tuple[int | None]:
        return (value.id if isinstance(value, Linked) else value,)

    def load(self, field: Field, *columns: Any) -> int | Linked | None:
        if len(columns) == 1 or columns[0] is None:
            return columns[0]
        return Linked(self.entity(field), columns[0], title_text(columns[1]), bool(columns[2]))

    def operand(self, field: Field, value: int | Linked | None) -> int | None:
        return number_of(value)

    def read_text(self, field: Field, cell: Any, reading: Reading) -> Wanted | None:
        text = cell_text(cell)
        return Wanted(self.targets(field), text) if text else None

    def write_text(self, field: Field, value: int | Linked | None, purpose: str, language: str) -> str | None:
        return title_of(value) or None

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> str | Wanted | None:
        texts = [text for text in get("") if text.strip()]
        return picked(texts[-1], self.targets(field)) if texts else None

    def write_form(self, field: Field, value: int | Linked | None, reading: Reading) -> str:
        number = number_of(value)
        return "" if number is None else encode_id(number)

    def show(self, field: Field, value: int | Linked | None, language: str) -> str:
        return show_link(value)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        filtered = {"filter": field.options["filter"]} if "filter" in field.options else {}
        return {"targets": self.targets(field), **filtered}

    def literal(self, field: Field, value: Any) -> str:
        return f"'{encode_id(id_from_json(value))}'"


class Lookup(OneRecord):
    key = "lookup"
    label = {"en": "Lookup", "zh": "关联记录"}
    icon = "arrow-up-right"
    group = "relation"
    widget = "lookup"
    example_options = {"entity": "account", "on_delete": "refuse"}
    options_schema = closed(
        {
            "entity": entity_name("Entity", "Whose records it points to."),
            "on_delete": ON_DELETE,
            "filter": offer_only(),
        },
        "entity",
    )

    def entity(self, field: Field) -> str:
        return field.options["entity"]
