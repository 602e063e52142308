"""The kinds of definition and their JSON Schemas, completed with the options of the registered types."""

from __future__ import annotations

import json
from functools import cached_property
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import NotFound
from sartor.platform.registry import Registry
from sartor.platform.text import near

KINDS = ("blueprint", "options", "entity", "pipeline", "view", "form", "metric", "report", "dashboard", "role", "app")
"""In the order in which they build on one another."""


def _read(name: str) -> dict[str, Any]:
    return json.loads((files("sartor.platform.definitions.schemas") / f"{name}.json").read_text("utf-8"))


def _choose_options(type_property: str, registry: Registry[Any]) -> list[dict[str, Any]]:
    """One `if type = …, then options are …` for each registered type."""
    return [
        {
            "if": {"properties": {type_property: {"const": each.key}}, "required": [type_property]},
            "then": {"properties": {"options": each.options_schema}} | _needed(each.options_schema),
        }
        for each in registry
    ]


def _needed(options_schema: dict[str, Any]) -> dict[str, Any]:
    """Where some option is needed, the options are."""
    return {"required": ["options"]} if options_schema.get("required") or options_schema.get("minProperties") else {}


class Kinds:
    """Schemas and validators for one set of extensions."""

    def __init__(self, extensions: Extensions) -> None:
        self.extensions = extensions
        self._validators: dict[str, Draft202012Validator] = {}

    @cached_property
    def _common(self) -> dict[str, Any]:
        return _read("common")["$defs"]

    def schema(self, kind: str) -> dict[str, Any]:
        """The complete JSON Schema of a kind, as it is served and as it is checked."""
        if kind not in KINDS:
            guess = near(kind, KINDS)
            raise NotFound(f"There is no kind {kind!r}." + (f" Did you mean {guess!r}?" if guess else ""))
        schema = _read(kind)
        self._complete(kind, schema)
        schema["$defs"] = self._common
        return schema

    def _complete(self, kind: str, schema: dict[str, Any]) -> None:
        """Put in the registered types: their keys as an enumeration, their options behind them."""
        places = {
            "entity": (schema["properties"].get("fields", {}).get("additionalProperties"), "type", "fields"),
            "view": (schema, "type", "views"),
            "report": (schema, "chart", "charts"),
        }
        if kind in places:
            place, name, registry_name = places[kind]
            registry = getattr(self.extensions, registry_name)
            place["properties"][name]["enum"] = registry.keys()
            place["allOf"] = _choose_options(name, registry)

    def validator(self, kind: str) -> Draft202012Validator:
        """A compiled validator, kept."""
        if kind not in self._validators:
            self._validators[kind] = Draft202012Validator(self.schema(kind))
        return self._validators[kind]
