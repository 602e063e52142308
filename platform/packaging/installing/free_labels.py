"""Labels of copies: what got a free name is told apart by people, too, so `deal_2` is called “Deal (2)”."""

from __future__ import annotations

import re
from collections.abc import Collection

from sartor.platform.definitions.documents import Document
from sartor.platform.text import Label, has_chinese

CALLED = ("label", "plural")
NUMBERED = re.compile(r" \(\d+\)$|（\d+）$")
"""The end of a label that a copy got here."""


def number_of(name: str) -> str:
    """`2` of `deal_2`."""
    return name.rpartition("_")[2]


def original(name: str, document: Document) -> str:
    """`deal` for `deal_2` that is called “Deal (2)”, so that a copy of that is no `deal_2_2`; else the name itself."""
    base, _low, number = name.rpartition("_")
    label = document.get("label")
    return base if base and label and number.isdigit() and label == numbered(label, number) else name


def numbered(label: Label, number: str) -> Label:
    """The label with the number of a copy; in place of the one that it has as a copy itself."""
    if isinstance(label, str):
        return _numbered(label, number, "zh" if has_chinese(label) else "en")
    return {language: _numbered(text, number, language) for language, text in label.items()}


def _numbered(text: str, number: str, language: str) -> str:
    base = NUMBERED.sub("", text)
    return f"{base}（{number}）" if language == "zh" else f"{base} ({number})"


def labelled(document: Document, name: str) -> Document:
    """A copy under its free name."""
    return {**document, **{each: numbered(document[each], number_of(name)) for each in CALLED if each in document}}


def with_entries(document: Document, copies: Collection[str]) -> Document:
    """An app, or what is added to one, whose entries say of which copies they are."""
    if "items" not in document:
        return document
    return {**document, "items": {name: _entry(each, copies) for name, each in document["items"].items()}}


def _entry(item: Document, copies: Collection[str]) -> Document:
    """An entry without a label takes that of its target."""
    if "label" not in item or item.get("target") not in copies:
        return item
    return {**item, "label": numbered(item["label"], number_of(item["target"]))}
