"""Physical names: given once, kept through renames, never given twice.

A field keeps its columns for as long as it keeps its type. With another type it gets columns of its own, so that the
old values stay where they are; so does a new field with the name of a retired one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.names.pairing import BRINGS_BACK
from sartor.platform.storage.tables import OWNED_COLUMNS, SYSTEM_COLUMNS, member_table_name

STORED_AS = "stored_as"
Given = tuple[str, str]


def stored_as(part: Document, name: str) -> str:
    return str(part.get(STORED_AS, name))


class StoredNames:
    """Gives names that are free in the database and in the draft.

    tables: all that exist. columns: of the tables whose entities changed. anew: fields (entity, name) that must not
    keep their columns. given: names of fields that are being prepared already or bring back a retired column, and
    under (entity, "") of entities that bring back a retired table.
    """

    def __init__(
        self,
        published: Documents,
        lineage: Lineage,
        tables: Collection[str],
        columns: Mapping[str, Collection[str]],
        anew: frozenset[tuple[str, str]] = frozenset(),
        given: Mapping[Given, str] = MappingProxyType({}),
    ) -> None:
        self.published = published
        self.lineage = lineage
        self.columns = columns
        self.anew = anew
        self.given = given
        self._tables = set(tables)

    def assign(self, documents: Documents) -> dict[str, Document]:
        """The documents, each entity and field with its physical name where that differs from its name."""
        return {key: self._entity(key, document) for key, document in documents.items()}

    def _entity(self, key: str, document: Document) -> Document:
        kind, _, name = key.partition("/")
        if kind != "entity" or self.published.get(key) is document and not self._has_anew(name):
            return document
        former = self.lineage.entity(name)
        old = self.published[f"entity/{former}"] if former else None
        table = stored_as(old, former) if old is not None and former else self.given.get((name, ""), "")
        table = table or self._free(name, self._tables.__contains__)
        self._tables.add(table)
        fields = self._fields(name, document["fields"], old["fields"] if old else {}, table)
        return _named({**document, "fields": fields}, name, table)

    def _has_anew(self, entity: str) -> bool:
        return any(each[0] == entity for each in self.anew)

    def _fields(
        self, entity: str, parts: Mapping[str, Any], before: Mapping[str, Any], table: str
    ) -> dict[str, Document]:
        used = {*SYSTEM_COLUMNS, *OWNED_COLUMNS, *self.columns.get(table, ())}
        used |= {stored_as(part, name) for name, part in before.items()}
        result = {}
        for name, part in parts.items():
            physical = self._kept(entity, name, part, before)
            if physical is None:
                physical = (
                    name if name in OWNED_COLUMNS else self._free(name, lambda each: self._taken(each, used, table))
                )
            used.add(physical)
            result[name] = _named(part, name, physical)
        return result

    def _kept(self, entity: str, name: str, part: Document, before: Mapping[str, Any]) -> str | None:
        if (entity, name) in self.given:
            return self.given[entity, name]
        former = self.lineage.field(entity, name)
        if former is None or (entity, name) in self.anew or before[former]["type"] != part["type"]:
            return None
        return stored_as(before[former], former)

    def _taken(self, name: str, used: set[str], table: str) -> bool:
        return name in used or member_table_name(table, name) in self._tables

    @staticmethod
    def _free(name: str, taken: Callable[[str], bool]) -> str:
        candidate, number = name, 1
        while taken(candidate):
            number += 1
            candidate = f"{name}_{number}"
        return candidate


def _named(part: Document, name: str, physical: str) -> Document:
    """The part with its physical name, which is left out where it is the name itself."""
    plain = {key: value for key, value in part.items() if key not in (STORED_AS, BRINGS_BACK)}
    return plain if physical == name else {**plain, STORED_AS: physical}
