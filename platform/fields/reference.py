"""One record of any of several entities: what a follow-up is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading, Wanted
from sartor.platform.fields.pointing import (
    ID_SCHEMA,
    LINK_SCHEMA,
    id_from_json,
    no_entity,
    picked,
    show_link,
    title_of,
    title_text,
    wire_link,
)
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.schemas import NAME, ORDER, ORIGIN, closed
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.model import Field, Linked, Model, Reference
from sartor.platform.model.ids import encode_id
from sartor.platform.text import gettext as _
from sartor.platform.text import near

Pointer = Reference | Linked


@dataclass(frozen=True, slots=True)
class Tables:
    """Physical names of the entities that may be pointed to. What is stored must outlive a rename."""

    of: Mapping[str, str]

    @property
    def renamed(self) -> Mapping[str, str]:
        return {table: name for name, table in self.of.items() if table != name}


def wire_reference(number: int | None, entity: str, title: Any = None, deleted: Any = False) -> Any:
    """JSON of a record of a named entity."""
    found = wire_link(number, title, deleted)
    return {"entity": entity, **found} if found else None


class ReferenceType(FieldType):
    key = "reference"
    label = {"en": "Reference", "zh": "关联对象"}
    icon = "arrows-split"
    group = "relation"
    widget = "reference"
    operators = ("one_of", "none_of", "is", "is_not", "is_blank", "is_not_blank")
    asks_title = True
    sortable = False
    example = {"entity": "account", "id": "00E5V2JQ00003", "title": "上海华为"}
    example_options = {"entities": {"account": {"order": 1}, "contact": {"order": 2}}}
    options_schema = closed(
        {
            "entities": {
                "type": "object",
                "title": "Entities",
                "description": "Whose records it may point to, by name; extensions add theirs.",
                "propertyNames": NAME,
                "minProperties": 1,
                "additionalProperties": {
                    **closed({"order": ORDER, "origin": ORIGIN}),
                    "description": "One entity.",
                },
                "x-widget": "definitions:entity",
            }
        },
        "entities",
    )

    def targets(self, field: Field) -> tuple[str, ...]:
        named = field.options["entities"].items()
        return tuple(name for name, _part in sorted(named, key=lambda item: (_order(item[1]), item[0])))

    def prepare(self, field: Field, model: Model) -> Tables:
        if missing := [name for name in self.targets(field) if name not in model.entities]:
            raise no_entity(field, model, f"entities/{missing[0]}", missing[0])
        return Tables({name: model.entities[name].table for name in self.targets(field)})

    def pointer(self, entity: str, number: int) -> Reference:
        return Reference(entity, number)

    def stored_target(self, field: Field, entity: str) -> str:
        """What the second column says of an entity: its table, which keeps its name."""
        return field.details.of.get(entity, entity) if field.details else entity

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.ID), Column("__entity", ColumnKind.TEXT))

    def expression_type(self, field: Field, model: Model) -> Type:
        return Type("record", attributes={"entity": TEXT})

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        return "__entity" if name == "entity" else None

    def attribute_aliases(self, field: Field, name: str) -> Mapping[str, str]:
        """Entities by their tables, those that are called otherwise."""
        return field.details.renamed if field.details else {}

    def operand(self, field: Field, value: Pointer | None) -> int | None:
        return value.id if value else None

    def attribute(self, field: Field, value: Pointer | None, name: str) -> str | None:
        return value.entity if value else None

    def from_operand(self, field: Field, operand: int | None) -> Reference | None:
        targets = self.targets(field)
        if operand is None or len(targets) == 1:
            return Reference(targets[0], operand) if operand is not None else None
        raise Refused(
            _("An expression gives an id and cannot say whose of %(known)s.", known=", ".join(targets)), "type"
        )

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: self.parse(field, value))

    def parse(self, field: Field, value: Any) -> Reference:
        if not isinstance(value, dict) or set(value) - {"entity", "id", "title", "deleted"}:
            raise Refused(_("%(value)s is not an entity and an id.", value=brief(value)), "type")
        entity = value.get("entity")
        targets = self.targets(field)
        if entity not in targets:
            guess = near(entity, targets) if isinstance(entity, str) else None
            known = _("Known: %(known)s.", known=", ".join(targets))
            raise Refused(_("It cannot point to %(value)s.", value=brief(entity)) + " " + known, "unknown", guess)
        return Reference(entity, id_from_json(value.get("id")))

    def unjudged(self, field: Field, said: Any) -> Reference:
        return Reference(said["entity"], id_from_json(said["id"]))

    def json_schema(self, field: Field) -> dict[str, Any]:
        names = {"entity": {"enum": list(self.targets(field))}, **LINK_SCHEMA["properties"], "id": ID_SCHEMA}
        return {**LINK_SCHEMA, "properties": names, "required": ["entity", "id", "title"]}

    def dump(self, field: Field, value: Pointer | None) -> dict[str, Any] | None:
        if value is None:
            return None
        known = (value.title, value.deleted) if isinstance(value, Linked) else ()
        return wire_reference(value.id, value.entity, *known)

    def dump_wire(self, field: Field) -> Callable[..., Any]:
        renamed = self.attribute_aliases(field, "entity")
        if not renamed:
            return wire_reference
        return lambda number, table, *known: wire_reference(number, renamed.get(table, table), *known)

    def store(self, field: Field, value: Pointer | None) -> tuple[Any, ...]:
        return (value.id, self.stored_target(field, value.entity)) if value else (None, None)

    def load(self, field: Field, *columns: Any) -> Pointer | None:
        if columns[0] is None:
            return None
        entity = self.attribute_aliases(field, "entity").get(columns[1], columns[1])
        if len(columns) == 2:
            return Reference(entity, columns[0])
        return Linked(entity, columns[0], title_text(columns[2]), bool(columns[3]))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> Wanted | None:
        """A title, or `entity: title` where titles alone would not do."""
        text = cell_text(cell)
        if text is None:
            return None
        entity, mark, title = text.partition(": ")
        named = mark and entity in self.targets(field)
        return Wanted((entity,), title) if named else Wanted(self.targets(field), text)

    def write_text(self, field: Field, value: Pointer | None, purpose: str, language: str) -> str | None:
        return f"{value.entity}: {_title(value)}" if value else None

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        entity, text = (get("entity") or [""])[-1].strip(), (get("id") or [""])[-1].strip()
        if not text:
            return None
        found = picked(text, (entity,) if entity else self.targets(field))
        return {"entity": entity, "id": found} if isinstance(found, str) else found

    def write_form(self, field: Field, value: Pointer | None, reading: Reading) -> dict[str, str]:
        return {"entity": value.entity, "id": encode_id(value.id)} if value else {"entity": "", "id": ""}

    def show(self, field: Field, value: Pointer | None, language: str) -> str:
        return show_link(value) if isinstance(value, Linked) else _title(value)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"targets": self.targets(field)}

    def literal(self, field: Field, value: Any) -> str:
        return f"'{encode_id(id_from_json(value['id'] if isinstance(value, dict) else value))}'"


def _order(part: dict[str, Any]) -> Decimal:
    return Decimal(str(part.get("order", 1000)))


def _title(value: Pointer | None) -> str:
    return title_of(value.id if isinstance(value, Reference) else value)
