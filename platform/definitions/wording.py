"""The words of schemas, as designers show them: titles, hints and headings, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

WORDS = ("title", "description", "x-group")
"""Keywords whose value is a text for people."""
MAPS = ("properties", "$defs")
"""Keywords whose value is a map of schemas: its keys are names, even where one is called `default`."""
NAMES = "x-texts"
"""What the values of an enumeration are called, by value."""


def texts(schema: Any) -> Iterator[str]:
    """Every text of a schema that people read."""
    if isinstance(schema, list):
        for each in schema:
            yield from texts(each)
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        if key in MAPS and isinstance(value, Mapping):
            yield from texts(list(value.values()))
        elif key in WORDS and isinstance(value, str):
            yield value
        elif key == NAMES:
            yield from value.values()
        elif key not in ("default", "x-types"):
            yield from texts(value)


def in_words(schema: Any, said: Callable[[str], str]) -> Any:
    """The schema with its texts as `said` gives them."""
    if isinstance(schema, list):
        return [in_words(each, said) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {key: _said(key, value, said) for key, value in schema.items()}


def _said(key: str, value: Any, said: Callable[[str], str]) -> Any:
    if key in MAPS and isinstance(value, Mapping):
        return {name: in_words(each, said) for name, each in value.items()}
    if key in WORDS and isinstance(value, str):
        return said(value)
    if key == NAMES:
        return {name: said(text) for name, text in value.items()}
    return value if key in ("default", "x-types") else in_words(value, said)
