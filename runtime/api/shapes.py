"""JSON Schemas of what routes take and give, where it is the same for every workspace.

`{entity}` stands for the entity that a route speaks of; `described.py` puts the workspace's own schemas behind it.
"""

from __future__ import annotations

from typing import Any

from sartor.platform.fields.pointing import ID_SCHEMA

ID = {"$ref": "#/components/schemas/Id"}
TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """An object with these properties and no others."""
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def opened(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """An object with these properties, and perhaps more."""
    return {**closed(properties, *required), "additionalProperties": True}


def listed(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return closed({"data": {"type": "array", "items": items}, **more}, "data", *more)


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


WRITTEN = closed({"id": ID, "version": {"type": "integer", "minimum": 1}}, "id", "version")
PROBLEM = opened(
    {
        "type": {**TEXT, "description": "`about:blank#` and a stable word for programs."},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": {**TEXT, "description": "What was wrong and what to do, in the reader's language."},
        "errors": {
            "type": "array",
            "items": closed(
                {"field": TEXT, "code": TEXT, "message": TEXT, "near": TEXT, "file": TEXT}, "field", "code", "message"
            ),
        },
        "values": {"type": "object", "description": "After a conflict: both values of each field, yours and theirs."},
    },
    "type", "title", "status", "detail",
)  # fmt: skip
LINK = closed({"entity": TEXT, "id": ID, "title": nullable(TEXT)}, "id", "title")
HAPPENING = opened({"kind": TEXT, "id": ID, "at": TEXT, "actor": nullable(ID)}, "kind", "id", "at", "actor")
PLAN = opened(
    {
        "base": COUNT,
        "grade": {"enum": ["safe", "slow", "lossy"]},
        "fingerprint": {**TEXT, "description": "What is confirmed where values would be lost."},
        "seconds": {**COUNT, "description": "About how long it takes; of a step where it is a second or more."},
        "between": {"type": "array", "items": COUNT, "description": "The least and the most that it takes, likewise."},
        "changed": {"type": "array", "items": TEXT},
        "steps": {"type": "array", "items": {"type": "object"}},
        "access": {"type": "array", "items": TEXT},
        "obstacles": {"type": "array", "items": {"type": "object"}},
        "notes": {"type": "array", "items": TEXT},
    },
    "base", "grade", "fingerprint", "changed", "steps",
)  # fmt: skip
REVISION = closed({"revision": COUNT}, "revision")

SHARED = {"Id": ID_SCHEMA, "Problem": PROBLEM}
"""Components of every workspace's description."""
