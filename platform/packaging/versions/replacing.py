"""A blueprint in the place of what the workspace has of it: the design as another state of that blueprint makes it.

What other blueprints put into its definitions stays where it is, and so does what it does not know of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, without_engine_keys
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.merge import (
    completed,
    entries_of_others,
    extended_by_others,
    only_origin,
    unstamped,
    with_origin,
    without_origin,
)


def taken_out(documents: Documents, name: str) -> Parts:
    """What a blueprint has in a set of definitions: its own, and what it adds to those of others."""
    own, extends = dict[str, Document](), dict[str, Document]()
    for key, document in brought(documents, name).items():
        parts = own if documents[key].get("origin") == name else extends
        parts[key] = unstamped(document)
    return Parts(own, extends)


def brought(documents: Documents, name: str) -> dict[str, Any]:
    """Its definitions without what other blueprints put into them, and what it put into those of others."""
    found: dict[str, Any] = {}
    for key, document in documents.items():
        plain = without_engine_keys(document)
        if key == f"blueprint/{name}":
            continue
        if document.get("origin") == name:
            for other in set(entries_of_others(plain, name)):
                plain = without_origin(plain, other)
            found[key] = plain
        elif (added := only_origin(plain, name)) is not None:
            found[key] = added
    return found


def put_in(present: Documents, blueprint: Blueprint) -> dict[str, Any]:
    """The design with exactly these parts of a blueprint, whatever it had of it before."""
    name = blueprint.name
    documents = without(present, name)
    documents[f"blueprint/{name}"] = _itself(present, blueprint)
    for parts in _parts(documents, blueprint):
        for key, document in parts.documents.items():
            documents[key] = extended_by_others(with_origin(document, name), present.get(key, {}), name)
        for key, addition in parts.extends.items():
            if key in documents:  # what somebody has taken out is not added to
                documents[key] = completed(documents[key], addition, name)
    return {key: _as_before(each, present.get(key)) for key, each in documents.items()}


def without(present: Documents, name: str) -> dict[str, Any]:
    """The design without anything that a blueprint brought."""
    return {key: without_origin(each, name) for key, each in present.items() if each.get("origin") != name}


def _itself(present: Documents, blueprint: Blueprint) -> dict[str, Any]:
    """The definition of the blueprint: the level that people have switched on stays."""
    kept = {name: value for name, value in present.get(f"blueprint/{blueprint.name}", {}).items() if name == "level"}
    return with_origin({**blueprint.document(), **kept, "shipped": blueprint.digest}, blueprint.name)


def _parts(documents: Documents, blueprint: Blueprint) -> Iterator[Parts]:
    yield blueprint.own
    for other, parts in blueprint.bridges.items():
        if f"blueprint/{other}" in documents:
            yield parts


def _as_before(document: Document, before: Document | None) -> Document:
    """The same object where nothing is different, so that it is neither compared nor checked again."""
    return before if before is not None and without_engine_keys(before) == without_engine_keys(document) else document
