"""Free names for what comes in beside something of the same name, so that both are there, each with its own records.

Whatever a blueprint says of a definition that gets a free name says that one: its definitions, what it adds to those of
others, cells of records that name an entity, a pipeline or a role, and its scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.free_words import Words
from sartor.platform.packaging.installing.merge import completed
from sartor.platform.packaging.selection import additions
from sartor.platform.publishing.names.renaming import choosers, renamed_together
from sartor.platform.publishing.uses.references import noted


def free_names(blueprint: Blueprint, documents: Documents, keys: Iterable[str]) -> dict[str, str]:
    """A key that is free here and in the file, for each of some."""
    taken, found = {*documents, *blueprint.own.documents}, dict[str, str]()
    for key in keys:
        kind, _slash, name = key.partition("/")
        found[key] = f"{kind}/{_free_name(kind, name, taken)}"
        taken.add(found[key])
    return found


def _free_name(kind: str, name: str, taken: set[str]) -> str:
    number = 2
    while f"{kind}/{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def under_free_names(blueprint: Blueprint, documents: Documents, names: Mapping[str, str], kinds: Kinds) -> Blueprint:
    """The blueprint with free names for some of its definitions, wherever it names them. documents: what is there."""
    if not names:
        return blueprint
    words = _words(blueprint, documents, names, kinds)
    tables = {what: words.tables(each) for what, each in blueprint.tables.items()}
    carried = {path: words.carried(path, text) for path, text in blueprint.carried.items()}
    return replace(blueprint, own=_renamed(blueprint, documents, names, kinds), tables=tables, carried=carried)


def _renamed(blueprint: Blueprint, documents: Documents, names: Mapping[str, str], kinds: Kinds) -> Parts:
    own, extends = dict(blueprint.own.documents), dict(blueprint.own.extends)
    there = {each: documents[each] for each in extends if each in documents}
    together = {**documents, **own, **_added_to(there, extends)}
    former = {free.partition("/")[2]: key.partition("/")[2] for key, free in names.items()}
    for changed, document in renamed_together(together, names, kinds).items():
        if document is None:
            own.pop(changed, None)
        elif changed in own or changed in names.values():
            own[changed] = _forgotten(document, changed.partition("/")[2], former)
        elif changed in there:
            extends[changed] = additions(there[changed], _forgotten(document, changed.partition("/")[2], former)) or {}
    return Parts(own, extends, blueprint.own.files)


def _forgotten(value: Any, name: str, former: Mapping[str, str]) -> Any:
    """What stands under a name, its parts too, as if it had never been called otherwise: it is a new thing here."""
    if not isinstance(value, Mapping):
        return value
    made = {part: _forgotten(each, part, former) for part, each in value.items()}
    names = made.get("formerly", [])
    if name in former and names[-1:] == [former[name]]:
        made["formerly"] = names[:-1]
    return made if made.get("formerly", True) else {part: each for part, each in made.items() if part != "formerly"}


def _added_to(documents: Documents, extends: Documents) -> dict[str, Document]:
    """Definitions that are there with what the blueprint adds to them."""
    return {key: completed(documents[key], each, "") for key, each in extends.items() if key in documents}


def _words(blueprint: Blueprint, documents: Documents, names: Mapping[str, str], kinds: Kinds) -> Words:
    together = {**documents, **_added_to(documents, blueprint.own.extends), **blueprint.own.documents}
    chosen: dict[tuple[str, str], dict[str, str]] = {}
    for key, free in names.items():
        kind, _slash, name = key.partition("/")
        for place in choosers(together, name) if kind == "pipeline" else ():
            chosen.setdefault(place, {})[name] = free.partition("/")[2]
    return Words(names, noted(together, kinds).model, chosen)
