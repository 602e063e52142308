"""Several records of another entity, each of which may be linked to many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sartor.platform.expressions.types import Type, list_of, record
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Members, Reading, Wanted
from sartor.platform.fields.lookup import offer_only
from sartor.platform.fields.many import from_exact, listed, show_list, to_exact
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
from sartor.platform.fields.wording import cell_text, several
from sartor.platform.model import Field, Linked, Model
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import encode_id

Links = Sequence[int | Linked]


class Link(FieldType):
    key = "link"
    label = {"en": "Links", "zh": "多对多关联"}
    icon = "link-plus"
    group = "relation"
    widget = "tags"
    operators = ("has_any", "has_all", "has_none", "is_blank", "is_not_blank")
    asks_title = True
    sortable = False
    example = [{"id": "00E5V2JQ00003", "title": "GTX Pro"}, {"id": "00E5V2JQ00007", "title": "GTX Plus"}]
    example_options = {"entity": "product"}
    options_schema = closed(
        {"entity": entity_name("Entity", "Whose records are linked."), "filter": offer_only()}, "entity"
    )

    def targets(self, field: Field) -> tuple[str, ...]:
        return (field.options["entity"],)

    def prepare(self, field: Field, model: Model) -> None:
        known_entity(field, model, "entity", field.options["entity"])

    def conditions(self, field: Field) -> dict[str, tuple[str, str]]:
        return offered_condition(field, field.options["entity"])

    def furnish(self, field: Field, details: Any, conditions: Mapping[str, Formula]) -> Offered:
        return Offered(conditions.get("filter"))

    def columns(self, field: Field) -> tuple[Column, ...]:
        return ()

    def members(self, field: Field) -> Members:
        return Members(ColumnKind.ID, target=field.options["entity"])

    def expression_type(self, field: Field, model: Model) -> Type:
        return list_of(record(field.options["entity"]))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: tuple(dict.fromkeys(id_from_json(each) for each in listed(value))))

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "items": LINK_SCHEMA}

    def dump(self, field: Field, value: Links | None) -> list[Any]:
        found = [(each.id, each.title, each.deleted) if isinstance(each, Linked) else (each,) for each in value or ()]
        return [wire_link(*each) for each in found]

    def dump_members(self, field: Field, members: Sequence[tuple[Any, ...]]) -> list[Any]:
        return [wire_link(*member) for member in members]

    def load_members(self, field: Field, members: Sequence[tuple[Any, ...]]) -> tuple[int | Linked, ...]:
        entity = field.options["entity"]
        return tuple(
            member[0] if len(member) == 1 else Linked(entity, member[0], title_text(member[1]), bool(member[2]))
            for member in members
        )

    def store(self, field: Field, value: Links | None) -> tuple[int | None, ...]:
        return tuple(number_of(each) for each in value or ())

    def operand(self, field: Field, value: Links | None) -> tuple[int | None, ...]:
        return self.store(field, value)

    def from_operand(self, field: Field, operand: Links | None) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(operand or ()))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> list[Wanted]:
        text = cell_text(cell)
        if text is None:
            return []
        titles = from_exact(text) if reading.exact else several([text])
        return [Wanted(self.targets(field), title) for title in titles]

    def write_text(self, field: Field, value: Links | None, purpose: str, language: str) -> str | None:
        if not value:
            return None
        titles = [title_of(each) for each in value]
        return "; ".join(titles) if purpose == "spreadsheet" else to_exact(titles)

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> list[str | Wanted]:
        return [picked(text, self.targets(field)) for text in get("") if text.strip()]

    def write_form(self, field: Field, value: Links | None, reading: Reading) -> tuple[str, ...]:
        return tuple(encode_id(number) for number in self.store(field, value) if number is not None)

    def show(self, field: Field, value: Links | None, language: str) -> str:
        return show_list([show_link(each) for each in value or ()], language)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        filtered = {"filter": field.options["filter"]} if "filter" in field.options else {}
        return {"create": False, "targets": self.targets(field), **filtered}

    def literal(self, field: Field, value: Any) -> str:
        return f"'{encode_id(id_from_json(value))}'"
