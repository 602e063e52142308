"""Retired fields that may come back one by one: what there is, and the edits that bring one back with its values.

The drafted field names the retired column; publishing gives it that column again. It comes back as it was, as closed as
it was, and stands again where it stood: what else it is to be is another change, judged as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.compile.roles import LEVELS
from sartor.platform.definitions.documents import Document, Documents, applied, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.names.lineage import Lineage, lineage, lineage_back
from sartor.platform.publishing.names.new_names import in_new_names
from sartor.platform.publishing.names.pairing import BRINGS_BACK
from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.names.stored_names import stored_as
from sartor.platform.publishing.retired.leftovers import Retired, fields_of
from sartor.platform.publishing.retired.putting_back import Going, nobodys, put_back
from sartor.platform.storage import catalogue
from sartor.platform.storage.steps.step import quoted
from sartor.platform.storage.tables import member_table_name
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Comeback:
    """A retired field. entity: what its entity is called in the draft. values: how many records have one."""

    id: int
    entity: str
    field: str
    column: str
    definition: Document
    at: datetime
    values: int


class BringingBack:
    """Retired fields of the entities of a draft. documents: of the draft."""

    def __init__(self, models: ModelCache, documents: Documents) -> None:
        self.models = models
        self.documents = documents
        self.published = models.current().documents
        self.pairs = lineage(documents, self.published)

    def all(self, entity: str | None = None) -> list[Comeback]:
        """The last one that went first. entity: only its fields, as it is called in the draft; values are counted."""
        with self.models.database.read() as connection:
            rows = [(number, self._entity(each), each) for number, each in self._rows(connection)]
            return [_comeback(connection, *row) for row in rows if entity in (None, row[1])]

    def edits(self, number: int) -> dict[str, Document]:
        """The documents that change when one comes back, by its number.

        :raises NotFound: for one that is not retired (any more). :raises Conflict: where the draft has it already.
        """
        with self.models.database.read() as connection:
            row = next((each for known, each in self._rows(connection) if known == number), None)
            if row is None:
                raise NotFound(_("This field is not retired, or its values have been purged."))
            before, after = (self.models.store.documents(connection, row.revision - each) for each in (1, 0))
        return self._edits(row, self._entity(row), before, after)

    # ---- what there is

    def _rows(self, connection: sa.Connection) -> Iterator[tuple[int, Retired]]:
        for number, each in fields_of(connection):
            if each.table in self._tables:
                yield number, each

    @property
    def _tables(self) -> Mapping[str, str]:
        """What entities are called in the draft, by their physical names."""
        pairs = self.pairs.entities.items()
        return {stored_as(self.published[f"entity/{old}"], old): now for now, old in pairs}

    def _entity(self, row: Retired) -> str:
        return self._tables[row.table]

    # ---- bringing it back

    def _edits(self, row: Retired, entity: str, before: Documents, after: Documents) -> dict[str, Document]:
        key, fields = f"entity/{entity}", self.documents[f"entity/{entity}"]["fields"]
        if any(part.get(BRINGS_BACK) == row.column for part in fields.values()):
            raise Conflict(_("%(name)s is brought back already.", name=row.field))
        name = free_name(str(row.field), {**fields, **before[f"entity/{row.entity}"]["fields"]}, fields)
        renames = [Rename(f"entity/{row.entity}", name, row.field), *self._coming(before)]
        told = in_names_of_now(before, renames, self.published, self.pairs, self.models.compiler.kinds)
        part = {**nobodys(told[key]["fields"][name], self.documents), BRINGS_BACK: row.column}
        document = deepcopy(dict(self.documents[key]))
        document["fields"] = {**document["fields"], name: part}
        made = {key: document, **dict(_rights(self.documents, told, entity, name))}
        going = Going(told, in_names_of_now(after, [], self.published, self.pairs, self.models.compiler.kinds))
        return {**made, **put_back(going, applied(self.documents, made), f"{key}#{name}", self.models.compiler.kinds)}

    def _coming(self, before: Documents) -> Iterator[Rename]:
        """Entities that the draft brings back under another name than they had."""
        back = {each[BRINGS_BACK]: name for name, each in of_kind(self.documents, "entity") if BRINGS_BACK in each}
        for name, each in of_kind(before, "entity"):
            now = back.get(stored_as(each, name), name)
            if now != name:
                yield Rename(f"entity/{name}", now)


def kept_field(models: ModelCache, documents: Documents, entity: str, name: str) -> dict[str, Document]:
    """The documents that change when a drafted field, retired by somebody else meanwhile, takes up its values again;
    nothing where it is there, or where they were purged."""
    key = f"entity/{entity}"
    part: Any = documents.get(key, {}).get("fields", {}).get(name)
    if part is None or BRINGS_BACK in part or name in models.current().documents.get(key, {}).get("fields", {}):
        return {}
    bare: Any = deepcopy(dict(documents[key]))
    del bare["fields"][name]
    coming = BringingBack(models, {**documents, key: bare})
    row = next((each for each in coming.all(entity) if each.field == name), None)
    if row is None:
        return {}
    changed: Any = coming.edits(row.id)
    changed[key]["fields"][name] = {**part, BRINGS_BACK: row.column}
    return dict(changed)


def in_names_of_now(
    before: Documents, renames: Sequence[Rename], published: Documents, pairs: Lineage, kinds: Kinds
) -> Documents:
    """What was published when something was still there, in the names of a draft; what comes back in its new one.

    pairs: of the draft with what is published.
    """
    by_name = lineage(published, before)
    by_column = lineage_back(published, before, ())
    since = replace(by_column, others=by_name.others, keys=by_name.keys)
    for each in renames:
        if each.new != each.old:
            before = applied(before, renamed(before, each, kinds))
    return in_new_names(in_new_names(before, since, kinds), pairs, kinds)


def free_name(name: str, taken: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The name it had, unless something is called so now."""
    if name not in now:
        return name
    return next(each for n in range(2, len(taken) + 3) if (each := f"{name[:36]}_{n}") not in taken)


def _rights(documents: Documents, told: Documents, entity: str, name: str) -> Iterator[tuple[str, Document]]:
    """Roles that said something of the field say it again; so do those to which it would be more open than it was."""
    for role, then in of_kind(told, "role"):
        before = then.get("grants", {}).get(entity)
        now: Any = deepcopy(dict(documents.get(f"role/{role}", {})))
        if before is not None and entity in now.get("grants", {}):
            said, fields = before.get("fields", {}), now["grants"][entity].get("fields", {})
            level = _level(said, name)
            if name in said or LEVELS[_level(fields, name)] > LEVELS[level]:
                now["grants"][entity]["fields"] = {**fields, name: level}
                yield f"role/{role}", now


def _level(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, fields.get("*", "hidden"))


def _comeback(connection: sa.Connection, number: int, entity: str, row: Retired) -> Comeback:
    assert row.at is not None
    count = _count(connection, row.table, str(row.column))
    return Comeback(number, entity, str(row.field), str(row.column), row.definition, row.at, count)


def _count(connection: sa.Connection, table: str, column: str) -> int:
    """How many records have a value in a retired column, or in its side table."""
    side = member_table_name(table, column)
    there = catalogue.columns(connection, [table, side])
    if side in there:
        sql = f"SELECT count(DISTINCT record) FROM {quoted(connection, side)}"
    else:
        mine = sorted(each for each in there[table] if each == column or each.startswith(f"{column}__"))
        sql = f"SELECT count({quoted(connection, mine[0])}) FROM {quoted(connection, table)}" if mine else ""
    return int(connection.exec_driver_sql(sql).scalar_one()) if sql else 0
