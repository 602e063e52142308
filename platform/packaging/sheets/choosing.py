"""Choices out of the values of a column: each with a key that no other value could be mistaken for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sartor.platform.definitions.documents import Document
from sartor.platform.packaging.sheets.names import free, slug
from sartor.platform.text import fold

COLOURS = ("blue", "green", "orange", "purple", "teal", "red", "yellow", "pink", "indigo", "cyan", "grey")
FEW_COLOURS = 8
"""More choices than this are not told apart by colour."""


def choices(texts: Iterable[str]) -> dict[str, Document]:
    """Choices by key, in the order of the texts; texts that differ only in case or width are one."""
    labels = {fold(text): text for text in reversed(list(texts))}
    wanted = [labels[folded] for folded in reversed(labels)]
    keys: dict[str, str] = {}
    for text in sorted(wanted, key=lambda each: slug(each) != fold(each)):
        others = {folded for folded in labels if folded != fold(text)}
        keys[text] = free(slug(text), "choice", others | set(keys.values()), lambda name: None)
    return {keys[text]: _choice(text, place, len(wanted)) for place, text in enumerate(wanted)}


def _choice(text: str, place: int, count: int) -> dict[str, Any]:
    colour = {"colour": COLOURS[place % len(COLOURS)]} if count <= FEW_COLOURS else {}
    return {"label": text[:200], "order": (place + 1) * 10, **colour}
