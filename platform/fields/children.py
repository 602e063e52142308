"""The lines of a record: records of another entity that are edited inside their parent and saved with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.expressions.types import Type, list_of, record
from sartor.platform.fields.base import Column, FieldType, Reading
from sartor.platform.fields.choosing import wrong_option
from sartor.platform.fields.many import listed
from sartor.platform.fields.pointing import id_from_json, known_entity, refusal_by
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.schemas import closed, entity_name, field_name
from sartor.platform.fields.wording import brief
from sartor.platform.model import Field, Model
from sartor.platform.text import gettext as _
from sartor.platform.text import near, ngettext

PARTS = ("add", "update", "remove")


@dataclass(frozen=True, slots=True)
class Lines:
    """What a write does to the lines of a record. Their fields are still JSON: the line's own schema parses them."""

    add: tuple[Mapping[str, Any], ...] = ()
    update: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    remove: tuple[int, ...] = ()


def lines_from_json(value: Any) -> Lines:
    """A list of new lines, or `{"add": […], "update": {id: {…}}, "remove": [id]}`."""
    if isinstance(value, list):
        return Lines(add=_objects(value))
    if not isinstance(value, dict):
        raise Refused(_("%(value)s is neither a list of lines nor a change of them.", value=brief(value)), "type")
    if unknown := sorted(str(key) for key in set(value) - set(PARTS)):
        guess = near(unknown[0], PARTS)
        raise Refused(_("Lines have no part %(value)s.", value=brief(unknown[0])), "unknown", guess)
    updates = value.get("update", {})
    if not isinstance(updates, dict):
        raise Refused(_("%(value)s is not an object of changes by id.", value=brief(updates)), "type")
    found = Lines(
        add=_objects(listed(value.get("add", []))),
        update=dict(zip(map(id_from_json, updates), _objects(list(updates.values())), strict=True)),
        remove=tuple(id_from_json(each) for each in listed(value.get("remove", []))),
    )
    if both := set(found.update) & set(found.remove):
        raise Refused(_("%(count)s lines are both changed and removed.", count=len(both)), "invalid")
    return found


def _objects(values: list[Any]) -> tuple[Mapping[str, Any], ...]:
    for value in listed(values):
        if not isinstance(value, dict):
            raise Refused(_("%(value)s is not a line.", value=brief(value)), "type")
    return tuple(values)


class Children(FieldType):
    key = "children"
    label = {"en": "Lines", "zh": "子表"}
    icon = "list-details"
    group = "relation"
    widget = "lines"
    operators = ("is_blank", "is_not_blank")
    sortable = False
    in_files = False
    # A list of records of their own holds no value that could be worked out, compared, looked for or asked for.
    unused = (
        "formula", "default", "copy", "required", "required_if", "read_only_if", "unique", "searchable", "quality",
        "history",
    )  # fmt: skip
    example = [{"product": {"id": "00E5V2JQ00003", "title": "GTX Pro"}, "quantity": "2.00"}]
    example_options = {"entity": "deal_line", "lookup": "deal"}
    options_schema = closed(
        {
            "entity": entity_name("Entity of the lines", "Exists only as lines of this one."),
            "lookup": field_name("Lookup", "Field of the lines that points back to this entity.", of="entity"),
        },
        "entity",
        "lookup",
    )

    def owns(self, field: Field) -> tuple[str, str]:
        return field.options["entity"], field.options["lookup"]

    def prepare(self, field: Field, model: Model) -> None:
        entity, lookup = self.owns(field)
        known_entity(field, model, "entity", entity)
        fields = model.entities[entity].fields
        if lookup not in fields or fields[lookup].type.targets(fields[lookup]) != (field.entity,):
            good = [name for name, each in fields.items() if each.type.targets(each) == (field.entity,)]
            text = _("%(entity)s has no lookup %(name)s to %(here)s.", entity=entity, name=lookup, here=field.entity)
            refusal = refusal_by(fields.get(lookup), model)
            raise wrong_option(field, "lookup", text, good[0] if good else None, refusal)

    def columns(self, field: Field) -> tuple[Column, ...]:
        return ()

    def expression_type(self, field: Field, model: Model) -> Type:
        return list_of(record(field.options["entity"]))

    def from_operand(self, field: Field, operand: Any) -> Any:
        raise Refused(_("Lines cannot be computed."), "type")

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lines_from_json)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "object"}}

    def dump(self, field: Field, value: Sequence[Mapping[str, Any]] | Lines | None) -> list[Any]:
        return list(value.add if isinstance(value, Lines) else value or ())

    def read_text(self, field: Field, cell: Any, reading: Reading) -> Any:
        raise Refused(_("Lines do not fit into a cell: import them as a file of their own."), "type")

    def write_text(self, field: Field, value: Any, purpose: str, language: str) -> None:
        return None

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        """The form keeps its lines in one input as JSON."""
        text = (get("") or [""])[-1].strip()
        try:
            return json.loads(text) if text else None
        except (ValueError, RecursionError):
            raise Refused(_("%(value)s is not JSON.", value=brief(text)), "format") from None

    def write_form(self, field: Field, value: Any, reading: Reading) -> str:
        return json.dumps(self.dump(field, value), ensure_ascii=False)

    def show(self, field: Field, value: Any, language: str) -> str:
        return ngettext("%(n)s line", "%(n)s lines", len(self.dump(field, value)))
