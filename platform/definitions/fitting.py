"""Whether a value plainly fits a schema. Nearly all definitions do; being ready to tell what is wrong takes long.

A yes is certain. A no only says that jsonschema has to be asked: for keywords that are not judged here, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from sartor.platform.definitions.choices import Choices

TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip
CONSTRAINING = frozenset(Draft202012Validator.VALIDATORS)
Schema = Mapping[str, Any]


def fits(value: Any, schema: Any) -> bool:
    if not isinstance(schema, dict):
        return schema is True
    for keyword, said in schema.items():
        judge = JUDGES.get(keyword)
        if judge is None:
            if keyword in CONSTRAINING:
                return False
        elif not judge(value, said, schema):
            return False
    return True


def _type(value: Any, said: Any, _schema: Schema) -> bool:
    names = said if isinstance(said, list) else (said,)
    return any(type(value) in TYPES.get(name, ()) for name in names)


def _pattern(value: Any, said: str, _schema: Schema) -> bool:
    return not isinstance(value, str) or re.search(said, value) is not None


def _listed(value: Any, said: list[Any], _schema: Schema) -> bool:
    return isinstance(value, str) and value in said


def _properties(value: Any, said: Schema, _schema: Schema) -> bool:
    return isinstance(value, dict) and all(fits(value[name], part) for name, part in said.items() if name in value)


def _additional(value: Any, said: Any, schema: Schema) -> bool:
    known = schema.get("properties", {})
    return isinstance(value, dict) and all(fits(each, said) for name, each in value.items() if name not in known)


def _all_of(value: Any, said: list[Any], _schema: Schema) -> bool:
    if isinstance(said, Choices):
        part = said.part_for(value)
        return part is None or fits(value, part)
    return all(fits(value, each) for each in said)


def _unique(value: Any, said: bool, _schema: Schema) -> bool:
    return not said or (_texts(value) and len(set(value)) == len(value))


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _bound(of: type | tuple[type, ...], holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Schema], bool]:
    """A bound on values of a type; of others it says nothing."""
    return lambda value, said, _schema: not isinstance(value, of) or holds(value, said)


JUDGES: Mapping[str, Callable[[Any, Any, Schema], bool]] = {
    "type": _type,
    "enum": _listed,
    "const": lambda value, said, _schema: isinstance(value, str) and value == said,
    "pattern": _pattern,
    "minLength": _bound(str, lambda value, least: len(value) >= least),
    "maxLength": _bound(str, lambda value, most: len(value) <= most),
    "minimum": _bound((int, float), lambda value, least: value >= least),
    "maximum": _bound((int, float), lambda value, most: value <= most),
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda value, said, _schema: isinstance(value, dict) and all(fits(name, said) for name in value),
    "required": lambda value, said, _schema: isinstance(value, dict) and all(name in value for name in said),
    "minProperties": _bound(dict, lambda value, least: len(value) >= least),
    "maxProperties": _bound(dict, lambda value, most: len(value) <= most),
    "items": lambda value, said, _schema: isinstance(value, list) and all(fits(each, said) for each in value),
    "minItems": _bound(list, lambda value, least: len(value) >= least),
    "maxItems": _bound(list, lambda value, most: len(value) <= most),
    "uniqueItems": _unique,
    "allOf": _all_of,
    "anyOf": lambda value, said, _schema: any(fits(value, each) for each in said),
}
