"""Roles and their grants."""

from __future__ import annotations

from sartor.platform.definitions.compile.draft import Draft, Place, level_of
from sartor.platform.definitions.documents import Document
from sartor.platform.model import FieldLevel, Grant, Operation, Role
from sartor.platform.text import gettext as _

LEVELS = {"hidden": FieldLevel.HIDDEN, "read": FieldLevel.READ, "write": FieldLevel.WRITE}


def compile_role(draft: Draft, name: str, document: Document) -> Role:
    place = Place(f"role/{name}", level=level_of(document))
    for number, each in enumerate(document.get("includes", ())):
        draft.named(place.at("includes", number), "role", each)
    grants = {}
    for entity, part in document["grants"].items():
        here = place.at("grants", entity, level=part.get("level"))
        if draft.named(here, "entity", entity):
            grants[entity] = _grant(draft, here, entity, part)
    return Role(
        name=name,
        label=document["label"],
        grants=grants,
        abilities=frozenset(document.get("abilities", ())),
        includes=tuple(document.get("includes", ())),
        level=place.level,
    )


def _grant(draft: Draft, place: Place, entity: str, part: Document) -> Grant:
    found = draft.model.entities[entity]
    scopes = {Operation(operation): scope for operation, scope in part.get("scopes", {}).items()}
    if found.line_of:
        draft.say(place, "lines", _("Lines have the rights of their %(parent)s; leave this out.", parent=found.line_of.parent))
    for scope in {part["scope"], *scopes.values()} & {"department", "department_below"}:
        if "department" not in found.fields:
            said = _("%(entity)s has no department, so the scope %(scope)s would show nothing.", entity=entity, scope=scope)
            draft.say(place.at("scope"), "scope", said)
    for name in part["fields"]:
        if name != "*":
            draft.field_named(place.at("fields", name), entity, name)
    return Grant(
        entity=entity,
        operations=frozenset(Operation(each) for each in part["operations"]),
        scope=part["scope"],
        fields={name: LEVELS[level] for name, level in part["fields"].items()},
        condition=draft.condition(place.at("condition"), part.get("condition"), entity),
        scopes=scopes,
        discloses=part.get("discloses", False),
    )
