"""The texts for people that a definition holds, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sartor.platform.text import LANGUAGES, Label

SAID = frozenset({"label", "plural", "help", "message", "definition", "description", "guidance", "summary"})
"""Properties whose value is text for people."""
SAID_IN = {"template": SAID | {"subject", "content", "value", "name", "empty"}}
"""The same in a kind where further names stand for texts."""

HEADING = "group"
"""In a navigation the text above some entries; in a view the name of a field."""
_MERGED = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def texts_of(key: str, document: Mapping[str, Any]) -> list[tuple[str, Label]]:
    """Every text of a definition, by its pointer."""
    return labels(document, "", SAID_IN.get(key.partition("/")[0], SAID))


def labels(value: Any, place: str, said: Collection[str] = SAID) -> list[tuple[str, Label]]:
    """Every text below a place, by its pointer. said: properties that are texts."""
    found: list[tuple[str, Label]] = []
    _collect(value, place, said, found)
    return found


def _collect(value: Any, place: str, said: Collection[str], found: list[tuple[str, Label]]) -> None:
    if not isinstance(value, Mapping):
        return
    for name, inner in value.items():
        if (name in said or (name == HEADING and isinstance(inner, Mapping))) and is_text(inner):
            found.append((f"{place}/{name}", inner))
        elif isinstance(inner, Mapping):
            _collect(inner, f"{place}/{name}", said, found)


def is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, Mapping) and any(each in value for each in LANGUAGES))


def needs_no_translation(label: Label) -> bool:
    """A plain text without small letters (1-10, RFM) is said everywhere in the same way; so is a merged value."""
    if not isinstance(label, str):
        return False
    words = _MERGED.sub("", label)
    return words.upper() == words or not label.isascii()
