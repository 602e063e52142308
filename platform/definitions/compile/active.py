"""Levels: what stands above the level of its blueprint is installed, but inert.

Its columns exist, so that switching on needs no change of tables and switching off loses nothing; but nobody sees it,
no rule of it is judged and no effect of it happens. Inert definitions and entries are taken out before the model is
compiled; inert entities and fields stay, marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents

ENTRY_MAPS = frozenset({
    "checks", "effects", "keys", "feeds", "columns", "sections", "tabs", "head", "cards", "items", "grants",
    "transitions", "dimensions", "measures", "to_enter", "to_leave", "blocks", "parties", "colours", "actions",
    "buttons", "filter_fields",
})  # fmt: skip
"""Maps whose inert entries simply go."""

KEPT_OF_FIELD = frozenset({"type", "label", "order", "options", "formula", "level", "origin", "stored_as", "formerly"})
"""What an inert field still is: a column that is computed if it was computed, and nothing that anybody meets."""


def levels_of(documents: Documents) -> dict[str, str]:
    """The level of each installed blueprint."""
    return {
        key.removeprefix("blueprint/"): document.get("level", "L3")
        for key, document in documents.items()
        if key.startswith("blueprint/")
    }


def active(documents: Documents) -> Documents:
    """The documents as they take effect; the same object where nothing is inert."""
    levels = levels_of(documents)
    if not levels or all(level == "L3" for level in levels.values()):
        return documents
    result: dict[str, Mapping[str, Any]] = {}
    for key, document in documents.items():
        if not _is_inert(document, None, levels):
            result[key] = _without_inert(document, document.get("origin"), levels)
        elif key.startswith("entity/"):
            result[key] = {**_all_inert(document), "inert": True}
        elif key.startswith(("options/", "pipeline/", "blueprint/")):
            result[key] = document
    return result


def _is_inert(part: Mapping[str, Any], origin: str | None, levels: Mapping[str, str]) -> bool:
    owner = part.get("origin", origin)
    return part.get("level", "L1") > levels.get(owner or "", "L3")


def _without_inert(part: Mapping[str, Any], origin: str | None, levels: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in part.items():
        if not isinstance(value, Mapping):
            made[name] = value
        elif name in ENTRY_MAPS:
            kept = {key: each for key, each in value.items() if not _is_inert(each, origin, levels)}
            made[name] = {key: _without_inert(each, each.get("origin", origin), levels) for key, each in kept.items()}
        elif name == "fields":
            made[name] = _fields(value, origin, levels)
        elif name == "choices":
            made[name] = {key: _choice(each, origin, levels) for key, each in value.items()}
        else:
            made[name] = _without_inert(value, value.get("origin", origin), levels)
    return made


def _fields(fields: Mapping[str, Any], origin: str | None, levels: Mapping[str, str]) -> dict[str, Any]:
    """Fields of an entity stay, inert; fields on a form go. What a field is has a type; a place on a form has none."""
    made = {}
    for name, each in fields.items():
        if not isinstance(each, Mapping):
            made[name] = each
        elif not _is_inert(each, origin, levels):
            made[name] = _without_inert(each, each.get("origin", origin), levels)
        elif "type" in each:
            made[name] = _inert_field(each)
    return made


def _choice(choice: Mapping[str, Any], origin: str | None, levels: Mapping[str, str]) -> Any:
    """A choice above the level is kept for the records that have it, and no longer offered."""
    return {**choice, "retired": True} if _is_inert(choice, origin, levels) else choice


def _inert_field(field: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in field.items() if name in KEPT_OF_FIELD} | {"inert": True}


def _all_inert(document: Document) -> dict[str, Any]:
    """An inert entity: its tables, and no rule."""
    fields = {name: _inert_field(each) for name, each in document["fields"].items()}
    kept = {name: value for name, value in document.items() if name not in ENTRY_MAPS}
    return {**kept, "fields": fields}
