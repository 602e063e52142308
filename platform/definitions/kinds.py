"""The kinds of definition and their JSON Schemas, completed with the options of the registered types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

from sartor.platform.definitions.choices import Choices
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import NotFound
from sartor.platform.text import near

KINDS = (
    "blueprint", "options", "entity", "pipeline", "view", "form", "template", "metric", "report", "dashboard", "role",
    "app",
)  # fmt: skip
"""In the order in which they build on one another."""


def _read(name: str) -> dict[str, Any]:
    return json.loads((files("sartor.platform.definitions.schemas") / f"{name}.json").read_text("utf-8"))


def _then(options_schema: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {"options": {"title": "Settings", **options_schema}}} | _needed(options_schema)


def _all_of(validator: Any, parts: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(parts, Choices):
        yield from Draft202012Validator.VALIDATORS["allOf"](validator, parts, instance, schema)
    elif (part := parts.part_for(instance)) is not None:
        yield from validator.descend(instance, part)


KEYWORDS = set(Draft202012Validator.VALIDATORS) - {"$ref"}
"""What constrains; anything else in a schema is there to be read."""
Validator = validators.extend(Draft202012Validator, {"allOf": _all_of})
"""Draft 2020-12, which looks a type up among `Choices`."""


def _needed(options_schema: dict[str, Any]) -> dict[str, Any]:
    """Where some option is needed, the options are."""
    return {"required": ["options"]} if options_schema.get("required") or options_schema.get("minProperties") else {}


def inlined(schema: Any, definitions: Mapping[str, Any], inside: tuple[str, ...] = ()) -> Any:
    """A schema with `$ref` replaced by what it stands for, unless that holds itself: looking it up costs a lot."""
    if isinstance(schema, Choices):
        return Choices(schema.type_property, inlined(schema.parts, definitions, inside))
    if isinstance(schema, list):
        return [inlined(each, definitions, inside) for each in schema]
    if not isinstance(schema, dict):
        return schema
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name in definitions and name not in inside and not schema.keys() & KEYWORDS:
        meant = inlined(definitions[name], definitions, (*inside, name))
        return {**meant, **{key: each for key, each in schema.items() if key != "$ref"}}
    return {key: inlined(each, definitions, inside) for key, each in schema.items()}


class Kinds:
    """Schemas and validators for one set of extensions."""

    def __init__(self, extensions: Extensions) -> None:
        self.extensions = extensions
        self._validators: dict[str, Any] = {}

    @cached_property
    def _common(self) -> dict[str, Any]:
        """Shared parts; an order knows the types of fields that have none."""
        shared = _read("common")["$defs"]
        shared["sort"]["x-unordered"] = [each.key for each in self.extensions.fields if not each.sortable]
        return shared

    def schema(self, kind: str) -> dict[str, Any]:
        """The complete JSON Schema of a kind, as it is served and as it is checked.

        :raises NotFound: for what is no kind, with the near match.
        """
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
            place["properties"][name]["x-types"] = {each.key: each.about() for each in registry}
            place["allOf"] = Choices(name, {each.key: _then(self._fitting(each.options_schema)) for each in registry})

    def _fitting(self, schema: Any) -> Any:
        """Options that name a field, with the types that fit (`x-fits`): those whose column may hold what `x-holds`
        says, or whose values have colours (`x-coloured`). So a type of a plugin is among them by what it is."""
        if isinstance(schema, list):
            return [self._fitting(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        made = {key: self._fitting(each) for key, each in schema.items()}
        offered = [each for each in self.extensions.fields if not each.system]
        if "x-holds" in schema:
            made["x-fits"] = sorted(each.key for each in offered if each.holds() & {*schema["x-holds"]})
        if schema.get("x-coloured"):
            made["x-fits"] = sorted(each.key for each in offered if each.coloured)
        return made

    def validator(self, kind: str) -> Any:
        """A compiled validator, kept."""
        if kind not in self._validators:
            schema = self.schema(kind)
            self._validators[kind] = Validator(inlined(schema, schema["$defs"]))
        return self._validators[kind]
