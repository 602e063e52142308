"""What fields share whose values are records: ids in JSON, titles for people, and what a file says instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.errors import FollowsFromOther, InvalidDefinition
from sartor.platform.fields.base import Wanted
from sartor.platform.fields.choosing import wrong_option
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import an_id, brief
from sartor.platform.model import Field, Linked, Model
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.text import gettext as _
from sartor.platform.text import near

ID_SCHEMA = {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{13}$"}
LINK_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": ID_SCHEMA,
        "title": {"type": ["string", "null"], "description": "null where the reader may not see the record."},
        "deleted": {"const": True, "description": "The record is in the recycle bin."},
    },
    "required": ["id", "title"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What a field that points to records knows besides its options: the condition on records that are offered."""

    filter: Formula | None


def offered_condition(field: Field, entity: str) -> dict[str, tuple[str, str]]:
    """The option `filter` as something to compile."""
    return {"filter": (entity, field.options["filter"])} if "filter" in field.options else {}


def id_from_json(value: Any) -> int:
    """An id, or what reading gave for it: `{"id": …, "title": …}`."""
    if isinstance(value, dict) and "id" in value and not set(value) - {"id", "title", "deleted"}:
        value = value["id"]
    if not isinstance(value, str):
        raise Refused(_("%(value)s is not the id of a record.", value=brief(value)), "type")
    return an_id(value, decode_id)


def title_text(said: Any) -> str | None:
    """The title of a record as its column has it: records may be called by a number, or a day."""
    return None if said is None else str(said)


def wire_link(number: int | None, title: Any = None, deleted: Any = False, *_: Any) -> dict[str, Any] | None:
    """JSON of a record that is pointed to."""
    if number is None:
        return None
    found = {"id": encode_id(number), "title": title_text(title)}
    return {**found, "deleted": True} if deleted else found


def number_of(value: int | Linked | None) -> int | None:
    return value.id if isinstance(value, Linked) else value


def title_of(value: int | Linked | None) -> str:
    """The title as it is known, the id where nobody asked for the title."""
    if value is None:
        return ""
    if isinstance(value, Linked):
        return value.title or ""
    return encode_id(value)


def show_link(value: int | Linked | None) -> str:
    """The title, and whether the record is in the recycle bin."""
    title = title_of(value)
    gone = isinstance(value, Linked) and value.deleted
    return _("%(title)s (in the recycle bin)", title=title) if gone and title else title


def picked(text: str, targets: tuple[str, ...]) -> str | Wanted:
    """What a form sends: an id where something was picked, a title where it was typed."""
    try:
        return encode_id(an_id(text.strip(), decode_id))
    except Refused:
        return Wanted(targets, text.strip())


def known_entity(field: Field, model: Model, option: str, name: str) -> None:
    """Refuse an option that names an entity which is not there."""
    if name not in model.entities:
        raise no_entity(field, model, option, name)


def refusal_by(pointing: Field | None, model: Model) -> type[InvalidDefinition]:
    """How to refuse that a field points elsewhere: where it points to nothing at all, that is told of the field."""
    targets = pointing.type.targets(pointing) if pointing else ()
    return FollowsFromOther if any(each not in model.entities for each in targets) else InvalidDefinition


def no_entity(field: Field, model: Model, option: str, name: str) -> InvalidDefinition:
    text = _("There is no entity %(name)s.", name=name)
    return wrong_option(field, option, text, near(name, model.entities))
