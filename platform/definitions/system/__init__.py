"""The definitions that every workspace begins with: people and departments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

NAMES = ("department", "user")
READ = {"department": ("name", "parent"), "user": ("name", "email", "department", "manager", "active")}
"""Fields by which the engine knows people and their rights: without one of them nobody could sign in."""


def system_documents() -> dict[str, dict[str, Any]]:
    """The system entities, by `entity/name`."""
    folder = files("sartor.platform.definitions.system")
    return {f"entity/{name}": json.loads((folder / f"{name}.json").read_text("utf-8")) for name in NAMES}


@cache
def read_types(name: str) -> Mapping[str, str]:
    """The type of each field that the engine reads of an entity, by its name; nothing of those that were designed."""
    if name not in READ:
        return {}
    fields = system_documents()[f"entity/{name}"]["fields"]
    return {each: fields[each]["type"] for each in READ[name]}
