"""Places in a definition: what the schema of its kind says of each step of a JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import split
from sartor.platform.definitions.kinds import Choices, Kinds

Schema = Mapping[str, Any]
NOTHING: Schema = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pointer. schema: of what stands there. within: the map's property, for an entry of a map.

    instances: what stands there in each of the documents that were walked; None where nothing does.
    """

    name: str
    schema: Schema
    instances: tuple[Any, ...]
    within: str | None = None

    @property
    def is_entry(self) -> bool:
        return self.within is not None

    def get(self, name: str) -> Any:
        """A property of what stands there, in the last of the documents that has it."""
        for each in reversed(self.instances):
            if isinstance(each, Mapping) and name in each:
                return each[name]
        return None


def parts_of(pointer: str) -> tuple[str, ...]:
    """The names that a JSON pointer (RFC 6901) goes through."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def pointer_to(*parts: str) -> str:
    """The JSON pointer that goes through some names."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def steps(kinds: Kinds, key: str, pointer: str, *documents: Any) -> list[Step]:
    """The steps from the top of a definition to a place. documents: its states, such as before and after."""
    return list(_walk(kinds.validator(split(key)[0]).schema, parts_of(pointer), documents))


def _walk(schema: Schema, parts: tuple[str, ...], instances: tuple[Any, ...], name: str = "") -> Iterator[Step]:
    if not parts:
        return
    first, *rest = parts
    inner, is_entry = _under(schema, first, instances)
    there = tuple(inside(each, first) for each in instances)
    yield Step(first, inner, there, name if is_entry else None)
    yield from _walk(inner, tuple(rest), there, first)


def inside(value: Any, name: str) -> Any:
    """What stands under a name, None where nothing does."""
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, list | tuple) and name.isdigit() and int(name) < len(value):
        return value[int(name)]
    return None


def at(document: Any, pointer: str) -> Any:
    """What stands at a place of a document, None where nothing does."""
    for part in parts_of(pointer):
        document = inside(document, part)
    return document


def _under(schema: Schema, name: str, instances: tuple[Any, ...]) -> tuple[Schema, bool]:
    """The schema of a property, an entry or an item, and whether it is an entry of a map."""
    found = NOTHING
    for each in _alternatives(schema, instances):
        if name in each.get("properties", ()):
            found = {**found, **each["properties"][name]}
    if found:
        return found, False
    for each in _alternatives(schema, instances):
        if isinstance(each.get("additionalProperties"), Mapping):
            return each["additionalProperties"], True
    items = schema.get("items")
    return (items if isinstance(items, Mapping) else NOTHING), False


def _alternatives(schema: Schema, instances: tuple[Any, ...]) -> Iterator[Schema]:
    """The schema and those of its parts that hold for what stands there."""
    yield schema
    parts = schema.get("allOf", ())
    for instance in instances:
        if isinstance(parts, Choices) and (part := parts.part_for(instance)) is not None:
            yield part
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if any(_is_meant(each, instance) for instance in instances):
            yield each


def _is_meant(alternative: Schema, instance: Any) -> bool:
    """Whether an alternative fits by its constants; by its sort of value where it has none."""
    if not isinstance(instance, Mapping):
        return False
    constants = {
        name: part["const"] for name, part in alternative.get("properties", {}).items() if "const" in part
    }  # fmt: skip
    return alternative.get("type") == "object" and all(instance.get(name) == value for name, value in constants.items())
