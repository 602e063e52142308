"""The texts for people that a definition holds, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.text import LANGUAGES, Label

SAID = frozenset({"label", "plural", "help", "message", "definition", "description", "guidance", "summary"})
"""Properties whose value is text for people."""

HEADING = "group"
"""In a navigation the text above some entries; in a view the name of a field."""


def labels(value: Any, place: str) -> Iterator[tuple[str, Label]]:
    """Every text below a place, by its pointer."""
    if not isinstance(value, Mapping):
        return
    for name, inner in value.items():
        here = f"{place}/{name}"
        if is_text(inner) and (name in SAID or (name == HEADING and isinstance(inner, Mapping))):
            yield here, inner
        else:
            yield from labels(inner, here)


def is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, Mapping) and not set(LANGUAGES).isdisjoint(value))


def needs_no_translation(label: Label) -> bool:
    """A plain text without small letters (1-10, RFM) is said everywhere in the same way."""
    return isinstance(label, str) and (label.upper() == label or not label.isascii())
