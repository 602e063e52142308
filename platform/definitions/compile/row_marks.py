"""What a view says of single records: colours by condition, actions on a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.compile.effects import compile_values
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.model import RecordAction, Tint
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


def compile_colours(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Tint, ...]:
    """Colours in order; one whose condition is wrong is noted and left out."""
    found = []
    for name, part in in_order(parts):
        when = draft.condition(place.at(name, "when", level=part.get("level")), part["when"], entity)
        if when is not None:
            found.append(Tint(name, part["label"], when, part["colour"]))
    return tuple(found)


def compile_actions(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[RecordAction, ...]:
    """Actions in order; a wrong one is noted and left out."""
    found = []
    for name, part in in_order(parts):
        here = place.at(name, level=part.get("level"))
        if draft.model.entities[entity].line_of is not None:
            draft.say(here, "line", _("Lines are written with the record that they belong to."))
        _refuse_unsettable(draft, here.at("set"), entity, part["set"])
        when = draft.condition(here.at("when"), part.get("when"), entity)
        values = compile_values(draft, here.at("set"), part["set"], entity, {})
        if values and (when is not None or "when" not in part):
            icon, confirm = part.get("icon", "bolt"), part.get("confirm")
            found.append(RecordAction(name, part["label"], values, when, icon, confirm))
    return tuple(found)


def _refuse_unsettable(draft: Draft, place: Place, entity: str, names: Iterable[str]) -> None:
    """What no person would type; what nobody could set is refused wherever values are set."""
    known = draft.model.entities[entity].fields
    for name in names:
        item = known.get(name)
        if item is not None and item.read_only:
            draft.say(place.at(name), "read_only", _("%(field)s is not typed by people.", field=name))


def refuse_undrawn(draft: Draft, place: Place, view_type: Any, document: Document) -> None:
    """What a type of view would not draw must not be designed into it."""
    for name in ("colours", "actions", "group"):
        if document.get(name) and name not in view_type.marks:
            said = _("Views of the type %(type)s do not show this.", type=pick(view_type.label))
            draft.say(place.at(name), "unused", said)
