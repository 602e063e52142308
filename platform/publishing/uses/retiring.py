"""Taking a definition or a field out: it goes itself, and from wherever it is merely shown.

A form, a column, a menu entry or a right that shows what is gone means nothing any more, so it goes along. What reads
it (a formula, a filter, a rule) is left as it is: that it no longer holds is said there, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, split
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import NotFound
from sartor.platform.publishing.uses.closing_up import CARDS, close_up
from sartor.platform.publishing.uses.references import Reference, noted
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

SHOWING = ("fields", "columns", "head", "items", "cards", "grants", "tabs")
"""Maps whose entries only show what their key, or the part under it, names."""
LEADING = ("opens",)
"""What only says where an entry leads: it goes alone."""
ABOUT = ("form", "view", "template")
"""Kinds that are about one entity and go with it."""


def without(documents: Documents, kinds: Kinds, key: str, field: str | None = None) -> dict[str, Document | None]:
    """The documents that change when a definition, or one of its fields, is taken out; None for those that go.

    :raises NotFound: when there is no such thing.
    """
    _require(documents, key, field)
    gone = {key} if field is None else set()
    if field is None and key.startswith("entity/"):
        gone |= {other for other, each in documents.items() if _is_about(other, each, split(key)[1])}
    copies: dict[str, Any] = {}
    for place in _places(noted(documents, kinds).found, gone, (split(key)[1], field)):
        if place.key not in gone:
            copy = copies.setdefault(place.key, deepcopy(documents[place.key]))
            _take_out(copy, place.pointer)
    if field is not None:
        owner = copies.setdefault(key, deepcopy(documents[key]))
        owner["fields"].pop(field, None)
    changed: dict[str, Document | None] = {other: each for other, each in copies.items() if each != documents[other]}
    return {**changed, **dict.fromkeys(sorted(gone))}


def _require(documents: Documents, key: str, field: str | None) -> None:
    names: Mapping[str, Any] = documents if key not in documents or field is None else documents[key].get("fields", {})
    wanted = field if field is not None and key in documents else key
    if wanted not in names:
        hint = did_you_mean(near(wanted, names))
        raise NotFound(_("There is no %(name)s.", name=wanted) + hint)


def _is_about(key: str, document: Document, entity: str) -> bool:
    return key.startswith(tuple(f"{kind}/" for kind in ABOUT)) and document.get("entity") == entity


def _places(found: list[Reference], gone: set[str], owner: tuple[str, str | None]) -> list[Reference]:
    """Where it is shown; the last ones first, so that places in arrays stay what they are."""
    meant = [each for each in found if not each.wish and (gone & set(each.targets) or owner in each.owners)]
    return sorted(meant, key=lambda each: (each.key, each.pointer), reverse=True)


def _take_out(document: Any, pointer: str) -> None:
    """Take out the entry of a map of shown things that a place lies in, or the element of an array of names."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for depth in range(len(parts) - 1, 0, -1):
        if parts[-1] in LEADING:
            _inside(document, parts[:-1]).pop(parts[-1])
            return
        parent = _inside(document, parts[:depth])
        if isinstance(parent, Mapping) and parts[depth - 1] in SHOWING and parts[depth] in parent:
            if parts[0] != "fields":
                entry = parent.pop(parts[depth])  # type: ignore[attr-defined]
                if parts[depth - 1] == CARDS:
                    close_up(parent, entry)  # type: ignore[arg-type]
            return
    parent = _inside(document, parts[:-1])
    if isinstance(parent, list) and parts[-1].isdigit() and int(parts[-1]) < len(parent):
        parent.pop(int(parts[-1]))


def _inside(value: Any, parts: list[str]) -> Any:
    for part in parts:
        if isinstance(value, list):
            value = value[int(part)] if part.isdigit() and int(part) < len(value) else None
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value
