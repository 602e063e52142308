"""Free names for what comes in beside something of the same name, so that both are there, each with its own records.

Whatever a blueprint says of a definition that gets a free name says that one: its definitions, what it adds to those of
others, cells of records that name an entity, a pipeline or a role, and its scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from sartor.platform.definitions.documents import Changed, Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.free_labels import labelled, original, with_entries
from sartor.platform.packaging.installing.free_words import Words
from sartor.platform.packaging.installing.merge import completed
from sartor.platform.packaging.selection import additions
from sartor.platform.publishing.names.renaming import choosers, renamed_together
from sartor.platform.publishing.uses.references import noted

LONGEST = 40
"""Letters of a part of a name."""


def free_names(blueprint: Blueprint, documents: Documents, keys: Iterable[str]) -> dict[str, str]:
    """A key that is free here and in the file, for each of some of the file."""
    coming = all_documents(blueprint)
    taken, found = {*documents, *coming}, dict[str, str]()
    for key in keys:
        kind, _slash, name = key.partition("/")
        found[key] = f"{kind}/{_free_name(kind, original(name, coming[key]), taken)}"
        taken.add(found[key])
    return found


def _free_name(kind: str, name: str, taken: set[str]) -> str:
    return next(each for n in count(2) if f"{kind}/{(each := _with_number(name, n))}" not in taken)


def _with_number(name: str, number: int) -> str:
    """`deal.all_2`: the last part gives way where it would become too long for a name."""
    before, dot, last = name.rpartition(".")
    return f"{before}{dot}{last[: LONGEST - len(f'_{number}')].rstrip('_')}_{number}"


def under_free_names(blueprint: Blueprint, documents: Documents, names: Mapping[str, str], kinds: Kinds) -> Blueprint:
    """The blueprint with free names for some of its definitions, wherever it names them. documents: what is there."""
    if not names:
        return blueprint
    words = _words(blueprint, documents, names, kinds)
    tables = {what: words.tables(each) for what, each in blueprint.tables.items()}
    carried = {path: words.carried(path, text) for path, text in blueprint.carried.items()}
    naming = _Naming({**documents, **all_documents(blueprint)}, names, kinds)
    bridges = {other: naming.called(parts) for other, parts in blueprint.bridges.items()}
    return replace(blueprint, own=naming.called(blueprint.own), bridges=bridges, tables=tables, carried=carried)


def all_documents(blueprint: Blueprint) -> dict[str, Document]:
    """Its definitions, those of its bridges, too."""
    return {
        key: each for parts in (*blueprint.bridges.values(), blueprint.own) for key, each in parts.documents.items()
    }


class _Naming:
    """Parts of a blueprint under free names. together: what is there, with all that the blueprint defines."""

    def __init__(self, together: Documents, names: Mapping[str, str], kinds: Kinds) -> None:
        self.together = together
        self.names = names
        self.kinds = kinds
        self.former = {free.partition("/")[2]: key.partition("/")[2] for key, free in names.items()}
        self.plain = renamed_together(together, names, kinds)
        self.copies = set(names.values())

    def called(self, parts: Parts) -> Parts:
        documents = {self._name(key): self._told(key, self._in(self.plain, key)) for key in parts.documents}
        added = _added_to(self.together, parts.extends)
        plus = renamed_together({**self.together, **added}, self.names, self.kinds) if added else {}
        extends = {
            self._name(key): with_entries(
                additions(self._in(self.plain, key), self._in(plus, key, added[key])) or {}, self.copies
            )
            if key in added
            else each
            for key, each in parts.extends.items()
        }
        return Parts(documents, extends, parts.files)

    def _name(self, key: str) -> str:
        return self.names.get(key, key)

    def _told(self, key: str, document: Document) -> Document:
        """A definition under labels that tell copies from what they are copies of."""
        said = labelled(document, self.names[key]) if key in self.names else document
        return with_entries(said, self.copies)

    def _in(self, changed: Changed, key: str, unchanged: Document | None = None) -> Document:
        """A definition under free names, as if it had never been called otherwise."""
        free = self._name(key)
        document = changed.get(free) or unchanged or self.together[key]
        made: Document = _forgotten(document, free.partition("/")[2], self.former)
        return made


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
    together = {**documents, **_added_to(documents, blueprint.own.extends), **all_documents(blueprint)}
    chosen: dict[tuple[str, str], dict[str, str]] = {}
    for key, free in names.items():
        kind, _slash, name = key.partition("/")
        for place in choosers(together, name) if kind == "pipeline" else ():
            chosen.setdefault(place, {})[name] = free.partition("/")[2]
    return Words(names, noted(together, kinds).model, chosen)
