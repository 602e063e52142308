"""Roles and their grants."""

from __future__ import annotations

from sartor.platform.definitions.compile.draft import Draft, Place, level_of
from sartor.platform.definitions.documents import Document
from sartor.platform.model import FieldLevel, Grant, Operation, Role
from sartor.platform.text import gettext as _

BUILT_IN = "administrator"
WRITING = {"create", "update", "delete", "import"}
ALWAYS_READ = ("id", "version")
LEVELS = {"hidden": FieldLevel.HIDDEN, "read": FieldLevel.READ, "write": FieldLevel.WRITE}


def compile_role(draft: Draft, name: str, document: Document) -> Role:
    place = Place(f"role/{name}", level=level_of(document))
    if name == BUILT_IN:
        draft.say(place, "name", _("%(name)s is the built-in role with all rights; choose another name.", name=name))
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
    if found.system and set(part["operations"]) & WRITING:
        said = _("People and departments are changed by administrators only.")
        draft.say(place.at("operations"), "system", said)
    for scope in {part["scope"], *scopes.values()} & {"department", "department_below"}:
        if "department" not in found.fields:
            said = _(
                "%(entity)s has no department, so the scope %(scope)s would show nothing.", entity=entity, scope=scope
            )
            draft.say(place.at("scope"), "scope", said)
    for name in part["fields"]:
        if name in ALWAYS_READ:
            draft.say(place.at("fields", name), "system", _("%(name)s is always there.", name=name))
        elif name != "*":
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
