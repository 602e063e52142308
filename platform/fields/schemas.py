"""Pieces of JSON Schema that the options of several field types share."""

from __future__ import annotations

from typing import Any

NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
KEY = {"type": "string", "minLength": 1, "maxLength": 60}
LABEL = {
    "title": "Label",
    "description": "What people read: one text, or one for each language.",
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 200},
        {
            "type": "object",
            "properties": {
                "en": {"type": "string", "minLength": 1, "maxLength": 200, "description": "English."},
                "zh": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Chinese (simplified)."},
            },
            "additionalProperties": False,
            "minProperties": 1,
        },
    ],
}
ORDER = {
    "type": ["string", "number"],
    "title": "Order",
    "description": "Place among its neighbours, a decimal.",
    "pattern": r"^-?[0-9]{1,9}(\.[0-9]{1,12})?$",
    "x-widget": "hidden",
}
"""Entries of a map are put in order by moving them."""
ORIGIN = {"type": "string", "description": "The blueprint it came from.", "x-widget": "hidden"}
COLOURS = ("grey", "blue", "indigo", "purple", "pink", "red", "orange", "yellow", "green", "teal", "cyan")
COLOUR = {
    "enum": list(COLOURS),
    "title": "Colour",
    "description": "A colour of the palette.",
    "x-widget": "colour",
    "x-texts": {name: name.capitalize() for name in COLOURS},
}


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """An object with these properties and no others."""
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def entity_name(title: str, description: str) -> dict[str, Any]:
    return {**NAME, "title": title, "description": description, "x-widget": "definition:entity"}


def field_name(title: str, description: str, of: str | None = None) -> dict[str, Any]:
    """The name of a field: of this entity, or of the one that the option `of` names."""
    found = {**NAME, "title": title, "description": description, "x-widget": "field"}
    return {**found, "x-of": of} if of else found
