"""Retired entities that may come back one by one: what there is, and the edits that bring one back with its records.

With it come its forms, views and templates, the sets and pipelines that its fields need, the rights that roles had in
it, and its places in menus, on forms and dashboards, as far as there is nothing else in their place by now. So do the
fields elsewhere that pointed to it and went in the same publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, applied, of_kind
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.names.lineage import lineage
from sartor.platform.publishing.names.pairing import BRINGS_BACK, physical_name
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.retired.bringing_back import BringingBack, free_name, in_names_of_now
from sartor.platform.publishing.retired.going_along import fields_along
from sartor.platform.publishing.retired.leftovers import Retired, entities_of, fields_of
from sartor.platform.publishing.retired.putting_back import Going, nobodys, put_back
from sartor.platform.publishing.uses.retiring import ABOUT
from sartor.platform.storage.steps.step import quoted
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class EntityGone:
    """A retired entity."""

    id: int
    entity: str
    table: str
    definition: Document
    at: datetime


class BringingEntities:
    """Retired entities, for a draft. documents: of the draft."""

    def __init__(self, models: ModelCache, documents: Documents) -> None:
        self.models = models
        self.documents = documents
        self.published = models.current().documents

    def all(self) -> list[EntityGone]:
        """Those that the draft has not brought back yet, the last one that went first."""
        back = {each.get(BRINGS_BACK) for _name, each in of_kind(self.documents, "entity")}
        with self.models.database.read() as connection:
            return [_gone(*row) for row in entities_of(connection) if row[1].table not in back]

    def records(self) -> dict[int, int]:
        """How many each has that are not in the recycle bin, by its number: a look into every table, for whoever asks
        for it and may know."""
        with self.models.database.read() as connection:
            return {number: _records(connection, row.table) for number, row in entities_of(connection)}

    def knows(self, number: int) -> bool:
        """Whether it is the number of a retired entity."""
        with self.models.database.read() as connection:
            return any(known == number for known, _row in entities_of(connection))

    def edits(self, number: int) -> dict[str, Document]:
        """The documents that change when one comes back, by its number.

        :raises NotFound: for one that is not retired (any more). :raises Conflict: where the draft has it already.
        """
        with self.models.database.read() as connection:
            row = next((each for known, each in entities_of(connection) if known == number), None)
            if row is None:
                raise NotFound(_("This entity is not retired, or its records have been purged."))
            before, after = (self.models.store.documents(connection, row.revision - each) for each in (1, 0))
            fields = fields_of(connection)
        if any(each.get(BRINGS_BACK) == row.table for _name, each in of_kind(self.documents, "entity")):
            raise Conflict(_("%(name)s is brought back already.", name=row.entity))
        kinds = self.models.compiler.kinds
        key, told = self._told(row, before)
        made = self._with_fields(fields_along(row, fields, before, kinds), self._edits(row, before, key, told))
        left = in_names_of_now(after, [], self.published, lineage(self.documents, self.published), kinds)
        return {**made, **put_back(Going(told, left), applied(self.documents, made), key, kinds)}

    def _with_fields(self, numbers: Sequence[int], made: dict[str, Document]) -> dict[str, Document]:
        """Fields of other entities come back, too, unless the draft has them already or they were purged."""
        for number in numbers:
            with suppress(Conflict, NotFound):
                made |= BringingBack(self.models, applied(self.documents, made)).edits(number)
        return made

    def _told(self, row: Retired, before: Documents) -> tuple[str, Documents]:
        """What the entity is called in the draft, and everything as it was then in the names of the draft."""
        there = {name: each for name, each in of_kind(self.documents, "entity")}
        name = free_name(row.entity, {**there, **dict(of_kind(before, "entity"))}, there)
        renames = [Rename(f"entity/{row.entity}", name)]
        pairs, kinds = lineage(self.documents, self.published), self.models.compiler.kinds
        return f"entity/{name}", in_names_of_now(before, renames, self.published, pairs, kinds)

    def _edits(self, row: Retired, before: Documents, key: str, told: Documents) -> dict[str, Document]:
        fields, name = before[f"entity/{row.entity}"]["fields"], key.removeprefix("entity/")
        parts = {
            each: {**nobodys(part, self.documents), BRINGS_BACK: physical_name(fields[each], each)}
            for each, part in told[key]["fields"].items()
        }
        made: dict[str, Document] = {
            key: {**nobodys(told[key], self.documents), "fields": parts, BRINGS_BACK: row.table}
        }
        made |= {each: nobodys(told[each], self.documents) for each in _going_along(told, name, self.documents)}
        return {**made, **dict(_rights(self.documents, told, name))}


def _going_along(told: Documents, entity: str, documents: Documents) -> Iterator[str]:
    """What is about the entity and nothing else, and what its fields cannot do without."""
    wanted = [key for key, each in told.items() if key.startswith(_KINDS) and each.get("entity") == entity]
    for part in told[f"entity/{entity}"]["fields"].values():
        options = part.get("options", {})
        wanted += [f"pipeline/{each}" for each in options.get("pipelines", ())]
        wanted += [f"options/{options['set']}"] if "set" in options else []
    yield from sorted(key for key in set(wanted) if key in told and key not in documents)


_KINDS = tuple(f"{kind}/" for kind in ABOUT)


def _rights(documents: Documents, told: Documents, entity: str) -> Iterator[tuple[str, Document]]:
    """Roles that had rights in it have them again."""
    for role, then in of_kind(told, "role"):
        grant, now = then.get("grants", {}).get(entity), documents.get(f"role/{role}")
        if grant is not None and now is not None and entity not in now.get("grants", {}):
            yield f"role/{role}", {**now, "grants": {**now.get("grants", {}), entity: grant}}


def _gone(number: int, row: Retired) -> EntityGone:
    assert row.at is not None
    return EntityGone(number, row.entity, row.table, row.definition, row.at)


def _records(connection: sa.Connection, table: str) -> int:
    sql = f"SELECT count(*) FROM {quoted(connection, table)} WHERE deleted_at IS NULL"
    return int(connection.exec_driver_sql(sql).scalar_one())
